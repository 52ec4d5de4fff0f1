import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { NoticeMessage } from '../../mail/message.js'
import type { EpochMilliseconds, OutboxMessageRecord, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { AdministrationDependencies, Dependencies } from '../dependencies.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'

/** A change of the second factors of a user. */
export interface SecondFactorChange {
  readonly user: UserRecord
  readonly reason: 'totp_added' | 'totp_removed' | 'recovery_codes_renewed' | 'cleared'
  readonly revokedSessionIds: readonly string[]
  /** The requesting session; `null` if the application requests the change. */
  readonly sessionId: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

const noticeOf = {
  totp_added: 'secondFactorAdded',
  totp_removed: 'secondFactorRemoved',
  recovery_codes_renewed: 'recoveryCodesRenewed',
  cleared: 'secondFactorCleared',
} as const satisfies Record<SecondFactorChange['reason'], NoticeMessage['kind']>

/** Writes the message to the owner, for the step that makes the change. There is none without a sender. */
export function changeMessages(
  { email }: { readonly email: Pick<NonNullable<Dependencies['email']>, 'messageWriter'> | null },
  { user, reason, now }: Pick<SecondFactorChange, 'user' | 'reason' | 'now'>,
): readonly OutboxMessageRecord[] {
  if (email === null) return []
  return [email.messageWriter.write({ kind: noticeOf[reason], to: user.email }, { userId: user.id, now })]
}

/** Follows every change of second factors: emits events, ends the sessions in this process, and calls the hooks. */
export async function secondFactorChanged(
  dependencies: Pick<AdministrationDependencies, 'emit' | 'forgetApiKeys' | 'hooks' | 'revokedSessions'>,
  { user, reason, revokedSessionIds, sessionId, client, now }: SecondFactorChange,
): Promise<void> {
  const { id: userId } = user
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'authn_second_factor_change', reason, ...context })
  await sessionsEnded(dependencies, {
    revokedSessionIds,
    userId,
    reason: 'second_factor_changed',
    client,
    now,
    otherHooks: () => runAfterHook(dependencies, 'afterSecondFactorChange', { user, reason, client, now }),
  })
}
