import type { EpochMilliseconds } from '../../storage/records.js'

/** A user in an organisation. */
export interface MembershipRecord {
  readonly organizationId: string
  readonly userId: string
  /** A built-in role, or one of the application's own. Compared byte for byte. */
  readonly role: string
  readonly joinedAt: EpochMilliseconds
}
