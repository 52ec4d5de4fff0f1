import type { EpochMilliseconds } from '../../storage/records.js'

/** "The link works once, until 14 March 2026, 15:30 UTC." */
export function linkLimit(expiresAt: EpochMilliseconds): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(expiresAt)
  const minute = new Date(expiresAt).toISOString().slice(11, 16)
  return `The link works once, until ${day}, ${minute} UTC.`
}
