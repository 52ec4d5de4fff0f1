import type { MembershipFollowUp, MembershipKey } from '../../../storage/membership-part.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { recordsOf } from '../../../storage/redis/redis-database.js'
import { recordRevocation } from '../../../storage/redis/revocation-lines.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import type { ApiKeyRecord } from '../api-key-record.js'
import { apiKeyKeys } from './redis-keys.js'

export function toApiKey(text: string): ApiKeyRecord {
  const record: ApiKeyRecord = JSON.parse(text)
  // Release 0.1.0 did not write this field.
  return { ...record, organizationId: record.organizationId ?? null }
}

export async function readApiKey(transaction: Transaction, apiKeyId: string): Promise<ApiKeyRecord | null> {
  const text = await transaction.get(apiKeyKeys(transaction.keys).apiKey(apiKeyId))
  return text === null ? null : toApiKey(text)
}

export async function readApiKeysOf({ keys, list }: Transaction, userId: string): Promise<ApiKeyRecord[]> {
  const { apiKey, apiKeysOf } = apiKeyKeys(keys)
  return recordsOf(await list(['ZRANGE', apiKeysOf(userId), '0', '-1'], apiKey), toApiKey)
}

async function readApiKeysOfMember(
  transaction: Transaction,
  { organizationId, userId }: MembershipKey,
): Promise<ApiKeyRecord[]> {
  const apiKeys = await readApiKeysOf(transaction, userId)
  return apiKeys.filter(apiKey => apiKey.organizationId === organizationId)
}

/** Overwrites an existing key. */
export function writeApiKey({ keys, write }: Transaction, apiKey: ApiKeyRecord): void {
  write('SET', apiKeyKeys(keys).apiKey(apiKey.id), JSON.stringify(apiKey))
}

/** @throws {Error} Another key has this hash. Nothing is written then. */
export async function addApiKey(transaction: Transaction, apiKey: ApiKeyRecord): Promise<void> {
  const { write } = transaction
  const keys = apiKeyKeys(transaction.keys)
  const { id, userId, hash } = apiKey
  if (await transaction.exists(keys.apiKeyIdByHash(hash))) throw new Error('Another API key has this hash')
  writeApiKey(transaction, apiKey)
  write('SET', keys.apiKeyIdByHash(hash), id)
  write('ZADD', keys.apiKeysOf(userId), '0', id)
}

/** Records the end of a key. The feed has a single line for all changes of a key at the same instant. */
export function recordApiKeyEnd(transaction: Transaction, id: string, now: EpochMilliseconds): void {
  recordRevocation(transaction, { kind: 'apiKey', id, generation: null, revokedAt: now })
}

/** Removes API keys and records them in the revocation feed. Returns their ids. */
export function removeApiKeys(
  transaction: Transaction,
  apiKeys: readonly ApiKeyRecord[],
  now: EpochMilliseconds,
): string[] {
  const { write } = transaction
  const keys = apiKeyKeys(transaction.keys)
  return apiKeys.map(({ id, userId, hash }) => {
    write('DEL', keys.apiKey(id))
    write('DEL', keys.apiKeyIdByHash(hash))
    write('ZREM', keys.apiKeysOf(userId), id)
    recordApiKeyEnd(transaction, id, now)
    return id
  })
}

/** How API keys follow a change of their user. */
export const redisApiKeyFollowUp: UserFollowUp<Transaction> = {
  async deleted(transaction, { userId, now }) {
    return removeApiKeys(transaction, await readApiKeysOf(transaction, userId), now)
  },
  async disabled(transaction, { userId, now }) {
    const ids = await transaction.ids(apiKeyKeys(transaction.keys).apiKeysOf(userId))
    for (const id of ids) recordApiKeyEnd(transaction, id, now)
    return ids
  },
  async proven(transaction, { userId, now }) {
    return removeApiKeys(transaction, await readApiKeysOf(transaction, userId), now)
  },
}

/** How API keys follow a change of memberships. A deletion of an organisation ends each membership. */
export const redisApiKeyMembershipFollowUp: Pick<MembershipFollowUp<Transaction>, 'roleChanged' | 'ended'> = {
  async roleChanged(transaction, { now, ...key }) {
    const apiKeys = await readApiKeysOfMember(transaction, key)
    return apiKeys.map(({ id }) => {
      recordApiKeyEnd(transaction, id, now)
      return id
    })
  },
  async ended(transaction, { now, ...key }) {
    return removeApiKeys(transaction, await readApiKeysOfMember(transaction, key), now)
  },
}
