import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { DependenciesWithEmail } from '../dependencies.js'
import { acceptedEmail } from './accepted-email.js'
import { mailDecoy } from './mail-decoy.js'
import { mailedToken } from './mailed-token.js'

export interface RequestPasswordReset {
  readonly email: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Mails a link to set a new password. Does the same work for an address without an account, or with a disabled one. Above
 * the limit for an address it does nothing, for any address: the last link stays valid.
 * @throws {TooManyRequestsError} The network has caused too many messages.
 */
export async function requestPasswordReset(
  dependencies: Pick<DependenciesWithEmail, 'email' | 'emit' | 'limits' | 'storage'>,
  { email: typed, client, now }: RequestPasswordReset,
): Promise<void> {
  const { storage, limits, email: mail, emit } = dependencies
  const email = acceptedEmail(typed)
  const admission = await limits.mail({ purpose: 'resetPassword', email, userId: null, client })
  if (!admission.isAdmitted) return
  const { delayMilliseconds } = admission
  const user = await storage.users.findByEmail({ email })
  if (user === null || user.disabledAt !== null) {
    await mailDecoy(dependencies, { purpose: 'resetPassword', now, delayMilliseconds })
  } else {
    const about = { userId: user.id, email: user.email, sessionId: null, now, delayMilliseconds }
    const { token, message } = mailedToken(mail, { purpose: 'resetPassword', ...about })
    await storage.oneTimeTokens.issue({ token, messages: [message] })
  }
  mail.notifyDelivery()
  const userId = user?.disabledAt === null ? user.id : null
  const context = eventContext({ userId, sessionId: null, client, now })
  emit({ name: 'link_requested', reason: 'password_reset', ...context })
}
