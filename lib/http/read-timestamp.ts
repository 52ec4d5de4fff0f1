import { ValidationError } from '../errors/index.js'
import type { EpochMilliseconds } from '../storage/records.js'

/** RFC 3339, section 5.6. `T` and `Z` must be upper case, and seconds are at most 59. */
const form =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/** `Date.parse` reads the 30th of February as the 2nd of March. */
function isDay(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Parses the timestamp in a field of the body, to the millisecond. @throws {ValidationError} */
export function readTimestamp(text: string, field: string): EpochMilliseconds {
  const [, year, month, day] = (form.exec(text) ?? []).map(Number)
  if (year === undefined || !isDay(year, Number(month), Number(day)))
    throw new ValidationError(field, 'format', 'must be an RFC 3339 timestamp such as 2027-01-01T00:00:00Z')
  return Date.parse(text)
}
