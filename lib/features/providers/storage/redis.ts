import type { ProofPart } from '../../../storage/proof-part.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { forgottenAfter, isLive } from '../../../storage/redis/lifetime.js'
import { writeMessages } from '../../../storage/redis/message-records.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { isAskedInTime } from '../../../storage/redis/session-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { readEnabledUser, readUser } from '../../../storage/redis/user-records.js'
import { createUser, type RedisUserParts } from '../../accounts/storage/redis.js'
import { proveAddress } from '../../email/storage/redis-prove-address.js'
import { countFirstFactors } from '../../sessions/count-first-factors.js'
import type { IdentityStore, ProviderFlowStore } from '../port.js'
import { providerKeys } from './redis-keys.js'
import {
  addIdentity,
  endProviderSessions,
  readIdentitiesOf,
  readIdentity,
  readIdentityWith,
  removeFlow,
  removeIdentity,
} from './redis-records.js'

interface RedisIdentitiesSettings extends RedisUserParts {
  /** The proofs of all features. */
  readonly proofParts: readonly ProofPart<Transaction>[]
}

export function redisIdentities(
  method: DefineMethod,
  { proofParts, followUps, additionParts }: RedisIdentitiesSettings,
): IdentityStore {
  return {
    find: method((transaction, key) => readIdentityWith(transaction, key)),

    list: method((transaction, { userId }) => readIdentitiesOf(transaction, userId)),

    signUp: method(async (transaction, { identity, ...request }) => {
      if ((await readIdentityWith(transaction, identity)) !== null) return { outcome: 'identityTaken' }
      const creation = await createUser(transaction, { ...request, session: null }, additionParts)
      if (creation.outcome === 'created') addIdentity(transaction, identity)
      return creation
    }),

    adopt: method(async (transaction, { identity, email, mayLinkProven, now, messages }) => {
      if ((await readIdentityWith(transaction, identity)) !== null) return { outcome: 'identityTaken' }
      const user = await readEnabledUser(transaction, identity.userId)
      if (user?.email !== email) return { outcome: 'stale' }
      const wasProven = user.emailConfirmedAt !== null
      if (wasProven && !mayLinkProven) return { outcome: 'refused' }
      const proven = wasProven
        ? { user, isProvenNow: false, revokedSessionIds: [] }
        : await proveAddress(transaction, user, { now, followUps })
      addIdentity(transaction, identity)
      writeMessages(transaction, messages)
      return { outcome: 'linked', ...proven }
    }, reserving),

    link: method(async (transaction, { identity, maximumPerUser, asking, messages }) => {
      const { userId } = identity
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      const stored = await readIdentityWith(transaction, identity)
      if (stored !== null) return { outcome: stored.userId === userId ? 'present' : 'identityTaken' }
      const identityIds = await transaction.ids(providerKeys(transaction.keys).identitiesOf(userId))
      if (identityIds.length >= maximumPerUser) return { outcome: 'limitReached' }
      addIdentity(transaction, identity)
      writeMessages(transaction, messages)
      return { outcome: 'linked' }
    }, reserving),

    unlink: method(async (transaction, { identityId, userId, asking, now, messages, mayBeLast = false }) => {
      const user = await readUser(transaction, userId)
      if (user === null || !(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      const identity = await readIdentity(transaction, identityId)
      if (identity?.userId !== userId) return { outcome: 'unknown' }
      if (!mayBeLast && (await countFirstFactors(proofParts, transaction, user)) === 1)
        return { outcome: 'lastSignInMethod' }
      removeIdentity(transaction, identity)
      writeMessages(transaction, messages)
      const exceptSessionId = asking.sessionId
      const revokedSessionIds = await endProviderSessions(transaction, userId, { exceptSessionId, now })
      return { outcome: 'unlinked', identity, revokedSessionIds }
    }, reserving),
  }
}

/** `result` is `null` until the flow is settled. */
interface ProviderFlow {
  readonly result: string | null
  readonly expiresAt: EpochMilliseconds
}

async function readFlow({ keys, get }: Transaction, flowId: string): Promise<ProviderFlow | null> {
  const text = await get(providerKeys(keys).flow(flowId))
  return text === null ? null : JSON.parse(text)
}

function writeFlow(
  { keys, write }: Transaction,
  flowId: string,
  { flow, now }: { readonly flow: ProviderFlow; readonly now: EpochMilliseconds },
): void {
  write('SET', providerKeys(keys).flow(flowId), JSON.stringify(flow), ...forgottenAfter(flow.expiresAt, now))
}

export function redisProviderFlows(method: DefineMethod): ProviderFlowStore {
  return {
    claim: method(async (transaction, { flowId, now, expiresAt }) => {
      const flow = await readFlow(transaction, flowId)
      if (flow !== null)
        return flow.result === null ? { outcome: 'pending' } : { outcome: 'settled', result: flow.result }
      writeFlow(transaction, flowId, { flow: { result: null, expiresAt }, now })
      transaction.write('ZADD', providerKeys(transaction.keys).flowsByExpiry, String(expiresAt), flowId)
      return { outcome: 'claimed' }
    }),

    settle: method(async (transaction, { flowId, result, now }) => {
      const flow = await readFlow(transaction, flowId)
      if (flow === null || flow.result !== null) return { outcome: 'unknown' }
      writeFlow(transaction, flowId, { flow: { ...flow, result }, now })
      return { outcome: 'settled' }
    }),

    take: method(async (transaction, { flowId, now }) => {
      const flow = await readFlow(transaction, flowId)
      if (flow === null || flow.result === null || !isLive(flow, now)) return { outcome: 'unknown' }
      removeFlow(transaction, flowId)
      return { outcome: 'taken', result: flow.result }
    }),
  }
}
