import { randomUUID } from 'node:crypto'
import type { DependenciesWithEmail } from './dependencies.js'
import { type MailedTokenRequest, mailedToken } from './mailed-token.js'

const nowhere = 'nobody@example.com'

/**
 * Does for nobody what it takes to mail somebody a link, so that the time doesn't tell who has an account. In SQL a token
 * for a user who is not there and a decoy in the outbox are as many statements as a token with its letter.
 */
export async function mailDecoy(
  { storage, email: mail }: DependenciesWithEmail,
  { purpose, now, delayMilliseconds = 0 }: Pick<MailedTokenRequest, 'purpose' | 'now' | 'delayMilliseconds'>,
): Promise<void> {
  const { token } = mailedToken(mail, { purpose, userId: randomUUID(), email: nowhere, sessionId: null, now })
  await storage.oneTimeTokens.issue({ token, messages: [] })
  await storage.outbox.add({ messages: [mail.messageWriter.writeDecoy(now, now + delayMilliseconds)] })
}
