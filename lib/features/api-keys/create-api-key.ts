import { randomUUID } from 'node:crypto'
import { OrganizationNotFoundError, ValidationError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { acceptedName } from '../accepted-name.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import type { ApiKeyRecord } from './api-key-record.js'
import { type ApiKey, newApiKey } from './api-key-text.js'
import type { ApiKeyDependencies, ApiKeySettings } from './dependencies.js'
import { ApiKeyLimitReachedError } from './errors.js'

export interface CreateApiKey {
  readonly userId: string
  /** The requesting session. */
  readonly sessionId: string
  readonly name: string
  readonly scopes?: readonly string[] | undefined
  readonly expiresAt?: EpochMilliseconds | undefined
  /** The organisation in which the key acts. Default: none. */
  readonly organizationId?: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** A newly created key. Its text is not stored and cannot be shown again. */
export interface CreatedApiKey {
  readonly apiKey: ApiKeyRecord
  readonly key: ApiKey
}

function acceptedScopes(asked: readonly string[], { scopes }: ApiKeySettings): readonly string[] {
  if (!asked.every(scope => scopes.includes(scope)))
    throw new ValidationError('scopes', 'enum', 'must be among the scopes that this application knows')
  return asked
}

/** Returns when the key ends: as requested, or by the options; `null`: never. */
function acceptedEnd(
  asked: EpochMilliseconds | undefined,
  { defaultLifetimeSeconds, maximumLifetimeSeconds }: ApiKeySettings,
  now: EpochMilliseconds,
): EpochMilliseconds | null {
  const byDefault = defaultLifetimeSeconds ?? maximumLifetimeSeconds
  if (asked === undefined) return byDefault === null ? null : now + byDefault * 1000
  if (asked <= now) throw new ValidationError('expiresAt', 'formatMinimum', 'must be in the future')
  if (maximumLifetimeSeconds !== null && asked > now + maximumLifetimeSeconds * 1000)
    throw new ValidationError('expiresAt', 'formatMaximum', `must be within ${maximumLifetimeSeconds} seconds`)
  return asked
}

/**
 * Creates an API key for a signed-in person.
 * @throws {ValidationError} The options do not allow the name, scope or end. @throws {ApiKeyLimitReachedError}
 * @throws {OrganizationNotFoundError} The user is not a member of the organisation.
 * @throws {SessionRevokedError} The session has ended, or the account was deleted or disabled.
 */
export async function createApiKey(
  dependencies: Pick<ApiKeyDependencies, 'apiKeys' | 'apiKeyStore' | 'emit' | 'revokedSessions'>,
  { userId, sessionId, name, scopes = [], expiresAt, organizationId = null, client, now }: CreateApiKey,
): Promise<CreatedApiKey> {
  const { key, hash, keyPrefix, lastFour } = newApiKey(dependencies.apiKeys.prefix)
  const apiKey: ApiKeyRecord = {
    id: randomUUID(),
    userId,
    hash,
    name: acceptedName(name),
    keyPrefix,
    lastFour,
    scopes: acceptedScopes(scopes, dependencies.apiKeys),
    createdAt: now,
    expiresAt: acceptedEnd(expiresAt, dependencies.apiKeys, now),
    lastUsedAt: null,
    organizationId,
  }
  const { maximumPerUser } = dependencies.apiKeys
  const { outcome } = await dependencies.apiKeyStore.create({ apiKey, maximumPerUser, asking: { sessionId, now } })
  if (outcome === 'unknownUser' || outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (outcome === 'unknownOrganization') throw new OrganizationNotFoundError()
  if (outcome === 'limitReached') throw new ApiKeyLimitReachedError()
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'authn_token_created', apiKeyId: apiKey.id, ...context })
  return { apiKey, key }
}
