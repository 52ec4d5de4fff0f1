import type { EpochMilliseconds } from '../../storage/records.js'

/** The fields that not every event has, such as `organizationId` and `role`. They identify records, and contain no secret. */
export type EventDetails = Readonly<Record<string, string | null>>

/** An event that concerns an account. */
export interface EventRecord {
  /** UUID, generated above the port in ascending order of time. */
  readonly id: string
  readonly happenedAt: EpochMilliseconds
  /** The user whose account it concerns; the user may be deleted. */
  readonly userId: string | null
  readonly name: string
  readonly reason: string | null
  readonly sessionId: string | null
  readonly apiKeyId: string | null
  readonly ip: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
  /** `{}` if the event has none. */
  readonly details: EventDetails
}
