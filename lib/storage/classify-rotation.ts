import type { EpochMilliseconds, SessionRecord } from './records.js'

/** What presenting a refresh token means for the session it names. */
export type RotationOutcome = 'rotated' | 'repeated' | 'reused' | 'unknown'

/** A refresh token as it was presented: authentic, but perhaps old. */
export interface PresentedGeneration {
  readonly generation: number
  readonly now: EpochMilliseconds
  /** For how long after a rotation the token before it is answered with the same successor. 0: never. */
  readonly graceMilliseconds: number
}

/**
 * Decides, from the stored session and the presented generation, what a rotation is. Every adapter calls this one
 * function, inside its atomic step, so that no adapter has rules of its own.
 *
 * A generation that is *ahead* of the stored one is rotated, not refused: the token is authentic, so it is the database
 * that has lost a write (a restored backup, a failover), and the person must not be signed out for that.
 * An instant `now` before `rotatedAt` is another server's clock running behind: it counts as no time at all.
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
