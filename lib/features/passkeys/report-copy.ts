import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'
import { classifyPasskeyUse } from './classify-passkey-use.js'
import type { PasskeyDependencies } from './dependencies.js'
import { passkeyMessages } from './passkey-changed.js'
import type { PasskeyProof } from './port.js'

export interface StalePasskey {
  readonly user: UserRecord
  /** The proof that the storage did not accept. Its signature was valid. */
  readonly proof: PasskeyProof
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Ends the sessions of the passkey if its counter shows that a copy exists: the owner or an attacker uses the copy. Informs the
 * owner at most once a day, since an attacker who has the copy can repeat this.
 */
export async function reportCopy(
  dependencies: Pick<
    PasskeyDependencies,
    'email' | 'emit' | 'forgetApiKeys' | 'hooks' | 'limits' | 'passkeyStore' | 'revokedSessions'
  >,
  { user, proof, client, now }: StalePasskey,
): Promise<void> {
  const { credentialId } = proof
  const passkey = await dependencies.passkeyStore.findByCredentialId({ credentialId })
  if (passkey === null || classifyPasskeyUse(passkey, proof) !== 'copied') return
  const { id: passkeyId, userId } = passkey
  const notice = await dependencies.limits.copyNotice(passkeyId)
  const messages = notice.isAdmitted ? passkeyMessages(dependencies, { user, kind: 'passkeyCopied', now }) : []
  const { revokedSessionIds } = await dependencies.passkeyStore.endSessions({ passkeyId, userId, now, messages })
  dependencies.email?.notifyDelivery()
  const context = eventContext({ userId, sessionId: null, client, now })
  dependencies.emit({ name: 'passkey_copied', passkeyId, ...context })
  await sessionsEnded(dependencies, { revokedSessionIds, userId, reason: 'passkey_copied', client, now })
}
