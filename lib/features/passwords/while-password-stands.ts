import type { PasswordHash, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'

export interface ShownPassword {
  readonly user: UserRecord
  readonly password: string
  /** The user's hash that the password was just verified against. */
  readonly verifiedHash: PasswordHash
  /** Who has shown it. */
  readonly client: RequestOrigin
}

/**
 * Carries out a step that requires the verified hash to be still stored. If the step answers `stale`, a concurrent sign-in may
 * have replaced the hash: the password is checked once more, and the step is repeated.
 */
export async function whilePasswordStands<Answer extends { readonly outcome: string }>(
  { storage, passwords }: Pick<Dependencies, 'storage' | 'passwords'>,
  { user, password, verifiedHash, client }: ShownPassword,
  attempt: (user: UserRecord, currentHash: PasswordHash) => Promise<Answer>,
): Promise<Answer> {
  const answer = await attempt(user, verifiedHash)
  const owner = answer.outcome === 'stale' ? await storage.users.find({ userId: user.id }) : null
  if (owner === null) return answer
  const check = await passwords.check(password, owner.passwordHash, { client, knownUserId: user.id })
  return check.isRight ? attempt(owner, check.hash) : answer
}
