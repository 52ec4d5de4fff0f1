import type { PasswordHash, UserRecord } from '../storage/storage.js'
import type { Dependencies } from './dependencies.js'

export interface ShownPassword {
  readonly user: UserRecord
  readonly password: string
  /** The user's hash, which the password was just verified against. */
  readonly verifiedHash: PasswordHash
}

/**
 * Carries out a step that is valid only while the verified hash stands. If the step answers `stale`, a sign-in may just have
 * put a better hash of the same password in its place: the password is checked once more, and the step attempted again.
 */
export async function whilePasswordStands<Answer extends { readonly outcome: string }>(
  { storage, passwords }: Pick<Dependencies, 'storage' | 'passwords'>,
  { user, password, verifiedHash }: ShownPassword,
  attempt: (user: UserRecord, currentHash: PasswordHash) => Promise<Answer>,
): Promise<Answer> {
  const answer = await attempt(user, verifiedHash)
  const owner = answer.outcome === 'stale' ? await storage.users.find({ userId: user.id }) : null
  if (owner === null) return answer
  const check = await passwords.check(password, owner.passwordHash)
  return check.isRight ? attempt(owner, check.hash) : answer
}
