import type { UserEvent } from '../../events/event-context.js'
import type { Rehash } from '../../hashing/passwords.js'
import type { PasswordHash } from '../../storage/records.js'
import type { Dependencies } from '../dependencies.js'

type Replacement =
  | { readonly name: 'password_rehashed' }
  | { readonly name: 'password_rehash_failed'; readonly reason: 'hashing_failed' | 'storage_failed' }
  | null

export interface VerifiedHash {
  readonly user: { readonly id: string }
  /** The stored hash that the password was verified against. */
  readonly hash: PasswordHash
  readonly rehash: Rehash
}

async function replace(
  dependencies: Pick<Dependencies, 'storage'>,
  { user, hash }: VerifiedHash,
  newHash: PasswordHash,
): Promise<Replacement> {
  try {
    const replacement = { userId: user.id, currentHash: hash, newHash }
    const { outcome } = await dependencies.storage.users.replacePasswordHash(replacement)
    return outcome === 'replaced' ? { name: 'password_rehashed' } : null
  } catch {
    return { name: 'password_rehash_failed', reason: 'storage_failed' }
  }
}

/**
 * Replaces the hash that was just verified with a better one of the same password, if it is still stored: a concurrent password
 * change wins. It never fails, since the client did not request it: a failure is emitted as an event, and the next sign-in
 * tries again. Returns the hash that is stored afterwards, as far as is known.
 */
export async function replaceHash(
  dependencies: Pick<Dependencies, 'emit' | 'storage'>,
  { verified, about }: { readonly verified: VerifiedHash; readonly about: UserEvent },
): Promise<PasswordHash> {
  const { rehash, hash } = verified
  if (rehash.outcome === 'current') return hash
  const event: Replacement =
    rehash.outcome === 'failed'
      ? { name: 'password_rehash_failed', reason: 'hashing_failed' }
      : await replace(dependencies, verified, rehash.hash)
  if (event !== null) dependencies.emit({ ...event, ...about })
  return rehash.outcome === 'hashed' && event?.name === 'password_rehashed' ? rehash.hash : hash
}
