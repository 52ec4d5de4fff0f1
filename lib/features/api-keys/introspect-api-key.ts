import type { Introspection } from '../../../schemas/sessions/introspect-token.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { apiKeyHash } from './api-key-text.js'
import type { ApiKeyDependencies } from './dependencies.js'
import { organizationOfKey } from './organization-of-key.js'

const inactive = { active: false } as const

function seconds(time: EpochMilliseconds): number {
  return Math.floor(time / 1000)
}

/** Returns the current state of an API key from the storage. A mistyped key costs no storage call. */
export async function introspectApiKey(
  { apiKeyStore, hasOrganizations }: Pick<ApiKeyDependencies, 'apiKeyStore' | 'hasOrganizations'>,
  { key, now }: { readonly key: string; readonly now: EpochMilliseconds },
): Promise<Introspection> {
  const hash = apiKeyHash(key)
  const found = hash === null ? null : await apiKeyStore.findByHash({ hash, now })
  if (found === null || found.user.disabledAt !== null) return inactive
  const { userId: sub, scopes, createdAt, expiresAt } = found.apiKey
  const end = expiresAt === null ? {} : { exp: seconds(expiresAt) }
  const organization = hasOrganizations ? { organization: organizationOfKey(found) } : {}
  return {
    active: true,
    tokenType: 'api_key',
    sub,
    iat: seconds(createdAt),
    ...end,
    scopes: [...scopes],
    ...organization,
  }
}
