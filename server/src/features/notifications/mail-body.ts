import { oneLine } from './one-line.ts'

/** What one mail says; every string may hold what people typed. */
export type MailParts = {
  heading: string
  greeting: string
  paragraphs: string[]
  facts: [label: string, value: string][]
  link: { label: string; url: string }
  signature: string
}

/** The same words as plain text and as HTML, which is laid out with a table and inline styles: old clients know no more. */
export function mailBody(parts: MailParts): { text: string; html: string } {
  return { text: plain(parts), html: rich(parts) }
}

function plain({ heading, greeting, paragraphs, facts, link, signature }: MailParts): string {
  const width = Math.max(0, ...facts.map(([label]) => label.length)) + 2
  const blocks = [
    oneLine(heading),
    oneLine(greeting),
    ...paragraphs.map(oneLine),
    ...(facts.length > 0
      ? [facts.map(([label, value]) => `${`${label}:`.padEnd(width)}${oneLine(value)}`).join('\n')]
      : []),
    `${link.label}: ${link.url}`,
    oneLine(signature),
  ]
  return `${blocks.join('\n\n')}\n`
}

function rich({ heading, greeting, paragraphs, facts, link, signature }: MailParts): string {
  const cell = 'padding:6px 0;vertical-align:top;font-size:16px;line-height:24px'
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td style="${cell};width:84px;color:#5b6472">${shown(label)}</td><td style="${cell}"><bdi>${shown(value)}</bdi></td></tr>`,
  )
  const block = (text: string) => `<p style="margin:0 0 16px;font-size:16px;line-height:24px">${shown(text)}</p>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${shown(heading)}</title>
</head>
<body style="margin:0;padding:0;background-color:#f3f4f6;color:#1c2430;font-family:Helvetica,Arial,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f4f6">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background-color:#ffffff;border-radius:8px">
<tr><td align="left" style="padding:28px 24px;overflow-wrap:anywhere">
<h1 style="margin:0 0 16px;font-size:22px;line-height:28px">${shown(heading)}</h1>
${[greeting, ...paragraphs].map(block).join('\n')}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px">
${rows.join('\n')}
</table>
<p style="margin:0 0 24px"><a href="${escaped(link.url)}" style="display:inline-block;padding:12px 20px;background-color:#1f5fbf;color:#ffffff;font-size:16px;text-decoration:none;border-radius:6px">${shown(link.label)}</a></p>
<p style="margin:0;font-size:14px;line-height:20px;color:#5b6472">${shown(signature)}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

function shown(text: string): string {
  return escaped(oneLine(text))
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
