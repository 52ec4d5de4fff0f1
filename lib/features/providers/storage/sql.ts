import type { Kysely } from 'kysely'
import type { ProofPart } from '../../../storage/proof-part.js'
import { lockEnabledUser, lockUser } from '../../../storage/sql/find-user.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { storeMessages } from '../../../storage/sql/store-messages.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import { createUser, type SqlUserAdditionPart } from '../../accounts/storage/sql.js'
import { proveAddress } from '../../email/storage/sql-prove-address.js'
import { countFirstFactors } from '../../sessions/count-first-factors.js'
import type {
  AdoptIdentity,
  ClaimProviderFlow,
  IdentityAdoption,
  IdentityLinking,
  IdentitySignUp,
  IdentityStore,
  IdentityUnlinking,
  LinkIdentity,
  ProviderFlowClaim,
  ProviderFlowStore,
  ProviderFlowTaking,
  SignUpWithIdentity,
  UnlinkIdentity,
} from '../port.js'
import { addIdentity, countIdentities, endProviderSessions, readIdentity, readIdentityWith } from './sql-records.js'
import { toIdentity } from './sql-rows.js'

interface SqlIdentitiesSettings {
  /** The proofs of all features. */
  readonly proofParts: readonly ProofPart<Kysely<Tables>>[]
  /** What follows a change of a user, of all features. */
  readonly followUps: readonly UserFollowUp<Kysely<Tables>>[]
  /** What the creation of a user adds, of all features. */
  readonly additionParts: readonly SqlUserAdditionPart[]
}

async function signUp(
  transaction: Kysely<Tables>,
  { identity, ...request }: SignUpWithIdentity,
  additionParts: SqlIdentitiesSettings['additionParts'],
): Promise<IdentitySignUp> {
  if ((await readIdentityWith(transaction, identity)) !== null) return { outcome: 'identityTaken' }
  const creation = await createUser(transaction, { ...request, session: null }, additionParts)
  if (creation.outcome === 'created') await addIdentity(transaction, identity)
  return creation
}

async function adopt(
  transaction: Kysely<Tables>,
  { identity, email, mayLinkProven, now, messages }: AdoptIdentity,
  followUps: SqlIdentitiesSettings['followUps'],
): Promise<IdentityAdoption> {
  const user = await lockEnabledUser(transaction, identity.userId)
  if ((await readIdentityWith(transaction, identity)) !== null) return { outcome: 'identityTaken' }
  if (user?.email !== email) return { outcome: 'stale' }
  const wasProven = user.emailConfirmedAt !== null
  if (wasProven && !mayLinkProven) return { outcome: 'refused' }
  const proven = wasProven
    ? { user, isProvenNow: false, revokedSessionIds: [] }
    : await proveAddress(transaction, user, { now, followUps })
  await addIdentity(transaction, identity)
  await storeMessages(transaction, messages)
  return { outcome: 'linked', ...proven }
}

async function link(
  transaction: Kysely<Tables>,
  { identity, maximumPerUser, asking, messages }: LinkIdentity,
): Promise<IdentityLinking> {
  const { userId } = identity
  await lockUser(transaction, userId)
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  const stored = await readIdentityWith(transaction, identity)
  if (stored !== null) return { outcome: stored.userId === userId ? 'present' : 'identityTaken' }
  if ((await countIdentities(transaction, userId)) >= maximumPerUser) return { outcome: 'limitReached' }
  await addIdentity(transaction, identity)
  await storeMessages(transaction, messages)
  return { outcome: 'linked' }
}

async function unlink(
  transaction: Kysely<Tables>,
  request: UnlinkIdentity,
  proofParts: SqlIdentitiesSettings['proofParts'],
): Promise<IdentityUnlinking> {
  const { identityId, userId, asking, now, messages, mayBeLast = false } = request
  const user = await lockUser(transaction, userId)
  if (user === null || !(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  const identity = await readIdentity(transaction, request)
  if (identity === null) return { outcome: 'unknown' }
  if (!mayBeLast && (await countFirstFactors(proofParts, transaction, user)) === 1)
    return { outcome: 'lastSignInMethod' }
  await transaction.deleteFrom('fast_auth_identities').where('id', '=', identityId).execute()
  await storeMessages(transaction, messages)
  const revokedSessionIds = await endProviderSessions(transaction, userId, { exceptSessionId: asking.sessionId, now })
  return { outcome: 'unlinked', identity, revokedSessionIds }
}

export function sqlIdentities(
  database: Kysely<Tables>,
  { proofParts, followUps, additionParts }: SqlIdentitiesSettings,
): IdentityStore {
  return {
    find: key => readIdentityWith(database, key),

    async list({ userId }) {
      const rows = await database
        .selectFrom('fast_auth_identities')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(toIdentity)
    },

    signUp: request => database.transaction().execute(transaction => signUp(transaction, request, additionParts)),

    adopt: request => database.transaction().execute(transaction => adopt(transaction, request, followUps)),

    link: request => database.transaction().execute(transaction => link(transaction, request)),

    unlink: request => database.transaction().execute(transaction => unlink(transaction, request, proofParts)),
  }
}

/** A concurrent step that claims the same flow violates the primary key: it is retried, and finds the flow. */
async function claim(
  transaction: Kysely<Tables>,
  { flowId, expiresAt }: ClaimProviderFlow,
): Promise<ProviderFlowClaim> {
  const flow = await transaction
    .selectFrom('fast_auth_provider_flows')
    .select('result')
    .where('flow_id', '=', flowId)
    .executeTakeFirst()
  if (flow !== undefined)
    return flow.result === null ? { outcome: 'pending' } : { outcome: 'settled', result: flow.result }
  const row = { flow_id: flowId, result: null, expires_at: expiresAt }
  await transaction.insertInto('fast_auth_provider_flows').values(row).execute()
  return { outcome: 'claimed' }
}

/** Concurrent calls wait for each other at the flow, which all but the first no longer find. */
async function take(
  transaction: Kysely<Tables>,
  { flowId, now }: { readonly flowId: string; readonly now: number },
): Promise<ProviderFlowTaking> {
  const flow = await transaction
    .selectFrom('fast_auth_provider_flows')
    .select('result')
    .where('flow_id', '=', flowId)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst()
  const result = flow?.result ?? null
  if (result === null) return { outcome: 'unknown' }
  await transaction.deleteFrom('fast_auth_provider_flows').where('flow_id', '=', flowId).execute()
  return { outcome: 'taken', result }
}

export function sqlProviderFlows(database: Kysely<Tables>): ProviderFlowStore {
  return {
    claim: request => database.transaction().execute(transaction => claim(transaction, request)),

    async settle({ flowId, result }) {
      const { numUpdatedRows } = await database
        .updateTable('fast_auth_provider_flows')
        .set({ result })
        .where('flow_id', '=', flowId)
        .where('result', 'is', null)
        .executeTakeFirst()
      return { outcome: numUpdatedRows > 0n ? 'settled' : 'unknown' }
    },

    take: request => database.transaction().execute(transaction => take(transaction, request)),
  }
}
