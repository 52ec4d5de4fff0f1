import { randomUUID } from 'node:crypto'
import { ApiKeyLimitReachedError, ValidationError } from '../errors/index.js'
import type { ApiKeyRecord, Instant } from '../storage/storage.js'
import { type ApiKey, newApiKey } from '../tokens/api-key.js'
import { endOfAskingSession } from './end-of-asking-session.js'
import type { ApiKeyRooms, Client, Rooms } from './rooms.js'

export interface CreateApiKey {
  readonly userId: string
  /** The session that asks. */
  readonly sessionId: string
  readonly name: string
  readonly scopes?: readonly string[] | undefined
  readonly expiresAt?: Instant | undefined
  readonly client: Client
  readonly now: Instant
}

/** A key that was just made. The text is nowhere else, and cannot be had again. */
export interface CreatedApiKey {
  readonly apiKey: ApiKeyRecord
  readonly key: ApiKey
}

const longestName = 100

function acceptedName(typed: string): string {
  const name = typed.trim()
  if (name === '' || [...name].length > longestName)
    throw new ValidationError('name', 'length', `must have 1 to ${longestName} characters beside the blanks around it`)
  return name
}

function acceptedScopes(asked: readonly string[], { scopes }: ApiKeyRooms): readonly string[] {
  if (!asked.every(scope => scopes.includes(scope)))
    throw new ValidationError('scopes', 'enum', 'must be among the scopes that this application knows')
  return asked
}

/** When the key ends: as asked, or as the options have it; `null`: never. */
function acceptedEnd(
  asked: Instant | undefined,
  { defaultLifetimeSeconds, maximumLifetimeSeconds }: ApiKeyRooms,
  now: Instant,
): Instant | null {
  const byDefault = defaultLifetimeSeconds ?? maximumLifetimeSeconds
  if (asked === undefined) return byDefault === null ? null : now + byDefault * 1000
  if (asked <= now) throw new ValidationError('expiresAt', 'formatMinimum', 'must be in the future')
  if (maximumLifetimeSeconds !== null && asked > now + maximumLifetimeSeconds * 1000)
    throw new ValidationError('expiresAt', 'formatMaximum', `must be within ${maximumLifetimeSeconds} seconds`)
  return asked
}

/**
 * Makes an API key for a signed-in person.
 * @throws {ValidationError} for a name, scope or end that the options don't allow. @throws {ApiKeyLimitReachedError}
 * @throws {SessionRevokedError} where the session has ended, or the account was deleted or disabled.
 */
export async function createApiKey(
  rooms: Rooms,
  { userId, sessionId, name, scopes = [], expiresAt, client, now }: CreateApiKey,
): Promise<CreatedApiKey> {
  const { key, hash, keyPrefix, lastFour } = newApiKey(rooms.apiKeys.prefix)
  const apiKey: ApiKeyRecord = {
    id: randomUUID(),
    userId,
    hash,
    name: acceptedName(name),
    keyPrefix,
    lastFour,
    scopes: acceptedScopes(scopes, rooms.apiKeys),
    createdAt: now,
    expiresAt: acceptedEnd(expiresAt, rooms.apiKeys, now),
    lastUsedAt: null,
  }
  const { maximumPerUser } = rooms.apiKeys
  const { outcome } = await rooms.storage.apiKeys.create({ apiKey, maximumPerUser, asking: { sessionId, now } })
  if (outcome === 'unknownUser' || outcome === 'sessionEnded') throw endOfAskingSession(rooms, sessionId, now)
  if (outcome === 'limitReached') throw new ApiKeyLimitReachedError()
  const about = { at: new Date(now).toISOString(), userId, sessionId, apiKeyId: apiKey.id, ...client }
  rooms.emit({ name: 'authn_token_created', ...about })
  return { apiKey, key }
}
