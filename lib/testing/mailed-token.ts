import type { EmailMessage } from '../email/email-sender.js'

/** The links in the text of a message, in their order. */
export function linksIn({ text }: Pick<EmailMessage, 'text'>): string[] {
  return text.match(/https?:\/\/[^\s<>"]+/g) ?? []
}

/**
 * The token that a message carries: that of its first link with one.
 * @throws {Error} No link has a token. The error names the subject and says nothing of the text.
 */
export function tokenIn(message: Pick<EmailMessage, 'subject' | 'text'>): string {
  const [token] = linksIn(message).flatMap(link => /#token=([\w-]+)/.exec(link)?.[1] ?? [])
  if (token === undefined) throw new Error(`The message "${message.subject}" has no link with a token`)
  return token
}
