import { shown } from './mail-body.ts'
import type { UnsubscribableKind } from './message-kind.ts'
import type { Voice } from './voice.ts'

/** What the page of an unsubscribe link shows: the question with a button, that it is done, or that the link is none of ours. */
export type UnsubscribePage =
  | { readonly state: 'asking' | 'done'; readonly kind: UnsubscribableKind }
  | { readonly state: 'rejected' }

/** Shows nothing by itself: only pressing the button, which posts the form to the page's own address, changes anything. */
export function unsubscribePage(page: UnsubscribePage, { language, say }: Voice): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${shown(say('unsubscribe.title'))}</title>
</head>
<body style="margin:0;padding:48px 16px;background-color:#f3f4f6;color:#1c2430;font:16px/24px Helvetica,Arial,sans-serif">
<main style="max-width:560px;margin:0 auto;padding:28px 24px;background-color:#ffffff;border-radius:8px">
<h1 style="margin:0 0 16px;font-size:22px;line-height:28px">${shown(say('unsubscribe.title'))}</h1>
<p style="margin:0 0 16px">${shown(words(page, say))}</p>${page.state === 'asking' ? button(say('unsubscribe.button')) : ''}
</main>
</body>
</html>
`
}

function words(page: UnsubscribePage, say: Voice['say']): string {
  if (page.state === 'rejected') return say('unsubscribe.rejected')
  const kind = say(`kind.${page.kind}`)
  return page.state === 'asking' ? say('unsubscribe.question', { kind }) : say('unsubscribe.done', { kind })
}

function button(label: string): string {
  return `
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button style="padding:12px 20px;border:0;border-radius:6px;background-color:#1f5fbf;color:#ffffff;font-size:16px">${shown(label)}</button></form>`
}
