import type { EpochMilliseconds, SessionRecord } from '../../storage/records.js'

/** Result of presenting a refresh token to its session. */
export type RotationOutcome = 'rotated' | 'repeated' | 'reused' | 'unknown'

/** Contents of an authentic refresh token, which may be outdated. */
export interface PresentedGeneration {
  readonly generation: number
  readonly now: EpochMilliseconds
  /** Time after a rotation during which the previous token still gets the same successor. 0: never. */
  readonly graceMilliseconds: number
}

/**
 * Classifies a rotation from the stored session and the presented generation. Every adapter calls this function inside its
 * atomic step, so all adapters follow the same rules.
 *
 * A generation *ahead* of the stored one is rotated, not refused. The token is authentic, so the database must have lost a
 * write (restored backup, failover), and the user must not be signed out for that.
 * If `now` is before `rotatedAt`, another server's clock is behind: the elapsed time counts as zero.
 * @param stored the session as stored at that moment, or `null`
 * @param presented the generation of the token, the time, and the grace time in milliseconds
 * @example
 * ```ts
 * import { classifyRotation } from 'fast-auth/storage'
 *
 * const stored = { generation: 3, rotatedAt: 1_000, expiresAt: 60_000 }
 * classifyRotation(stored, { generation: 3, now: 2_000, graceMilliseconds: 10_000 }) // 'rotated'
 * classifyRotation(stored, { generation: 2, now: 2_000, graceMilliseconds: 10_000 }) // 'repeated'
 * classifyRotation(stored, { generation: 1, now: 2_000, graceMilliseconds: 10_000 }) // 'reused'
 * ```
 * @see RFC 9700, section 4.14.2
 */
export function classifyRotation(
  stored: Pick<SessionRecord, 'generation' | 'rotatedAt' | 'expiresAt'> | null,
  { generation, now, graceMilliseconds }: PresentedGeneration,
): RotationOutcome {
  if (stored === null || stored.expiresAt <= now) return 'unknown'
  if (generation >= stored.generation) return 'rotated'
  const isParent = generation === stored.generation - 1
  const isWithinGrace = graceMilliseconds > 0 && now - stored.rotatedAt <= graceMilliseconds
  return isParent && isWithinGrace ? 'repeated' : 'reused'
}
