import type { EmailMessage } from '../mail/email-sender.js'

/**
 * Returns the links in the text of a message, in their order.
 * @example
 * ```ts
 * import { memorySender } from 'fast-auth/email'
 * import { linksIn } from 'fast-auth/testing'
 *
 * const mailbox = memorySender()
 * const [link] = linksIn(await mailbox.waitForMessage('ada@example.com'))
 * ```
 */
export function linksIn({ text }: Pick<EmailMessage, 'text'>): string[] {
  return text.match(/https?:\/\/[^\s<>"]+/g) ?? []
}

/**
 * Returns the token of the first link in a message that has one.
 * @throws {Error} No link has a token. The error contains the subject, but not the text.
 * @example
 * ```ts
 * import { memorySender } from 'fast-auth/email'
 * import { tokenIn } from 'fast-auth/testing'
 *
 * const mailbox = memorySender()
 * const token = tokenIn(await mailbox.waitForMessage('ada@example.com'))
 * const payload = { token, password: 'a new and long sentence' }
 * await app.inject({ method: 'POST', url: '/auth/password/reset', payload })
 * ```
 */
export function tokenIn(message: Pick<EmailMessage, 'subject' | 'text'>): string {
  const [token] = linksIn(message).flatMap(link => /#token=([\w-]+)/.exec(link)?.[1] ?? [])
  if (token === undefined) throw new Error(`The message "${message.subject}" has no link with a token`)
  return token
}
