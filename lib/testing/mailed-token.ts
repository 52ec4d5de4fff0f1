import type { EmailMessage } from '../email/email-sender.js'

/** Returns the links in the text of a message, in their order. */
export function linksIn({ text }: Pick<EmailMessage, 'text'>): string[] {
  return text.match(/https?:\/\/[^\s<>"]+/g) ?? []
}

/**
 * Returns the token of the first link that has one.
 * @throws {Error} No link has a token. The error contains the subject, but not the text.
 */
export function tokenIn(message: Pick<EmailMessage, 'subject' | 'text'>): string {
  const [token] = linksIn(message).flatMap(link => /#token=([\w-]+)/.exec(link)?.[1] ?? [])
  if (token === undefined) throw new Error(`The message "${message.subject}" has no link with a token`)
  return token
}
