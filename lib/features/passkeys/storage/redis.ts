import type { ProofPart } from '../../../storage/proof-part.js'
import { writeMessages } from '../../../storage/redis/message-records.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { isAskedInTime } from '../../../storage/redis/session-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { readUser } from '../../../storage/redis/user-records.js'
import { countFirstFactors } from '../../sessions/count-first-factors.js'
import type { PasskeyStore } from '../port.js'
import { passkeyKeys } from './redis-keys.js'
import {
  addPasskey,
  endSessionsOf,
  isSpent,
  readByCredentialId,
  readPasskey,
  readPasskeysOf,
  removePasskey,
  spend,
  writePasskey,
} from './redis-records.js'

/** @param proofParts the proofs of all features */
export function redisPasskeys(method: DefineMethod, proofParts: readonly ProofPart<Transaction>[]): PasskeyStore {
  return {
    register: method(async (transaction, { passkey, maximumPerUser, asking, messages, ...challenge }) => {
      const { userId, credentialId } = passkey
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      if (await isSpent(transaction, challenge)) return { outcome: 'spent' }
      if ((await readByCredentialId(transaction, credentialId)) !== null) return { outcome: 'taken' }
      const passkeyIds = await transaction.ids(passkeyKeys(transaction.keys).passkeysOf(userId))
      if (passkeyIds.length >= maximumPerUser) return { outcome: 'limitReached' }
      addPasskey(transaction, passkey)
      spend(transaction, challenge, { passkey, session: null, now: asking.now })
      writeMessages(transaction, messages)
      return { outcome: 'registered' }
    }, reserving),

    findByCredentialId: method((transaction, { credentialId }) => readByCredentialId(transaction, credentialId)),

    list: method((transaction, { userId }) => readPasskeysOf(transaction, userId)),

    rename: method(async (transaction, { passkeyId, userId, name, asking }) => {
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      const passkey = await readPasskey(transaction, passkeyId)
      if (passkey?.userId !== userId) return { outcome: 'unknown' }
      const renamed = { ...passkey, name }
      writePasskey(transaction, renamed)
      return { outcome: 'renamed', passkey: renamed }
    }, reserving),

    remove: method(async (transaction, { passkeyId, userId, asking, now, messages, mayBeLast = false }) => {
      const user = await readUser(transaction, userId)
      if (user === null || !(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      const passkey = await readPasskey(transaction, passkeyId)
      if (passkey?.userId !== userId) return { outcome: 'unknown' }
      if (!mayBeLast && (await countFirstFactors(proofParts, transaction, user)) === 1)
        return { outcome: 'lastSignInMethod' }
      removePasskey(transaction, passkey)
      writeMessages(transaction, messages)
      const revokedSessionIds = await endSessionsOf(transaction, passkey, { exceptSessionId: asking.sessionId, now })
      return { outcome: 'removed', passkey, revokedSessionIds }
    }, reserving),

    endSessions: method(async (transaction, { passkeyId, userId, now, messages }) => {
      const passkey = await readPasskey(transaction, passkeyId)
      if (passkey?.userId !== userId) return { revokedSessionIds: [] }
      writeMessages(transaction, messages)
      return { revokedSessionIds: await endSessionsOf(transaction, passkey, { exceptSessionId: null, now }) }
    }, reserving),
  }
}
