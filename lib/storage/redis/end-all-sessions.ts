import type { EpochMilliseconds } from '../records.js'
import { endSessions } from './session-records.js'
import { discardEmailChange } from './token-records.js'
import type { Transaction } from './transaction.js'

/**
 * Ends the user's sessions as `endSessions` does. Also removes the user's pending address change, unless the excepted session
 * requested it.
 */
export async function endAllSessions(
  transaction: Transaction,
  userId: string,
  { exceptSessionId, now }: { readonly exceptSessionId: string | null; readonly now: EpochMilliseconds },
): Promise<string[]> {
  await discardEmailChange(transaction, userId, id => id === null || id !== exceptSessionId)
  return endSessions(transaction, userId, { now, exceptSessionId })
}
