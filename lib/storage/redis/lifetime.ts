import type { EpochMilliseconds } from '../records.js'

/** Checks whether a record has not expired. It is expired at `expiresAt` itself. */
export function isLive(
  { expiresAt }: { readonly expiresAt: EpochMilliseconds | null },
  now: EpochMilliseconds,
): boolean {
  return expiresAt === null || now < expiresAt
}

const marginMilliseconds = 86_400_000

/**
 * Returns arguments of `SET` that make Redis delete the record a day after it expires, for storages that are never purged.
 * Only the instant in the request decides whether a record is live. The lifetime is relative to the write, so the clock of
 * Redis does not matter, even if it is wrong by hours.
 */
export function forgottenAfter(expiresAt: EpochMilliseconds, now: EpochMilliseconds): readonly string[] {
  return ['PX', String(Math.max(0, expiresAt - now) + marginMilliseconds)]
}
