import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { acceptedName } from '../accepted-name.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import type { PasskeyDependencies } from './dependencies.js'
import { PasskeyNotFoundError } from './errors.js'
import { passkeyChanged } from './passkey-changed.js'
import type { PasskeyRecord } from './port.js'

export interface RenamePasskey {
  readonly userId: string
  readonly sessionId: string
  readonly passkeyId: string
  readonly name: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Renames a passkey of the user.
 * @throws {ValidationError} @throws {PasskeyNotFoundError} @throws {SessionRevokedError}
 */
export async function renamePasskey(
  dependencies: Pick<
    PasskeyDependencies,
    'emit' | 'forgetApiKeys' | 'hooks' | 'passkeyStore' | 'revokedSessions' | 'storage'
  >,
  { userId, sessionId, passkeyId, name: typed, client, now }: RenamePasskey,
): Promise<PasskeyRecord> {
  const name = acceptedName(typed)
  const user = await userOfCredential(dependencies, { userId })
  const asking = { sessionId, now }
  const renaming = await dependencies.passkeyStore.rename({ passkeyId, userId, name, asking })
  if (renaming.outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (renaming.outcome === 'unknown') throw new PasskeyNotFoundError()
  const { passkey } = renaming
  const change = { user, passkey, reason: 'passkey_renamed', revokedSessionIds: [], sessionId, client, now } as const
  await passkeyChanged(dependencies, change)
  return passkey
}
