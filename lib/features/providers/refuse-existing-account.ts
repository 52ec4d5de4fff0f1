import { EmailNotConfirmedError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { UserRecord } from '../../storage/records.js'
import type { ProviderDependencies } from './dependencies.js'
import { AccountExistsError } from './errors.js'
import { identityMessages } from './identity-messages.js'
import type { SignInWithIdentity } from './identity-sign-in.js'

/**
 * Writes to the owner of an account that a provider's user cannot enter, and returns the error to answer with. A disabled owner
 * gets no message, after the same work. A client that has not proven the address learns nothing if addresses must be confirmed: a
 * new account would get the same answer.
 * @throws {TooManyRequestsError} The network has caused too many messages.
 */
export async function refuseExistingAccount(
  dependencies: Pick<ProviderDependencies, 'email' | 'emit' | 'limits' | 'storage'>,
  owner: UserRecord,
  { identity, client, now }: SignInWithIdentity,
): Promise<Error> {
  const { email: mail, limits, storage } = dependencies
  const { isAdmitted } =
    mail === null
      ? { isAdmitted: false }
      : await limits.mail({ purpose: 'linkIdentity', email: owner.email, userId: null, client })
  if (mail !== null && isAdmitted) {
    const isEnabled = owner.disabledAt === null
    const messages = isEnabled
      ? identityMessages(dependencies, { user: owner, kind: 'identityNotLinked', now })
      : [mail.messageWriter.writeDecoy(now)]
    await storage.outbox.add({ messages })
    mail.notifyDelivery()
  }
  const context = eventContext({ userId: owner.id, sessionId: null, client, now })
  dependencies.emit({ name: 'authn_login_fail', reason: 'account_not_linked', ...context })
  const revealsNothing = mail?.requireConfirmation === true && !identity.isEmailVerified
  return revealsNothing ? new EmailNotConfirmedError() : new AccountExistsError()
}
