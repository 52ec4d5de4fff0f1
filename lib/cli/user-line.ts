import { randomUUID } from 'node:crypto'
import { isDeeperThan } from '../errors/is-deeper-than.js'
import { canonicalUserId, userIdRule } from '../features/accounts/canonical-user-id.js'
import { identifiesPasswordHash } from '../hashing/importable-hash.js'
import { canonicalEmail } from '../mail/canonical-email.js'
import type { EpochMilliseconds, PasswordHash, Profile, UserRecord } from '../storage/records.js'
import { canonicalUsername, usernameRule } from '../usernames/canonical-username.js'
import type { ArrivingUser } from './user-destination.js'

/** A user in a file with one JSON object per line. Times are ISO 8601. */
export interface UserLine {
  readonly id?: string
  readonly email: string
  /** `null` if the user has no password yet. */
  readonly passwordHash: string | null
  readonly username?: string | null
  readonly emailConfirmedAt?: string | null
  readonly createdAt?: string
  readonly lastSignInAt?: string | null
  readonly disabledAt?: string | null
  readonly profile?: Profile
}

const fields: ReadonlySet<string> = new Set<keyof UserLine>([
  'id',
  'email',
  'passwordHash',
  'username',
  'emailConfirmedAt',
  'createdAt',
  'lastSignInAt',
  'disabledAt',
  'profile',
])

type Fields = { readonly [field: string]: unknown }

const timeText = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/
const profileDepth = 8

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Refuses text that storages cannot hold, and names that are dangerous when code copies a profile. */
function refuseUnstorable(this: unknown, name: string, value: unknown): unknown {
  for (const text of [name, value]) {
    if (typeof text !== 'string') continue
    if (!text.isWellFormed() || text.includes('\0')) throw new Error('it has text with U+0000 or a lone surrogate')
  }
  if (name === '__proto__') throw new Error('it has a field with the name __proto__')
  return value
}

function parse(bytes: Uint8Array): Fields {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('it is not UTF-8')
  }
  let value: unknown
  try {
    value = JSON.parse(text, refuseUnstorable)
  } catch (error) {
    // The message of the parser repeats the line, which contains a hash.
    throw error instanceof SyntaxError || error instanceof RangeError ? new Error('it is not JSON') : error
  }
  if (!isObject(value)) throw new Error('it is not a JSON object')
  return value
}

function readId({ id }: Fields): string {
  if (id === undefined) return randomUUID()
  const canonical = typeof id === 'string' ? canonicalUserId(id) : null
  if (canonical === null) throw new Error(`id ${userIdRule}`)
  return canonical
}

function readEmail({ email }: Fields): string {
  if (email === undefined) throw new Error('email is missing')
  const canonical = typeof email === 'string' ? canonicalEmail(email) : null
  if (canonical === null) throw new Error('email must be one plain address such as ada@example.com')
  return canonical
}

/** @throws also if it is missing: a script that omits the hashes must not import users without passwords. */
function readPasswordHash({ passwordHash }: Fields): PasswordHash | null {
  if (passwordHash === undefined) throw new Error('passwordHash is missing; use null for a user without a password')
  if (passwordHash === null) return null
  if (typeof passwordHash === 'string' && identifiesPasswordHash(passwordHash)) return passwordHash as PasswordHash
  throw new Error('passwordHash has an unknown format, or is too costly')
}

function readUsername({ username = null }: Fields): string | null {
  if (username === null) return null
  const canonical = typeof username === 'string' ? canonicalUsername(username) : null
  if (canonical === null) throw new Error(`username ${usernameRule}`)
  return canonical
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

type TimeField = 'createdAt' | 'emailConfirmedAt' | 'lastSignInAt' | 'disabledAt'

function readTime(field: TimeField, value: unknown): EpochMilliseconds {
  const [, year, month, day] = (typeof value === 'string' && timeText.exec(value)) || []
  const time = Date.parse(String(value))
  if (isDay(Number(year), Number(month), Number(day)) && Number.isFinite(time)) return time
  throw new Error(`${field} must be an instant such as 2026-05-01T09:30:00Z`)
}

function readTimeOrNull(field: TimeField, { [field]: value = null }: Fields): EpochMilliseconds | null {
  return value === null ? null : readTime(field, value)
}

function readProfile({ profile = {} }: Fields): Profile {
  if (!isObject(profile)) throw new Error('profile must be an object')
  if (isDeeperThan(profileDepth, profile)) throw new Error(`profile must not be nested more than ${profileDepth} deep`)
  return profile
}

/**
 * Parses the user of a line. Creates an id if the line has none.
 * @throws {Error} The message states the first problem and does not repeat the content.
 */
export function readUserLine(bytes: Uint8Array, now: EpochMilliseconds): ArrivingUser {
  const line = parse(bytes)
  const unknown = Object.keys(line).find(field => !fields.has(field))
  if (unknown !== undefined) throw new Error(`it has an unknown field: ${JSON.stringify(unknown.slice(0, 40))}`)
  const { id, createdAt } = line
  const user = {
    id: readId(line),
    email: readEmail(line),
    passwordHash: readPasswordHash(line),
    username: readUsername(line),
    emailConfirmedAt: readTimeOrNull('emailConfirmedAt', line),
    createdAt: createdAt === undefined ? now : readTime('createdAt', createdAt),
    lastSignInAt: readTimeOrNull('lastSignInAt', line),
    disabledAt: readTimeOrNull('disabledAt', line),
    profile: readProfile(line),
  }
  return { user, hasOwnId: id !== undefined }
}

/** Returns no entry if the time is `null`. */
function timeIn(field: TimeField, time: EpochMilliseconds | null): { readonly [Field in TimeField]?: string } {
  return time === null ? {} : { [field]: new Date(time).toISOString() }
}

/** Returns the line of a user, with its line end. `readUserLine` reads the same user from it. */
export function writeUserLine({ id, email, passwordHash, username, ...user }: UserRecord): string {
  const { emailConfirmedAt, createdAt, lastSignInAt, disabledAt, profile } = user
  const line: UserLine = {
    id,
    email,
    passwordHash,
    ...(username === null ? {} : { username }),
    ...timeIn('emailConfirmedAt', emailConfirmedAt),
    createdAt: new Date(createdAt).toISOString(),
    ...timeIn('lastSignInAt', lastSignInAt),
    ...timeIn('disabledAt', disabledAt),
    profile,
  }
  return `${JSON.stringify(line)}\n`
}
