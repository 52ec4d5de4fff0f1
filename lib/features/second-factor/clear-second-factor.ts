import type { MessageWriter } from '../../mail/message.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import type { AdministrationDependencies } from '../dependencies.js'
import type { SecondFactorStore } from './port.js'
import { changeMessages, secondFactorChanged } from './second-factor-changed.js'

/** The outcome of `app.fastAuth.clearSecondFactor`. */
export type SecondFactorClearing =
  | { readonly outcome: 'cleared'; readonly endedSessions: number }
  /** The user has no second factor. */
  | { readonly outcome: 'notSet' }
  | { readonly outcome: 'unknownUser' }

export interface ClearingDependencies extends AdministrationDependencies {
  readonly secondFactorStore: Pick<SecondFactorStore, 'clear'>
  /** `null` if there is no sender. */
  readonly email: { readonly messageWriter: MessageWriter; notifyDelivery(): void } | null
}

/**
 * Removes all second factors and recovery codes of a user, for one who has lost them all. Their sessions end, and the owner gets
 * a message. Verify first who asks for it: from then on the password alone is enough.
 */
export async function clearSecondFactor(
  dependencies: ClearingDependencies,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<SecondFactorClearing> {
  const user = await dependencies.storage.users.find({ userId })
  if (user === null) return { outcome: 'unknownUser' }
  const messages = changeMessages(dependencies, { user, reason: 'cleared', now })
  const removal = await dependencies.secondFactorStore.clear({ userId, now, messages })
  if (removal.outcome === 'unknown') return { outcome: 'notSet' }
  dependencies.email?.notifyDelivery()
  const { revokedSessionIds } = removal
  const change = { user, reason: 'cleared', revokedSessionIds, sessionId: null, client: noRequestOrigin, now } as const
  await secondFactorChanged(dependencies, change)
  return { outcome: 'cleared', endedSessions: revokedSessionIds.length }
}
