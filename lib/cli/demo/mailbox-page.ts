import type { EmailMessage } from '../../email/email-sender.js'
import { escapeHtml } from '../../email/escape-html.js'
import { page } from './page.js'

export interface SentMessage extends Pick<EmailMessage, 'to' | 'subject' | 'text'> {
  readonly sentAt: Date
}

/** The text as HTML, with addresses as links. */
function linked(text: string): string {
  return escapeHtml(text).replaceAll(/https?:\/\/[^\s<>"]+/g, '<a href="$&">$&</a>')
}

function message({ to, subject, text, sentAt }: SentMessage): string {
  return `<article class="card">
<h2>${escapeHtml(subject)}</h2>
<p class="hint">To ${escapeHtml(to)}, <time datetime="${sentAt.toISOString()}">${sentAt.toISOString()}</time></p>
<p class="letter">${linked(text)}</p>
</article>`
}

/** The page at `/dev/mail`: what this process has sent, the newest first. */
export function mailboxPage(basePath: string, messages: readonly SentMessage[]): string {
  const none = '<p>Nothing was sent yet.</p>'
  const content = `<main>
<h1>Mailbox</h1>
<p class="lead">What this server has sent since it was started, to whomever. It is here for development, and on this machine alone.
<a href="">Look again</a></p>
${messages.map(message).join('\n') || none}
</main>`
  return page({ basePath, title: 'Mailbox – fast-auth', content, hasMailbox: true })
}
