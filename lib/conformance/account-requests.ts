import type { ChangePassword } from '../features/accounts/port.js'
import type { OpenSession, Proof, ReauthenticateSession, RotateSession } from '../features/sessions/port.js'
import {
  hourMilliseconds,
  randomEmail,
  randomPasswordHash,
  randomSession,
  randomToken,
  type UserWithPassword,
} from './random-records.js'
import type { Account } from './stored-records.js'

export const graceMilliseconds = 10_000

/** Returns a request that presents generation 0 of the account's first session. */
export function rotationOf({ sessions, now }: Account, overrides: Partial<RotateSession> = {}): RotateSession {
  const [{ id: sessionId, ip, userAgent }] = sessions
  const idleExpiresAt = now + hourMilliseconds
  const wishes = { recordSuperseded: false, requireConfirmedEmail: false, ip, userAgent }
  return { sessionId, generation: 0, now, graceMilliseconds, idleExpiresAt, ...wishes, ...overrides }
}

/** Returns a request of the account's first session that changes the password. */
export function changeOf(account: Account, overrides: Partial<ChangePassword> = {}): ChangePassword {
  return {
    userId: account.user.id,
    currentHash: account.user.passwordHash,
    newHash: randomPasswordHash(),
    sessionId: account.sessions[0].id,
    idleExpiresAt: account.now + 2 * hourMilliseconds,
    now: account.now,
    messages: [],
    ...overrides,
  }
}

/** Returns a token for an address change that the session requests at the account's `now`. */
export function addressChangeOf({ user, now }: Account, sessionId: string) {
  const token = randomToken(user, { purpose: 'changeEmail', email: randomEmail(), sessionId, createdAt: now })
  return { token, currentHash: user.passwordHash, messages: [] }
}

/** Returns the proof that a user knows the password. */
export function passwordProofOf({ passwordHash: hash }: Pick<UserWithPassword, 'passwordHash'>): Proof {
  return { kind: 'password', hash }
}

/** Returns a sign-in with the password at the account's `now`. */
export function openingOf({ user, now }: Account, overrides: Partial<OpenSession> = {}): OpenSession {
  const session = randomSession(user, { createdAt: now, authenticatedAt: now, rotatedAt: now })
  return { session, proofs: [passwordProofOf(user)], maximumPerUser: 100, ...overrides }
}

/** Returns a request of the account's first session that proves the password again. */
export function reauthenticationOf(
  { user, sessions, now }: Account,
  overrides: Partial<ReauthenticateSession> = {},
): ReauthenticateSession {
  const [{ id: sessionId }] = sessions
  const proofs = [passwordProofOf(user)]
  const idleExpiresAt = now + 2 * hourMilliseconds
  return { sessionId, userId: user.id, proofs, methods: ['password'], idleExpiresAt, now, ...overrides }
}

/** A proof of a kind that no storage knows. */
export const unknownProof = { kind: 'fingerprint', hash: 'fingerprint' } as unknown as Proof
