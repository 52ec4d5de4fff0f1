import type { Instant } from '../storage/storage.js'
import { acceptedEmail } from './accepted-email.js'
import { mailNobody } from './mail-nobody.js'
import { mailedToken } from './mailed-token.js'
import type { Client, RoomsWithEmail } from './rooms.js'

export interface RequestPasswordReset {
  readonly email: string
  readonly client: Client
  readonly now: Instant
}

/** Mails a link to set a new password. For an address without an account, or with one that is disabled, the same work is done for nobody. */
export async function requestPasswordReset(
  rooms: RoomsWithEmail,
  { email: typed, client, now }: RequestPasswordReset,
): Promise<void> {
  const { storage, limits, email: mail } = rooms
  const email = acceptedEmail(typed)
  await limits.mail({ email, userId: null, client })
  const user = await storage.users.findByEmail({ email })
  if (user === null || user.disabledAt !== null) {
    await mailNobody(rooms, { purpose: 'resetPassword', now })
  } else {
    const about = { userId: user.id, email: user.email, sessionId: null, now }
    const { token, message } = mailedToken(mail, { purpose: 'resetPassword', ...about })
    await storage.oneTimeTokens.issue({ token, messages: [message] })
  }
  mail.wakeDelivery()
}
