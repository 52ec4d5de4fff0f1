import type { Dependencies } from '../dependencies.js'
import type { ApiKeyCache } from './api-key-cache.js'
import type { ApiKeyUses } from './api-key-uses.js'
import type { ApiKeyStore } from './port.js'

/** Settings and caches of API keys. */
export interface ApiKeySettings {
  /** Distinguishes a key from an access token. */
  readonly prefix: string
  /** The scopes that keys may have. */
  readonly scopes: readonly string[]
  readonly maximumPerUser: number
  /** `null`: a key without a requested end does not expire. */
  readonly defaultLifetimeSeconds: number | null
  readonly maximumLifetimeSeconds: number | null
  /** Every operation that ends a key must update it before it answers. */
  readonly verified: ApiKeyCache
  readonly uses: ApiKeyUses
}

/** What API keys add to the dependencies of their routes. */
export interface OwnDependencies {
  readonly apiKeyStore: ApiKeyStore
  readonly apiKeys: ApiKeySettings
}

/** Dependencies of the operations on API keys. */
export interface ApiKeyDependencies extends Dependencies, OwnDependencies {}
