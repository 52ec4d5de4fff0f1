import type { EpochMilliseconds } from '../storage.js'

/** Dead from `expiresAt` on, that instant included. */
export function isLive(
  { expiresAt }: { readonly expiresAt: EpochMilliseconds | null },
  now: EpochMilliseconds,
): boolean {
  return expiresAt === null || now < expiresAt
}

const marginMilliseconds = 86_400_000

/**
 * What is added to a `SET` so that Redis forgets the record by itself, a day after it has died. That is for storages that
 * nobody purges: whether a record is alive is said by the instant in the request alone. The time is counted from the
 * write, so that it doesn't matter what Redis' clock says, and a clock that is wrong by hours kills nothing.
 */
export function forgottenAfter(expiresAt: EpochMilliseconds, now: EpochMilliseconds): readonly string[] {
  return ['PX', String(Math.max(0, expiresAt - now) + marginMilliseconds)]
}
