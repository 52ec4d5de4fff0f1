import { InvalidCredentialsError, LastOwnerError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { Proven } from '../../http/guard.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { proveRecently } from '../passwords/prove-recently.js'
import { whilePasswordStands } from '../passwords/while-password-stands.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { removeUser } from './remove-user.js'

export interface DeleteMe {
  readonly userId: string
  /** The requesting session. */
  readonly sessionId: string
  /** `undefined`: the session itself must be recent. */
  readonly password?: string | undefined
  readonly proven: Proven
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Deletes the account with all its data in one step, if the client knows its password or has proven recently who the user is. This process refuses its access tokens
 * and API keys from then on. The address becomes free; a new account with it gets a new id, which no old data refers to.
 * Of several concurrent deletions one succeeds; the others find that the account no longer exists.
 * @throws {InvalidCredentialsError} The password is wrong, or was changed concurrently. @throws the errors of `proveRecently`
 * @throws {LastOwnerError} The user is the only owner of an organisation.
 * @throws {SessionRevokedError} @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function deleteMe(
  dependencies: Pick<
    Dependencies,
    'forgetApiKeys' | 'emit' | 'hooks' | 'limits' | 'passwords' | 'proofSources' | 'revokedSessions' | 'storage'
  >,
  { userId, sessionId, password, proven, client, now }: DeleteMe,
): Promise<void> {
  const shown = await proveRecently(dependencies, { userId, sessionId, password, proven, client, now })
  const { outcome } = await whilePasswordStands(dependencies, shown, (owner, currentHash) => {
    const asking = currentHash === null ? { sessionId, now } : { sessionId, now, currentHash }
    return removeUser(dependencies, { user: owner, asking, client, now })
  })
  if (outcome === 'stale') {
    const context = eventContext({ userId, sessionId, client, now })
    dependencies.emit({ name: 'authn_login_fail', reason: 'password_changed_meanwhile', ...context })
    throw new InvalidCredentialsError()
  }
  if (outcome === 'lastOwner') throw new LastOwnerError()
  if (outcome !== 'deleted') throw endOfAskingSession(dependencies, sessionId)
}
