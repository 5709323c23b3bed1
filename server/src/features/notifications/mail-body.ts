import type { Language } from '../../platform/language.ts'
import { oneLine } from './one-line.ts'

/** What one mail says; every string may hold what people typed. */
export type MailParts = {
  language: Language
  heading: string
  greeting: string
  paragraphs: readonly string[]
  /** `line` is the label as it stands before its value on one line: `When:`. */
  facts: readonly { readonly label: string; readonly line: string; readonly value: string }[]
  link: Link
  footer: string
  unsubscribe: Link | null
}

export type Link = { readonly label: string; readonly url: string }

/** The same words as plain text and as HTML, which is laid out with a table and inline styles: old clients know no more. */
export function mailBody(parts: MailParts): { text: string; html: string } {
  return { text: plain(parts), html: rich(parts) }
}

function plain({ heading, greeting, paragraphs, facts, link, footer, unsubscribe }: MailParts): string {
  const width = Math.max(0, ...facts.map(({ line }) => line.length)) + 1
  const blocks = [
    oneLine(heading),
    oneLine(greeting),
    ...paragraphs.map(oneLine),
    ...(facts.length > 0 ? [facts.map(({ line, value }) => `${line.padEnd(width)}${oneLine(value)}`).join('\n')] : []),
    linked(link),
    oneLine(footer),
    ...(unsubscribe ? [linked(unsubscribe)] : []),
  ]
  return `${blocks.join('\n\n')}\n`
}

function linked({ label, url }: Link): string {
  return `${oneLine(label)}\n${url}`
}

function rich({ language, heading, greeting, paragraphs, facts, link, footer, unsubscribe }: MailParts): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<p style="margin:0 0 12px;font-size:16px;line-height:22px"><span style="font-size:14px;color:#5b6472">${shown(label)}</span><br><bdi>${shown(value)}</bdi></p>`,
  )
  const block = (text: string) => `<p style="margin:0 0 16px;font-size:16px;line-height:24px">${shown(text)}</p>`
  return `<!doctype html>
<html lang="${language}">
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
${rows.join('\n')}
<p style="margin:20px 0 24px"><a href="${escaped(link.url)}" style="display:inline-block;padding:12px 20px;background-color:#1f5fbf;color:#ffffff;font-size:16px;text-decoration:none;border-radius:6px">${shown(link.label)}</a></p>
<p style="margin:0;font-size:14px;line-height:20px;color:#5b6472">${shown(footer)}</p>${unsubscribe ? small(unsubscribe) : ''}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

function small({ label, url }: Link): string {
  return `
<p style="margin:12px 0 0;font-size:14px;line-height:20px"><a href="${escaped(url)}" style="color:#5b6472">${shown(label)}</a></p>`
}

/** Text that people typed, as HTML shows it: one line, with nothing in it that HTML would read. */
export function shown(text: string): string {
  return escaped(oneLine(text))
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
