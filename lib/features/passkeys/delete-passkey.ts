import { LastSignInMethodError } from '../../errors/index.js'
import type { Proven } from '../../http/guard.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { proveRecently } from '../passwords/prove-recently.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import type { PasskeyDependencies } from './dependencies.js'
import { PasskeyNotFoundError } from './errors.js'
import { passkeyChanged, passkeyMessages } from './passkey-changed.js'

export interface DeletePasskey {
  readonly userId: string
  readonly sessionId: string
  readonly passkeyId: string
  readonly proven: Proven
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Deletes a passkey of the user. The other sessions in which it was used end in the same step.
 * @throws {RecentSignInRequiredError} @throws {SecondFactorRequiredError} @throws {PasskeyNotFoundError}
 * @throws {LastSignInMethodError} @throws {SessionRevokedError}
 */
export async function deletePasskey(
  dependencies: Pick<
    PasskeyDependencies,
    | 'email'
    | 'emit'
    | 'forgetApiKeys'
    | 'hooks'
    | 'limits'
    | 'passkeyStore'
    | 'passwords'
    | 'proofSources'
    | 'revokedSessions'
    | 'storage'
  >,
  { userId, sessionId, passkeyId, proven, client, now }: DeletePasskey,
): Promise<void> {
  const request = { userId, sessionId, password: undefined, proven, client, now }
  const { user } = await proveRecently(dependencies, request)
  const messages = passkeyMessages(dependencies, { user, kind: 'passkeyRemoved', now })
  const asking = { sessionId, now }
  const mayBeLast = dependencies.proofSources.some(({ isForEveryone }) => isForEveryone === true)
  const removal = await dependencies.passkeyStore.remove({ passkeyId, userId, asking, now, messages, mayBeLast })
  if (removal.outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (removal.outcome === 'unknown') throw new PasskeyNotFoundError()
  if (removal.outcome === 'lastSignInMethod') throw new LastSignInMethodError()
  dependencies.email?.notifyDelivery()
  const { passkey, revokedSessionIds } = removal
  const change = { user, passkey, reason: 'passkey_removed', revokedSessionIds, sessionId, client, now } as const
  await passkeyChanged(dependencies, change)
}
