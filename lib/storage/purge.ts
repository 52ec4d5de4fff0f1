import type { EpochMilliseconds } from './records.js'

/** A request to remove expired data. */
export interface Purge {
  readonly now: EpochMilliseconds
  /** Lines of the revocation feed older than this are removed: their access tokens have all expired. */
  readonly revokedBefore: EpochMilliseconds
  /** Events older than this are removed. 0: none. */
  readonly eventsBefore: EpochMilliseconds
  /** Maximum number of rows of each kind, so no lock is held for long. */
  readonly limit: number
}

/** Number of rows of each kind that a purge removed. */
export interface Purged {
  readonly sessions: number
  readonly oneTimeTokens: number
  readonly messages: number
  /** Lines of the revocation feed. */
  readonly revocations: number
  readonly events: number
  /** Challenges that passkeys have spent, and the sessions that they proved. */
  readonly passkeyUses: number
  /** Mailed codes. */
  readonly signInCodes: number
  /** Sign-ins at providers that are under way. */
  readonly providerFlows: number
  /** Invitations to organisations. */
  readonly invitations: number
}
