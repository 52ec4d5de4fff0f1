import type { EmailMessage } from '../../mail/email-sender.js'
import { escapeHtml } from '../../mail/escape-html.js'
import { page } from './page.js'

export interface SentMessage extends Pick<EmailMessage, 'to' | 'subject' | 'text'> {
  readonly sentAt: Date
}

/** Returns the text as HTML, with URLs as links. */
function linked(text: string): string {
  return escapeHtml(text).replaceAll(/https?:\/\/[^\s<>"]+/g, '<a href="$&">$&</a>')
}

function message({ to, subject, text, sentAt }: SentMessage): string {
  return `<article class="card">
<h2>${escapeHtml(subject)}</h2>
<p class="hint">To ${escapeHtml(to)}, <time datetime="${sentAt.toISOString()}">${sentAt.toISOString()}</time></p>
<p class="mailed-text">${linked(text)}</p>
</article>`
}

/** Returns the page at `/dev/mail`: the messages that this process has sent, newest first. */
export function mailboxPage(basePath: string, messages: readonly SentMessage[]): string {
  const none = '<p>No messages yet.</p>'
  const content = `<main>
<h1>Mailbox</h1>
<p class="lead">All messages that this server has sent since it started. This page exists only in development, and only on this machine.
<a href="">Reload</a></p>
${messages.map(message).join('\n') || none}
</main>`
  return page({ basePath, title: 'Mailbox – fast-auth', content, hasMailbox: true })
}
