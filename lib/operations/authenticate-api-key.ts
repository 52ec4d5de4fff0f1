import { ApiKeyInvalidError } from '../errors/index.js'
import type { LoginFailReason } from '../events/auth-event.js'
import type { VerifiedApiKey } from '../revocation/verified-api-keys.js'
import type { ApiKeyHash, Instant } from '../storage/storage.js'
import { apiKeyHash } from '../tokens/api-key.js'
import type { Authentication } from './authenticate.js'
import type { Client, Rooms } from './rooms.js'

export interface AuthenticateApiKey {
  readonly key: string
  /** Only asked of a key that is refused. */
  client(): Client
  readonly now: Instant
}

function count({ measure }: Rooms, outcome: 'remembered' | 'read' | 'mistyped' | 'unknown'): void {
  measure?.({ name: 'fast_auth_api_key_checks_total', value: 1, labels: { outcome } })
}

function refuse(rooms: Rooms, { client, now }: AuthenticateApiKey, reason: LoginFailReason): never {
  count(rooms, reason === 'mistyped_api_key' ? 'mistyped' : 'unknown')
  const asker = client()
  const about = { at: new Date(now).toISOString(), userId: null, sessionId: null, ...asker }
  rooms.limits.apiKeyFailure(asker)
  rooms.emit({ name: 'authn_login_fail', reason, ...about })
  throw new ApiKeyInvalidError()
}

/** The objects are the request's own: what a handler does to them, no other request sees. */
function accept(
  rooms: Rooms,
  request: AuthenticateApiKey,
  apiKey: VerifiedApiKey | null,
  way: 'remembered' | 'read',
): Authentication {
  const { now } = request
  if (apiKey === null || (apiKey.expiresAt !== null && now >= apiKey.expiresAt))
    return refuse(rooms, request, 'unknown_api_key')
  const { apiKeyId, userId, email, scopes } = apiKey
  count(rooms, way)
  rooms.apiKeys.uses.note(apiKeyId, now)
  return { user: { id: userId, email, via: 'apiKey', apiKeyId, scopes: [...scopes] }, signedInAt: null }
}

async function find({ storage }: Rooms, hash: ApiKeyHash, now: Instant): Promise<VerifiedApiKey | null> {
  const found = await storage.apiKeys.findByHash({ hash, now })
  if (found === null || found.user.disabledAt !== null) return null
  const { apiKey, user } = found
  const { id: apiKeyId, scopes, expiresAt } = apiKey
  return { apiKeyId, userId: user.id, email: user.email, scopes, expiresAt }
}

/**
 * Reads an API key. A mistyped one costs no storage call, a key that was verified lately neither, and then it is no
 * promise; where the storage has to be asked nothing is recalled.
 * @throws {ApiKeyInvalidError} for a key that is mistyped, unknown, deleted, expired or a disabled user's.
 * @throws {TooManyRequestsError} in its place, where too many of this network were. A good key always passes.
 */
export function authenticateApiKey(
  rooms: Rooms,
  request: AuthenticateApiKey,
): Authentication | Promise<Authentication> {
  const { key, now } = request
  const { verified } = rooms.apiKeys
  const hash = apiKeyHash(key)
  if (hash === null) return refuse(rooms, request, 'mistyped_api_key')
  const asked = () => find(rooms, hash, now)
  if (rooms.asksStorage()) return asked().then(apiKey => accept(rooms, request, apiKey, 'read'))
  const apiKey = verified.recall(hash, now)
  if (apiKey !== null) return accept(rooms, request, apiKey, 'remembered')
  return verified.verify(hash, now, asked).then(found => accept(rooms, request, found, 'read'))
}
