import type { LoginFailReason } from '../../events/auth-event.js'
import { eventContext } from '../../events/event-context.js'
import type { Authentication } from '../../http/authentication.js'
import type { PresentedCredential } from '../../http/bearer-credential.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { CachedApiKey } from './api-key-cache.js'
import type { ApiKeyHash } from './api-key-record.js'
import { apiKeyHash } from './api-key-text.js'
import type { ApiKeyDependencies } from './dependencies.js'
import { ApiKeyInvalidError } from './errors.js'
import { organizationOfKey } from './organization-of-key.js'

function count(
  { measure }: Pick<ApiKeyDependencies, 'measure'>,
  outcome: 'remembered' | 'read' | 'mistyped' | 'unknown',
): void {
  measure?.({ name: 'fast_auth_api_key_checks_total', value: 1, labels: { outcome } })
}

function refuse(
  dependencies: Pick<ApiKeyDependencies, 'emit' | 'limits' | 'measure'>,
  { client, now }: PresentedCredential,
  reason: LoginFailReason,
): never {
  count(dependencies, reason === 'mistyped_api_key' ? 'mistyped' : 'unknown')
  const requestOrigin = client()
  const context = eventContext({ userId: null, sessionId: null, client: requestOrigin, now })
  dependencies.limits.apiKeyFailure(requestOrigin)
  dependencies.emit({ name: 'authn_login_fail', reason, ...context })
  throw new ApiKeyInvalidError()
}

/** Creates new objects for each request, so a handler that modifies them does not affect other requests. */
function accept(
  dependencies: Pick<ApiKeyDependencies, 'apiKeys' | 'emit' | 'hasOrganizations' | 'limits' | 'measure'>,
  request: PresentedCredential,
  apiKey: CachedApiKey | null,
  way: 'remembered' | 'read',
): Authentication {
  const { now } = request
  if (apiKey === null || (apiKey.expiresAt !== null && now >= apiKey.expiresAt))
    return refuse(dependencies, request, 'unknown_api_key')
  const { apiKeyId, userId, email, scopes, organization } = apiKey
  count(dependencies, way)
  dependencies.apiKeys.uses.note(apiKeyId, now)
  const user = { id: userId, email, via: 'apiKey', apiKeyId, scopes: [...scopes] } as const
  return {
    user: dependencies.hasOrganizations ? { ...user, organization } : user,
    authenticatedAt: null,
    hasSecondFactor: false,
  }
}

async function find(
  { apiKeyStore }: Pick<ApiKeyDependencies, 'apiKeyStore'>,
  hash: ApiKeyHash,
  now: EpochMilliseconds,
): Promise<CachedApiKey | null> {
  const found = await apiKeyStore.findByHash({ hash, now })
  if (found === null || found.user.disabledAt !== null) return null
  const { apiKey, user } = found
  const { id: apiKeyId, scopes, expiresAt } = apiKey
  return { apiKeyId, userId: user.id, email: user.email, scopes, expiresAt, organization: organizationOfKey(found) }
}

/**
 * Authenticates an API key. A mistyped key costs no storage call, nor does a key that was verified recently; the result is
 * then no promise. If the storage has to be asked, the cache is not used.
 * @throws {ApiKeyInvalidError} The key is mistyped, unknown, deleted or expired, or its user is disabled.
 * @throws {TooManyRequestsError} instead, if this network sent too many such keys. A valid key always passes.
 */
export function authenticateApiKey(
  dependencies: Pick<
    ApiKeyDependencies,
    'apiKeys' | 'apiKeyStore' | 'asksStorage' | 'emit' | 'hasOrganizations' | 'limits' | 'measure'
  >,
  request: PresentedCredential,
): Authentication | Promise<Authentication> {
  const { token, now } = request
  const { verified } = dependencies.apiKeys
  const hash = apiKeyHash(token)
  if (hash === null) return refuse(dependencies, request, 'mistyped_api_key')
  const asked = () => find(dependencies, hash, now)
  if (dependencies.asksStorage()) return asked().then(apiKey => accept(dependencies, request, apiKey, 'read'))
  const apiKey = verified.recall(hash)
  if (apiKey !== null) return accept(dependencies, request, apiKey, 'remembered')
  return verified.verify(hash, asked).then(found => accept(dependencies, request, found, 'read'))
}
