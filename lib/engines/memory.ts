import type { Storage } from '../composition/storage.js'
import { memoryUsers } from '../features/accounts/storage/memory.js'
import { memoryApiKeys } from '../features/api-keys/storage/memory.js'
import { memoryEvents } from '../features/audit-log/storage/memory.js'
import { memoryOneTimeTokens } from '../features/email/storage/memory.js'
import { memorySignInCodes } from '../features/email-codes/storage/memory.js'
import { memoryOrganizations } from '../features/organizations/storage/memory.js'
import { memoryPasskeys } from '../features/passkeys/storage/memory.js'
import { passwordProof } from '../features/passwords/password-proof.js'
import { memoryIdentities, memoryProviderFlows } from '../features/providers/storage/memory.js'
import { memorySecondFactors } from '../features/second-factor/storage/memory.js'
import { memorySessions } from '../features/sessions/storage/memory.js'
import type { DefineMethod } from '../storage/memory/memory-method.js'
import { memoryOutbox } from '../storage/memory/memory-outbox.js'
import type { MemoryFollowUp, MemoryMembershipFollowUp, MemoryProofPart } from '../storage/memory/memory-part.js'
import { purgeMemory } from '../storage/memory/memory-purge.js'
import { memoryRevocations } from '../storage/memory/memory-revocations.js'
import { emptyTables } from '../storage/memory/memory-tables.js'
import type { Purge } from '../storage/purge.js'
import { refuseIllFormedText } from '../storage/refuse-ill-formed-text.js'

/**
 * Creates a storage in this process's memory, for tests and examples. Other processes cannot see its records, which are lost
 * when the process ends. It is also the reference implementation of the port: the shortest one that passes the conformance
 * suite. Records are copied on input and output. After `close()` every method rejects.
 * @example
 * ```ts
 * import { memoryStorage } from 'fast-auth/storage/memory'
 *
 * await app.register(fastAuth, { secrets, storage: memoryStorage() })
 * ```
 */
export function memoryStorage(): Storage {
  const tables = emptyTables()
  let isClosed = false

  function assertOpen(): void {
    if (isClosed) throw new Error('The memory storage is closed')
  }

  const method: DefineMethod = step => async request => {
    assertOpen()
    refuseIllFormedText(request)
    return structuredClone(step(structuredClone(request)))
  }

  const membershipFollowUps: MemoryMembershipFollowUp[] = []
  const organizations = memoryOrganizations(tables, method, membershipFollowUps)
  const apiKeys = memoryApiKeys(tables, method, organizations.membershipPart)
  membershipFollowUps.push(apiKeys.membershipFollowUp)
  const { additionParts } = organizations
  const events = memoryEvents(tables, method)
  const secondFactors = memorySecondFactors(tables, method)
  const proofParts: MemoryProofPart[] = [passwordProof, secondFactors.proofs]
  const passkeys = memoryPasskeys(tables, method, proofParts)
  proofParts.push(passkeys.proofs)
  const followUps: MemoryFollowUp[] = []
  const signInCodes = memorySignInCodes(tables, method, followUps)
  const identities = memoryIdentities(tables, method, { proofParts, followUps, additionParts })
  const providerFlows = memoryProviderFlows(tables, method)
  proofParts.push(signInCodes.proofs, identities.proofs)
  followUps.push(
    ...[apiKeys, events, secondFactors, passkeys, signInCodes, identities, organizations].flatMap(
      ({ followUp = [] }) => followUp,
    ),
  )

  return {
    users: memoryUsers(tables, method, { followUps, additionParts }),
    sessions: memorySessions(tables, method, proofParts),
    oneTimeTokens: memoryOneTimeTokens(tables, method, followUps),
    apiKeys: apiKeys.store,
    secondFactors: secondFactors.store,
    passkeys: passkeys.store,
    signInCodes: signInCodes.store,
    identities: identities.store,
    providerFlows: providerFlows.store,
    organizations: organizations.organizations,
    memberships: organizations.memberships,
    invitations: organizations.invitations,
    revocations: memoryRevocations(tables, method),
    outbox: memoryOutbox(tables, method),
    events: events.store,
    purge: method((request: Purge) => ({
      ...purgeMemory(tables, request),
      events: events.purge(request),
      passkeyUses: passkeys.purge(request),
      signInCodes: signInCodes.purge(request),
      providerFlows: providerFlows.purge(request),
      invitations: organizations.purge(request),
    })),
    reach: 'process',

    async migrate() {
      assertOpen()
    },

    async ping() {
      assertOpen()
    },

    async close() {
      isClosed = true
    },
  }
}
