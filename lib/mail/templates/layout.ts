import { escapeHtml } from '../escape-html.js'
import type { EmailContent } from './message-template.js'

/** The content of a message, as plain text. */
export interface Words {
  readonly appName: string
  readonly subject: string
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly action?: Action
  /** The last paragraph: what to do if another person caused the message. */
  readonly warning: string
}

interface Action {
  readonly label: string
  readonly link: string
  /** States when the link expires, as a sentence. */
  readonly limit: string
}

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** Everything is styled in place, since many mail programs drop this; those that keep it have dark colours too. */
const darkColours = `@media (prefers-color-scheme: dark) {
  .page { background: #111418 !important }
  .card { background: #1b1f25 !important; border-color: #323842 !important }
  .ink { color: #e8eaed !important }
  .faint { color: #a8b0ba !important }
  .button { background: #8ab4f8 !important; color: #10151c !important }
  .link { color: #8ab4f8 !important }
}`

function paragraph(text: string, shade: 'ink' | 'faint' = 'ink'): string {
  const look = shade === 'ink' ? 'font-size:16px;color:#1c2127' : 'font-size:14px;color:#59626d'
  return `<p class="${shade}" style="margin:0 0 16px;${font};line-height:1.5;${look}">${escapeHtml(text)}</p>`
}

function actionBlock({ label, link, limit }: Action): string {
  const href = escapeHtml(link)
  return `<p style="margin:24px 0"><a class="button" href="${href}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1a56c4;color:#ffffff;${font};font-size:16px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>
${paragraph(`${limit} If the button doesn’t work, copy this address into your browser:`, 'faint')}
<p style="margin:0 0 16px;${font};font-size:14px;line-height:1.5;word-break:break-all"><a class="link" href="${href}" style="color:#1a56c4">${href}</a></p>`
}

function html({ appName, subject, title, paragraphs, action, warning }: Words): string {
  const blocks = [
    `<h1 class="ink" style="margin:0 0 16px;${font};font-size:22px;line-height:1.3;color:#1c2127">${escapeHtml(title)}</h1>`,
    ...paragraphs.map(text => paragraph(text)),
    ...(action === undefined ? [] : [actionBlock(action)]),
    paragraph(warning, 'faint'),
  ]
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>
${darkColours}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f5f7">
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f5f7">
<tr><td align="center" style="padding:24px 12px">
<table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background:#ffffff;border:1px solid #dde2e7;border-radius:12px">
<tr><td align="left" style="padding:28px 24px 12px;overflow-wrap:anywhere">
${blocks.join('\n')}
</td></tr>
</table>
<p class="faint" style="margin:16px 0 0;${font};font-size:13px;line-height:1.5;color:#59626d">${escapeHtml(appName)}</p>
</td></tr>
</table>
</body>
</html>
`
}

function text({ appName, title, paragraphs, action, warning }: Words): string {
  const blocks = action === undefined ? [] : [`${action.label}:\n${action.link}`, action.limit]
  return `${[title, ...paragraphs, ...blocks, warning, appName].join('\n\n')}\n`
}

/** Renders a message as HTML without external resources, and as plain text with the same content. */
export function layout(words: Words): EmailContent {
  return { subject: words.subject, text: text(words), html: html(words) }
}
