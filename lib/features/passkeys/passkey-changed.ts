import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { NoticeMessage } from '../../mail/message.js'
import type { EpochMilliseconds, OutboxMessageRecord, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'
import type { PasskeyRecord } from './port.js'

/** A change of the passkeys of a user. */
export interface PasskeyChange {
  readonly user: UserRecord
  readonly passkey: Pick<PasskeyRecord, 'id' | 'name'>
  readonly reason: 'passkey_added' | 'passkey_renamed' | 'passkey_removed'
  readonly revokedSessionIds: readonly string[]
  /** The requesting session. */
  readonly sessionId: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

type PasskeyNotice = Extract<NoticeMessage['kind'], `passkey${string}`>

/** Writes the message to the owner, for the step that makes the change. There is none without a sender. */
export function passkeyMessages(
  { email }: Pick<Dependencies, 'email'>,
  { user, kind, now }: { readonly user: UserRecord; readonly kind: PasskeyNotice; readonly now: EpochMilliseconds },
): readonly OutboxMessageRecord[] {
  if (email === null) return []
  return [email.messageWriter.write({ kind, to: user.email }, { userId: user.id, now })]
}

/** Follows every change of passkeys: emits events, ends the sessions in this process, and calls the hooks. */
export async function passkeyChanged(
  dependencies: Pick<Dependencies, 'emit' | 'forgetApiKeys' | 'hooks' | 'revokedSessions'>,
  { user, passkey: { id: passkeyId, name }, reason, revokedSessionIds, sessionId, client, now }: PasskeyChange,
): Promise<void> {
  const { id: userId } = user
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'authn_passkey_change', reason, passkeyId, ...context })
  const passkey = { id: passkeyId, name }
  await sessionsEnded(dependencies, {
    revokedSessionIds,
    userId,
    reason: 'passkey_removed',
    client,
    now,
    otherHooks: () => runAfterHook(dependencies, 'afterPasskeyChange', { user, passkey, reason, client, now }),
  })
}
