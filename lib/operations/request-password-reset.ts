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

/**
 * Mails a link to set a new password. Does the same work for an address without an account, or with a disabled one. Past
 * the count of the address it does nothing, for any address: the last link stays good.
 * @throws {TooManyRequestsError} The network has caused too many messages.
 */
export async function requestPasswordReset(
  rooms: RoomsWithEmail,
  { email: typed, client, now }: RequestPasswordReset,
): Promise<void> {
  const { storage, limits, email: mail, emit } = rooms
  const email = acceptedEmail(typed)
  const admission = await limits.mail({ purpose: 'resetPassword', email, userId: null, client })
  if (!admission.isAdmitted) return
  const { delayMilliseconds } = admission
  const user = await storage.users.findByEmail({ email })
  if (user === null || user.disabledAt !== null) {
    await mailNobody(rooms, { purpose: 'resetPassword', now, delayMilliseconds })
  } else {
    const about = { userId: user.id, email: user.email, sessionId: null, now, delayMilliseconds }
    const { token, message } = mailedToken(mail, { purpose: 'resetPassword', ...about })
    await storage.oneTimeTokens.issue({ token, messages: [message] })
  }
  mail.wakeDelivery()
  const userId = user?.disabledAt === null ? user.id : null
  const at = new Date(now).toISOString()
  emit({ name: 'link_requested', reason: 'password_reset', at, userId, sessionId: null, ...client })
}
