import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { DependenciesWithEmail } from '../dependencies.js'
import { acceptedEmail } from './accepted-email.js'
import { mailDecoy } from './mail-decoy.js'
import { mailedToken } from './mailed-token.js'

export interface SendEmailConfirmation {
  readonly email: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Mails a new confirmation link to the address of an enabled account that is not confirmed. Does the same work for any other
 * address. Above the limit for an address it does nothing, for any address: the last link stays valid.
 * @throws {TooManyRequestsError} The network, or all users together, have caused too many messages.
 */
export async function sendEmailConfirmation(
  dependencies: Pick<DependenciesWithEmail, 'email' | 'emit' | 'limits' | 'storage'>,
  { email: typed, client, now }: SendEmailConfirmation,
): Promise<void> {
  const { storage, limits, email: mail, emit } = dependencies
  const email = acceptedEmail(typed)
  const { isAdmitted } = await limits.mail({ purpose: 'confirmEmail', email, userId: null, client })
  if (!isAdmitted) return
  const user = await storage.users.findByEmail({ email })
  if (user === null || user.disabledAt !== null || user.emailConfirmedAt !== null) {
    await mailDecoy(dependencies, { purpose: 'confirmEmail', now })
  } else {
    const about = { userId: user.id, email: user.email, sessionId: null, now }
    const { token, message } = mailedToken(mail, { purpose: 'confirmEmail', ...about })
    await storage.oneTimeTokens.issue({ token, messages: [message] })
  }
  mail.notifyDelivery()
  const userId = user?.disabledAt === null ? user.id : null
  const context = eventContext({ userId, sessionId: null, client, now })
  emit({ name: 'link_requested', reason: 'email_confirmation', ...context })
}
