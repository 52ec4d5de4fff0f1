import type { Instant } from '../storage/storage.js'
import { acceptedEmail } from './accepted-email.js'
import { mailedToken } from './mailed-token.js'
import type { RoomsWithEmail } from './rooms.js'

export interface RequestPasswordReset {
  readonly email: string
  readonly now: Instant
}

/** Mails a link to set a new password. For an address without an account, or with one that is disabled, the same work is done for nobody. */
export async function requestPasswordReset(
  { storage, email: mail }: RoomsWithEmail,
  { email, now }: RequestPasswordReset,
): Promise<void> {
  const user = await storage.users.findByEmail({ email: acceptedEmail(email) })
  if (user === null || user.disabledAt !== null) {
    await storage.outbox.add({ messages: [mail.letters.writeDecoy(now)] })
  } else {
    const about = { userId: user.id, email: user.email, sessionId: null, now }
    const { token, message } = mailedToken(mail, { purpose: 'resetPassword', ...about })
    await storage.oneTimeTokens.issue({ token, messages: [message] })
  }
  mail.wakeDelivery()
}
