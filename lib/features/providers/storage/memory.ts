import { compareText } from '../../../storage/compare-text.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import type { MemoryFollowUp, MemoryPart, MemoryProofPart } from '../../../storage/memory/memory-part.js'
import {
  discardEmailChange,
  enabledUser,
  isAskedInTime,
  isLive,
  type MemoryTables,
  ofUser,
  revokeSessions,
  storeMessages,
} from '../../../storage/memory/memory-tables.js'
import type { ProofSubject } from '../../../storage/proof-part.js'
import type { Purge } from '../../../storage/purge.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { createUserInMemory, type MemoryUserAdditionPart } from '../../accounts/storage/memory.js'
import { proveAddressInMemory } from '../../email/storage/memory-prove-address.js'
import { countFirstFactorsInMemory } from '../../sessions/count-first-factors.js'
import type { IdentityKey, IdentityProof, IdentityRecord, IdentityStore, ProviderFlowStore } from '../port.js'

interface ProviderFlow {
  readonly flowId: string
  /** `null`: not settled yet. */
  readonly result: string | null
  readonly expiresAt: EpochMilliseconds
}

const byCreation = (one: IdentityRecord, other: IdentityRecord) =>
  one.createdAt - other.createdAt || compareText(one.id, other.id)

interface MemoryIdentitiesSettings {
  /** The proofs of all features, this one included. */
  readonly proofParts: readonly MemoryProofPart[]
  /** What follows a change of a user, of all features. */
  readonly followUps: readonly MemoryFollowUp[]
  /** What the creation of a user adds, of all features. */
  readonly additionParts: readonly MemoryUserAdditionPart[]
}

export function memoryIdentities(
  tables: MemoryTables,
  method: DefineMethod,
  { proofParts, followUps, additionParts }: MemoryIdentitiesSettings,
) {
  const byId = new Map<string, IdentityRecord>()

  const find = ({ issuer, subject }: IdentityKey) =>
    [...byId.values()].find(identity => identity.issuer === issuer && identity.subject === subject) ?? null

  function removeAll(userId: string): readonly string[] {
    for (const { id } of ofUser(byId, userId)) byId.delete(id)
    return []
  }

  const followUp: MemoryFollowUp = {
    deleted: (_, { userId }) => removeAll(userId),
    proven: (_, { userId }) => removeAll(userId),
  }

  const proofs: MemoryProofPart = {
    kinds: {
      identity: {
        factor: 'first',
        check(_, proof: IdentityProof, { user, now }: ProofSubject) {
          const identity = find(proof)
          if (identity?.userId !== user.id) return 'stale'
          return () => void byId.set(identity.id, { ...identity, lastUsedAt: now })
        },
      },
    },
    countFirstFactors: (_, { id }) => ofUser(byId, id).length,
  }

  const store: IdentityStore = {
    find: method(find),

    list: method(({ userId }) => ofUser(byId, userId).sort(byCreation)),

    signUp: method(({ identity, ...request }) => {
      if (find(identity) !== null) return { outcome: 'identityTaken' }
      const creation = createUserInMemory(tables, { ...request, session: null }, additionParts)
      if (creation.outcome === 'created') byId.set(identity.id, identity)
      return creation
    }),

    adopt: method(({ identity, email, mayLinkProven, now, messages }) => {
      if (find(identity) !== null) return { outcome: 'identityTaken' }
      const user = enabledUser(tables, identity.userId)
      if (user?.email !== email) return { outcome: 'stale' }
      const wasProven = user.emailConfirmedAt !== null
      if (wasProven && !mayLinkProven) return { outcome: 'refused' }
      const proven = wasProven
        ? { user, isProvenNow: false, revokedSessionIds: [] }
        : proveAddressInMemory(tables, user, { now, followUps })
      byId.set(identity.id, identity)
      storeMessages(tables, messages)
      return { outcome: 'linked', ...proven }
    }),

    link: method(({ identity, maximumPerUser, asking, messages }) => {
      if (!isAskedInTime(tables, identity.userId, asking)) return { outcome: 'sessionEnded' }
      const stored = find(identity)
      if (stored !== null) return { outcome: stored.userId === identity.userId ? 'present' : 'identityTaken' }
      if (ofUser(byId, identity.userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      byId.set(identity.id, identity)
      storeMessages(tables, messages)
      return { outcome: 'linked' }
    }),

    unlink: method(({ identityId, userId, asking, now, messages, mayBeLast = false }) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const identity = byId.get(identityId)
      const user = tables.users.get(userId)
      if (user === undefined || identity?.userId !== userId) return { outcome: 'unknown' }
      if (!mayBeLast && countFirstFactorsInMemory(proofParts, tables, user) === 1)
        return { outcome: 'lastSignInMethod' }
      byId.delete(identityId)
      storeMessages(tables, messages)
      const ended = ofUser(tables.sessions, userId).filter(
        ({ id, methods }) => id !== asking.sessionId && methods.includes('provider'),
      )
      const revokedSessionIds = revokeSessions(tables, ended, now)
      discardEmailChange(tables, userId, sessionId => sessionId !== null && revokedSessionIds.includes(sessionId))
      return { outcome: 'unlinked', identity, revokedSessionIds }
    }),
  }

  return { store, followUp, proofs } satisfies MemoryPart<IdentityStore>
}

export function memoryProviderFlows(_tables: MemoryTables, method: DefineMethod) {
  const flows = new Map<string, ProviderFlow>()

  function purge({ now, limit }: Purge): number {
    const expired = [...flows.values()].filter(flow => !isLive(flow, now)).slice(0, limit)
    for (const { flowId } of expired) flows.delete(flowId)
    return expired.length
  }

  const store: ProviderFlowStore = {
    claim: method(({ flowId, expiresAt }) => {
      const flow = flows.get(flowId)
      if (flow === undefined) flows.set(flowId, { flowId, result: null, expiresAt })
      if (flow === undefined) return { outcome: 'claimed' }
      return flow.result === null ? { outcome: 'pending' } : { outcome: 'settled', result: flow.result }
    }),

    settle: method(({ flowId, result }) => {
      const flow = flows.get(flowId)
      if (flow === undefined || flow.result !== null) return { outcome: 'unknown' }
      flows.set(flowId, { ...flow, result })
      return { outcome: 'settled' }
    }),

    take: method(({ flowId, now }) => {
      const flow = flows.get(flowId)
      if (flow === undefined || flow.result === null || !isLive(flow, now)) return { outcome: 'unknown' }
      flows.delete(flowId)
      return { outcome: 'taken', result: flow.result }
    }),
  }

  return { store, purge } satisfies MemoryPart<ProviderFlowStore>
}
