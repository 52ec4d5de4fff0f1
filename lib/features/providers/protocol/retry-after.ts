import type { EpochMilliseconds } from '../../../storage/records.js'

const [defaultSeconds, mostSeconds] = [5, 300]

/**
 * Returns the seconds of a `Retry-After` header (RFC 9110, section 10.2.3): a number or a date. Not less than 1, not more
 * than 300; 5 if there is none.
 */
export function retryAfterSeconds(header: string | null, now: EpochMilliseconds): number {
  const text = header ?? ''
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000)
  return Number.isNaN(seconds) ? defaultSeconds : Math.min(Math.max(seconds, 1), mostSeconds)
}
