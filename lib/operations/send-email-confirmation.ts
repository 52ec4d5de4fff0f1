import type { Instant } from '../storage/storage.js'
import { acceptedEmail } from './accepted-email.js'
import { mailNobody } from './mail-nobody.js'
import { mailedToken } from './mailed-token.js'
import type { Client, RoomsWithEmail } from './rooms.js'

export interface SendEmailConfirmation {
  readonly email: string
  readonly client: Client
  readonly now: Instant
}

/**
 * Mails a new confirmation link to an address that has an account, which is not disabled, and isn't proven. For any other address the same work
 * is done for nobody.
 */
export async function sendEmailConfirmation(
  rooms: RoomsWithEmail,
  { email: typed, client, now }: SendEmailConfirmation,
): Promise<void> {
  const { storage, limits, email: mail } = rooms
  const email = acceptedEmail(typed)
  await limits.mail({ email, userId: null, client })
  const user = await storage.users.findByEmail({ email })
  if (user === null || user.disabledAt !== null || user.emailConfirmedAt !== null) {
    await mailNobody(rooms, { purpose: 'confirmEmail', now })
  } else {
    const about = { userId: user.id, email: user.email, sessionId: null, now }
    const { token, message } = mailedToken(mail, { purpose: 'confirmEmail', ...about })
    await storage.oneTimeTokens.issue({ token, messages: [message] })
  }
  mail.wakeDelivery()
}
