import { randomUUID } from 'node:crypto'
import type { DependenciesWithEmail } from '../dependencies.js'
import { type MailedTokenRequest, mailedToken } from './mailed-token.js'

const nowhere = 'unknown@example.com'

/**
 * Does the work of mailing a link, but to no user, so that the time of an answer does not reveal whether an account exists: the
 * storage takes as many round trips to store the decoy as to store a token with its message.
 */
export async function mailDecoy(
  { storage, email: mail }: Pick<DependenciesWithEmail, 'email' | 'storage'>,
  { purpose, now, delayMilliseconds = 0 }: Pick<MailedTokenRequest, 'purpose' | 'now' | 'delayMilliseconds'>,
): Promise<void> {
  const { token } = mailedToken(mail, { purpose, userId: randomUUID(), email: nowhere, sessionId: null, now })
  const decoy = mail.messageWriter.writeDecoy(now, now + delayMilliseconds)
  await storage.oneTimeTokens.issue({ token, messages: [], messagesIfUnknown: [decoy] })
}
