import type { AuthEvent } from '../events/auth-event.js'
import type { Rehash } from '../passwords/passwords.js'
import type { PasswordHash, UserRecord } from '../storage/storage.js'
import type { Rooms } from './rooms.js'

type Replacement =
  | { readonly name: 'password_rehashed' }
  | { readonly name: 'password_rehash_failed'; readonly reason: 'hashing_failed' | 'storage_failed' }
  | null

async function replace(rooms: Rooms, { id, passwordHash }: UserRecord, newHash: PasswordHash): Promise<Replacement> {
  try {
    const replacement = { userId: id, currentHash: passwordHash, newHash }
    const { outcome } = await rooms.storage.users.replacePasswordHash(replacement)
    return outcome === 'replaced' ? { name: 'password_rehashed' } : null
  } catch {
    return { name: 'password_rehash_failed', reason: 'storage_failed' }
  }
}

/**
 * Puts a better hash of the same password in the place of the one that was just verified, if that still stands: whoever
 * changes the password at the same time wins. It is no part of what the person asked for, so it never fails: what goes
 * wrong is told as an event, and the next sign-in tries again.
 */
export async function replaceHash(
  rooms: Rooms,
  { verified, rehash, about }: { readonly verified: UserRecord; readonly rehash: Rehash; readonly about: EventContext },
): Promise<void> {
  if (rehash.outcome === 'current') return
  const event: Replacement =
    rehash.outcome === 'failed'
      ? { name: 'password_rehash_failed', reason: 'hashing_failed' }
      : await replace(rooms, verified, rehash.hash)
  if (event !== null) rooms.emit({ ...event, ...about })
}

/** What every event of a sign-in says. */
export type EventContext = Omit<Extract<AuthEvent, { readonly name: 'authn_login_success' }>, 'name' | 'reason'>
