import type { EpochMilliseconds } from '../../storage/records.js'

declare const brand: unique symbol

/** SHA-256 of an API key, base64url. The key itself is never stored. */
export type ApiKeyHash = string & { readonly [brand]: 'ApiKeyHash' }

/** An API key. */
export interface ApiKeyRecord {
  /** UUID, generated above the port. */
  readonly id: string
  readonly userId: string
  /** Unique. */
  readonly hash: ApiKeyHash
  readonly name: string
  /** The first characters of the key, by which its owner recognizes it. */
  readonly keyPrefix: string
  readonly lastFour: string
  /** In the order given at creation. */
  readonly scopes: readonly string[]
  readonly createdAt: EpochMilliseconds
  /** The key is expired from this instant on; `null`: never. */
  readonly expiresAt: EpochMilliseconds | null
  readonly lastUsedAt: EpochMilliseconds | null
  /** The organisation in which the key acts: it ends with the membership of its user. `null`: it acts in none. */
  readonly organizationId: string | null
}
