import type { PasswordHash, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'

/** A user who has shown their password, or has proven who they are without it. */
export interface ShownPassword {
  readonly user: UserRecord
  /** `null`: the request has none. */
  readonly password: string | null
  /** The user's hash that the password was just verified against. Without a password, the stored one. */
  readonly verifiedHash: PasswordHash | null
  /** Who has shown it. */
  readonly client: RequestOrigin
}

/**
 * Carries out a step that requires the hash to be still stored. If the step answers `stale`, a concurrent sign-in may have
 * replaced the hash: the password is checked once more, and the step is repeated.
 */
export async function whilePasswordStands<
  Answer extends { readonly outcome: string },
  Hash extends PasswordHash | null,
>(
  { storage, passwords }: Pick<Dependencies, 'storage' | 'passwords'>,
  { user, password, verifiedHash, client }: ShownPassword & { readonly verifiedHash: Hash },
  attempt: (user: UserRecord, currentHash: Hash | PasswordHash) => Promise<Answer>,
): Promise<Answer> {
  const answer = await attempt(user, verifiedHash)
  if (password === null || answer.outcome !== 'stale') return answer
  const owner = await storage.users.find({ userId: user.id })
  if (owner === null) return answer
  const check = await passwords.check(password, owner.passwordHash, { client, knownUserId: user.id })
  return check.isRight ? attempt(owner, check.hash) : answer
}
