import type { Kysely } from 'kysely'
import type { MembershipPart } from '../../../storage/membership-part.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { lockEnabledUser, lockUser } from '../../../storage/sql/find-user.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { ownerColumns, toOwner } from '../../../storage/sql/owner.js'
import { recordRevocation } from '../../../storage/sql/revoke.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { ApiKeyRecord } from '../api-key-record.js'
import { planApiKeyRoll, type RollApiKey } from '../plan-api-key-roll.js'
import type {
  ApiKeyCreation,
  ApiKeyDeletion,
  ApiKeyPage,
  ApiKeyStore,
  CreateApiKey,
  DeleteApiKey,
  ListApiKeys,
  RolledApiKey,
} from '../port.js'
import { fromApiKey, toApiKey } from './sql-rows.js'

type SqlMembershipPart = MembershipPart<Kysely<Tables>>

async function countOf(database: Kysely<Tables>, userId: string): Promise<number> {
  const { total } = await database
    .selectFrom('fast_auth_api_keys')
    .select(({ fn }) => fn.countAll().as('total'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(total)
}

async function insert(transaction: Kysely<Tables>, apiKey: ApiKeyRecord): Promise<void> {
  await transaction.insertInto('fast_auth_api_keys').values(fromApiKey(apiKey)).execute()
}

async function create(
  transaction: Kysely<Tables>,
  { apiKey, maximumPerUser, asking }: CreateApiKey,
  memberships: SqlMembershipPart,
): Promise<ApiKeyCreation> {
  const { userId, organizationId } = apiKey
  if ((await lockEnabledUser(transaction, userId)) === null) return { outcome: 'unknownUser' }
  // Locked before the session, as in every step that locks both.
  const isMember =
    organizationId === null || (await memberships.lockRole(transaction, { organizationId, userId })) !== null
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  if (!isMember) return { outcome: 'unknownOrganization' }
  if ((await countOf(transaction, userId)) >= maximumPerUser) return { outcome: 'limitReached' }
  await insert(transaction, apiKey)
  return { outcome: 'created' }
}

const sortColumns = { createdAt: 'created_at', name: 'name', lastUsedAt: 'last_used_at' } as const

/** Databases sort `null` differently, so it gets its own sort key: never used sorts before any use. */
async function list(
  database: Kysely<Tables>,
  { userId, limit, offset, sortBy, sortOrder }: ListApiKeys,
): Promise<ApiKeyPage> {
  const column = sortColumns[sortBy]
  const rows = await database
    .selectFrom('fast_auth_api_keys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy(apiKey => apiKey.case().when(column, 'is', null).then(0).else(1).end(), sortOrder)
    .orderBy(column, sortOrder)
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute()
  return { items: rows.map(toApiKey), total: await countOf(database, userId) }
}

/**
 * Records the end of a key. The feed has a single line for all changes of a key at the same instant. The caller has locked
 * the key.
 */
async function recordEnd(transaction: Kysely<Tables>, apiKeyId: string, now: EpochMilliseconds): Promise<void> {
  const line = await transaction
    .selectFrom('fast_auth_revocations')
    .select('id')
    .where('revoked_at', '=', now)
    .where('kind', '=', 'apiKey')
    .where('id', '=', apiKeyId)
    .executeTakeFirst()
  if (line !== undefined) return
  await recordRevocation(transaction, { kind: 'apiKey', id: apiKeyId, generation: null, revokedAt: now })
}

/** Returns the id of the user of a key, without a lock; the empty text if there is no such key. */
async function readOwnerId(transaction: Kysely<Tables>, apiKeyId: string): Promise<string> {
  const row = await transaction
    .selectFrom('fast_auth_api_keys')
    .select('user_id')
    .where('id', '=', apiKeyId)
    .executeTakeFirst()
  return row?.user_id ?? ''
}

/** Returns the id of the organisation of a key of this user, without a lock; `null` if there is none. */
async function readOrganizationId(
  transaction: Kysely<Tables>,
  { apiKeyId, userId }: RollApiKey,
): Promise<string | null> {
  const row = await transaction
    .selectFrom('fast_auth_api_keys')
    .select('organization_id')
    .where('id', '=', apiKeyId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.organization_id ?? null
}

async function remove(
  transaction: Kysely<Tables>,
  { apiKeyId, userId, asking, now }: DeleteApiKey,
): Promise<ApiKeyDeletion> {
  if (asking !== undefined) {
    const ownerId = userId ?? (await readOwnerId(transaction, apiKeyId))
    await lockUser(transaction, ownerId)
    if (!(await isAskedInTime(transaction, ownerId, asking))) return { outcome: 'sessionEnded' }
  }
  const named = transaction.deleteFrom('fast_auth_api_keys').where('id', '=', apiKeyId)
  const meant = userId === undefined ? named : named.where('user_id', '=', userId)
  const { numDeletedRows } = await meant.executeTakeFirst()
  if (numDeletedRows === 0n) return { outcome: 'unknown' }
  await recordEnd(transaction, apiKeyId, now)
  return { outcome: 'deleted' }
}

/**
 * Locks the user first, like every method, then the organisation: its deletion removes all its keys, and would miss a successor.
 * A concurrent deletion of the key takes effect either before or after the roll.
 */
async function roll(
  transaction: Kysely<Tables>,
  request: RollApiKey,
  memberships: SqlMembershipPart,
): Promise<RolledApiKey> {
  const { apiKeyId, userId, maximumPerUser, now } = request
  const user = await lockEnabledUser(transaction, userId)
  const organizationId = await readOrganizationId(transaction, request)
  if (organizationId !== null) await memberships.lockRole(transaction, { organizationId, userId })
  if (!(await isAskedInTime(transaction, userId, request.asking))) return { outcome: 'sessionEnded' }
  if (user === null) return { outcome: 'unknown' }
  const row = await transaction
    .selectFrom('fast_auth_api_keys')
    .selectAll()
    .where('id', '=', apiKeyId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return { outcome: 'unknown' }
  const { successor, predecessor } = planApiKeyRoll(toApiKey(row), request)
  if (predecessor === null) {
    await remove(transaction, { apiKeyId, now })
  } else {
    if ((await countOf(transaction, userId)) >= maximumPerUser) return { outcome: 'limitReached' }
    const { expiresAt } = predecessor
    const rolled = transaction.updateTable('fast_auth_api_keys').where('id', '=', apiKeyId)
    await rolled.set({ expires_at: expiresAt }).execute()
    await recordEnd(transaction, apiKeyId, now)
  }
  await insert(transaction, successor)
  return { outcome: 'rolled', successor }
}

/** @param memberships reads the memberships of users */
export function sqlApiKeys(database: Kysely<Tables>, memberships: SqlMembershipPart): ApiKeyStore {
  return {
    create: request => database.transaction().execute(transaction => create(transaction, request, memberships)),

    /** Uses one snapshot, so the page and the total agree. Read-only, so it waits for no writer. */
    list: request =>
      database
        .transaction()
        .setAccessMode('read only')
        .setIsolationLevel('repeatable read')
        .execute(transaction => list(transaction, request)),

    async findByHash({ hash, now }) {
      const row = await database
        .selectFrom('fast_auth_api_keys as apiKey')
        .innerJoin('fast_auth_users as owner', 'owner.id', 'apiKey.user_id')
        .selectAll('apiKey')
        .select(ownerColumns)
        .where('apiKey.hash', '=', hash)
        .where(({ eb, or }) => or([eb('apiKey.expires_at', 'is', null), eb('apiKey.expires_at', '>', now)]))
        .executeTakeFirst()
      if (row === undefined) return null
      const [apiKey, user] = [toApiKey(row), toOwner(row)]
      const { organizationId } = apiKey
      if (organizationId === null) return { apiKey, user, role: null }
      const role = await memberships.roleOf(database, { organizationId, userId: user.id })
      return role === null ? null : { apiKey, user, role }
    },

    delete: request => database.transaction().execute(transaction => remove(transaction, request)),

    roll: request => database.transaction().execute(transaction => roll(transaction, request, memberships)),

    async touch({ uses }) {
      if (uses.length === 0) return
      await database.transaction().execute(async transaction => {
        // In a fixed order, so two calls that touch the same keys do not deadlock.
        const inOrder = uses.toSorted((one, other) => (one.apiKeyId < other.apiKeyId ? -1 : 1))
        for (const { apiKeyId, lastUsedAt } of inOrder) {
          await transaction
            .updateTable('fast_auth_api_keys')
            .set({ last_used_at: lastUsedAt })
            .where('id', '=', apiKeyId)
            .where(({ eb, or }) => or([eb('last_used_at', 'is', null), eb('last_used_at', '<', lastUsedAt)]))
            .execute()
        }
      })
    },
  }
}
