import type { EpochMilliseconds } from '../../../storage/records.js'
import { recordsOf } from '../../../storage/redis/redis-database.js'
import { recordRevocation } from '../../../storage/redis/revocation-lines.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type { ApiKeyRecord } from '../api-key-record.js'

export function toApiKey(text: string): ApiKeyRecord {
  return JSON.parse(text) as ApiKeyRecord
}

export async function readApiKey(transaction: Transaction, apiKeyId: string): Promise<ApiKeyRecord | null> {
  const text = await transaction.get(transaction.keys.apiKey(apiKeyId))
  return text === null ? null : toApiKey(text)
}

export async function readApiKeysOf({ keys, list }: Transaction, userId: string): Promise<ApiKeyRecord[]> {
  return recordsOf(await list(['ZRANGE', keys.apiKeysOf(userId), '0', '-1'], keys.apiKey))
}

/** Overwrites an existing key. */
export function writeApiKey({ keys, write }: Transaction, apiKey: ApiKeyRecord): void {
  write('SET', keys.apiKey(apiKey.id), JSON.stringify(apiKey))
}

/** @throws {Error} Another key has this hash. Nothing is written then. */
export async function addApiKey(transaction: Transaction, apiKey: ApiKeyRecord): Promise<void> {
  const { keys, write } = transaction
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
  const { keys, write } = transaction
  return apiKeys.map(({ id, userId, hash }) => {
    write('DEL', keys.apiKey(id))
    write('DEL', keys.apiKeyIdByHash(hash))
    write('ZREM', keys.apiKeysOf(userId), id)
    recordApiKeyEnd(transaction, id, now)
    return id
  })
}
