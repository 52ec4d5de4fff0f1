import { randomUUID } from 'node:crypto'
import { UserExistsError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook, runBeforeHook } from '../../hooks/call-hook.js'
import type { Profile, UserRecord } from '../../storage/records.js'
import { mailedToken } from '../email/mailed-token.js'
import type { ProviderDependencies } from './dependencies.js'
import type { SignInWithIdentity } from './identity-sign-in.js'

export interface SignUpWithIdentity extends SignInWithIdentity {
  /** Canonical. */
  readonly username: string | null
  readonly profile: Profile
}

/** Returns the token and the message that ask an unproven address to be confirmed; neither if it is proven. */
async function confirmationOf(
  { email: mail, limits }: Pick<ProviderDependencies, 'email' | 'limits'>,
  user: UserRecord,
  { client, now }: SignInWithIdentity,
) {
  const nothing = { token: null, messages: [] }
  if (mail === null || user.emailConfirmedAt !== null) return nothing
  const { isAdmitted } = await limits.mail({ purpose: 'signUp', email: user.email, userId: null, client })
  if (!isAdmitted) return nothing
  const about = { userId: user.id, email: user.email, sessionId: null, now }
  const { token, message } = mailedToken(mail, { purpose: 'confirmEmail', ...about })
  return { token, messages: [message] }
}

/**
 * Creates the user of an identity. The address is proven if the provider vouches for it.
 * @returns `null` if the address or the identity was taken concurrently
 * @throws {UserExistsError} The user name is taken. @throws {SignUpRefusedError} @throws {TooManyRequestsError}
 */
export async function signUpWithIdentity(
  dependencies: ProviderDependencies,
  signUp: SignUpWithIdentity,
): Promise<UserRecord | null> {
  const { provider, identity, username, profile, client, now } = signUp
  const email = String(identity.email)
  await runBeforeHook(dependencies, 'beforeSignUp', { email, username, client, now })
  const user: UserRecord = {
    ...{ id: randomUUID(), email, emailConfirmedAt: identity.isEmailVerified ? now : null, username },
    ...{ passwordHash: null, profile, createdAt: now, lastSignInAt: null, disabledAt: null },
  }
  const { issuer, subject } = identity
  const record = {
    id: randomUUID(),
    userId: user.id,
    provider,
    issuer,
    subject,
    email,
    createdAt: now,
    lastUsedAt: null,
  }
  const confirmation = await confirmationOf(dependencies, user, signUp)
  const { outcome } = await dependencies.identities.signUp({
    user,
    identity: record,
    ...confirmation,
    messagesIfTaken: [],
    additions: dependencies.additionsOf(user),
  })
  if (outcome === 'usernameTaken') throw new UserExistsError('username')
  if (outcome !== 'created') return null
  if (confirmation.messages.length > 0) dependencies.email?.notifyDelivery()
  dependencies.emit({ name: 'user_created', ...eventContext({ userId: user.id, sessionId: null, client, now }) })
  await runAfterHook(dependencies, 'afterSignUp', { user, sessionId: null, client, now })
  return user
}
