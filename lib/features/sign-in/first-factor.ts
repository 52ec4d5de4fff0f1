import type { EpochMilliseconds, PasswordHash, UserRecord } from '../../storage/records.js'
import type { ReadPendingSignIn } from '../../tokens/sign-in-token.js'
import type { Dependencies } from '../dependencies.js'
import type { Proof } from '../sessions/port.js'

/** Names a password as the first factor of a sign-in that waits for a second one. */
export const passwordFactor = (passwordHash: PasswordHash | null): string => `password ${passwordHash}`

function passwordProofOf({ passwordHash }: UserRecord, pending: ReadPendingSignIn): Proof | null {
  if (passwordHash === null || !pending.refersTo(passwordFactor(passwordHash))) return null
  return { kind: 'password', hash: passwordHash }
}

/** Returns the proof with which a sign-in began; `null` if it no longer holds. */
export async function firstProofOf(
  { proofSources }: Pick<Dependencies, 'proofSources'>,
  user: UserRecord,
  { pending, now }: { readonly pending: ReadPendingSignIn; readonly now: EpochMilliseconds },
): Promise<Proof | null> {
  const [source] = proofSources.filter(({ firstFactor }) =>
    pending.methods.some(method => method === firstFactor?.method),
  )
  return source?.firstFactor === undefined
    ? passwordProofOf(user, pending)
    : source.firstFactor.find(user, pending, now)
}
