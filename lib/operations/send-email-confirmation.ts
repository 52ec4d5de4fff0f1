import type { Instant } from '../storage/storage.js'
import { acceptedEmail } from './accepted-email.js'
import { mailedToken } from './mailed-token.js'
import type { RoomsWithEmail } from './rooms.js'

export interface SendEmailConfirmation {
  readonly email: string
  readonly now: Instant
}

/**
 * Mails a new confirmation link to an address that has an account, which is not disabled, and isn't proven. For any other address the same work
 * is done for nobody.
 */
export async function sendEmailConfirmation(
  { storage, email: mail }: RoomsWithEmail,
  { email, now }: SendEmailConfirmation,
): Promise<void> {
  const user = await storage.users.findByEmail({ email: acceptedEmail(email) })
  if (user === null || user.disabledAt !== null || user.emailConfirmedAt !== null) {
    await storage.outbox.add({ messages: [mail.letters.writeDecoy(now)] })
  } else {
    const about = { userId: user.id, email: user.email, sessionId: null, now }
    const { token, message } = mailedToken(mail, { purpose: 'confirmEmail', ...about })
    await storage.oneTimeTokens.issue({ token, messages: [message] })
  }
  mail.wakeDelivery()
}
