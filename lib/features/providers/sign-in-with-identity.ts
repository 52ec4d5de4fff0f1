import { randomUUID } from 'node:crypto'
import { eventContext } from '../../events/event-context.js'
import type { UserRecord } from '../../storage/records.js'
import { addressProven } from '../email/address-proven.js'
import { completeSignIn } from '../sign-in/complete-sign-in.js'
import type { ProviderDependencies } from './dependencies.js'
import { ProviderAnswerInvalidError, ProviderEmailMissingError } from './errors.js'
import { identityChanged } from './identity-changed.js'
import { identityMessages } from './identity-messages.js'
import { firstFactorOf } from './identity-proofs.js'
import type { IdentitySignIn, SignInWithIdentity } from './identity-sign-in.js'
import { type PendingSignUp, signUpLifetime } from './pending-sign-up.js'
import { refuseExistingAccount } from './refuse-existing-account.js'
import { signUpWithIdentity } from './sign-up-with-identity.js'

/** The user of an identity. */
interface IdentityOwner {
  readonly user: UserRecord
  readonly isNewUser: boolean
}

/**
 * Links the identity to the account that has the address which the provider has proven. An account whose own address is unproven
 * loses what it had: another person may have created it.
 * @throws {AccountExistsError}
 */
async function adoptAccount(
  dependencies: ProviderDependencies,
  owner: UserRecord,
  signIn: SignInWithIdentity,
): Promise<IdentityOwner | 'changed'> {
  const { provider, identity, client, now } = signIn
  const { issuer, subject, email } = identity
  const record = {
    ...{ id: randomUUID(), userId: owner.id, provider, issuer, subject, email },
    ...{ createdAt: now, lastUsedAt: null },
  }
  const adoption = await dependencies.identities.adopt({
    identity: record,
    email: owner.email,
    mayLinkProven: dependencies.providerSettings.linkVerified,
    now,
    messages: identityMessages(dependencies, { user: owner, kind: 'identityLinked', now }),
  })
  if (adoption.outcome === 'refused') throw await refuseExistingAccount(dependencies, owner, signIn)
  if (adoption.outcome !== 'linked') return 'changed'
  dependencies.email?.notifyDelivery()
  await addressProven(dependencies, adoption, { client, now })
  const { user } = adoption
  const change = { user, identity: record, reason: 'identity_linked', revokedSessionIds: [], sessionId: null } as const
  await identityChanged(dependencies, { ...change, client, now })
  return { user, isNewUser: false }
}

/** Returns the user of the identity, whom it may create; `changed` if what it read has changed since. */
async function ownerOf(
  dependencies: ProviderDependencies,
  signIn: SignInWithIdentity,
): Promise<IdentityOwner | 'changed' | { readonly pending: PendingSignUp }> {
  const { identities, storage, needsProfile } = dependencies
  const { provider, identity, now } = signIn
  const known = await identities.find({ issuer: identity.issuer, subject: identity.subject })
  if (known !== null) {
    const user = await storage.users.find({ userId: known.userId })
    return user === null ? 'changed' : { user, isNewUser: false }
  }
  if (identity.email === null) throw new ProviderEmailMissingError()
  const owner = await storage.users.findByEmail({ email: identity.email })
  if (owner !== null && identity.isEmailVerified && owner.disabledAt === null)
    return adoptAccount(dependencies, owner, signIn)
  if (owner !== null) throw await refuseExistingAccount(dependencies, owner, signIn)
  if (needsProfile) {
    const { issuer, subject, email, isEmailVerified } = identity
    const needed = { issuer, subject, email, isEmailVerified }
    return { pending: { provider, identity: needed, expiresAt: now + signUpLifetime } }
  }
  const user = await signUpWithIdentity(dependencies, { ...signIn, username: null, profile: {} })
  return user === null ? 'changed' : { user, isNewUser: true }
}

/** @throws {ProviderAnswerInvalidError} The account changed concurrently, twice. */
async function settledOwner(dependencies: ProviderDependencies, signIn: SignInWithIdentity) {
  const first = await ownerOf(dependencies, signIn)
  const owner = first === 'changed' ? await ownerOf(dependencies, signIn) : first
  if (owner === 'changed') throw new ProviderAnswerInvalidError()
  return owner
}

/**
 * Completes the sign-in of the user of a proven identity.
 * @throws {ProviderAnswerInvalidError} The identity was unlinked concurrently. @throws the errors of `completeSignIn`
 */
export async function completeWithIdentity(
  dependencies: ProviderDependencies,
  { user, isNewUser }: IdentityOwner,
  { identity: { issuer, subject }, client, now }: SignInWithIdentity,
): Promise<Exclude<IdentitySignIn, { readonly outcome: 'signUpRequired' }>> {
  const identity = { issuer, subject }
  const proofs = [{ kind: 'identity', ...identity }] as const
  const completion = await completeSignIn(dependencies, { user, proofs, methods: ['provider'], client, now })
  if (completion.outcome === 'signedIn') return { ...completion, isNewUser }
  const context = eventContext({ userId: user.id, sessionId: null, client, now })
  if (completion.outcome !== 'secondFactorRequired') {
    dependencies.emit({ name: 'authn_login_fail', reason: 'wrong_provider_answer', ...context })
    throw new ProviderAnswerInvalidError()
  }
  dependencies.emit({ name: 'authn_second_factor_due', ...context })
  const first = {
    firstMethod: 'provider',
    firstFactor: firstFactorOf(identity),
    firstFactorExpiresAt: Infinity,
  } as const
  return { ...completion, user, ...first, identity }
}

/**
 * Signs in the user of an identity, which the provider has proven. Never links by address alone: only if the provider vouches for
 * the address, and the account's own is unproven, or the application allows it.
 * @throws {ProviderEmailMissingError} @throws {AccountExistsError} @throws {ProviderAnswerInvalidError} @throws {SignUpRefusedError}
 * @throws the errors of `completeSignIn`
 */
export async function signInWithIdentity(
  dependencies: ProviderDependencies,
  signIn: SignInWithIdentity,
): Promise<IdentitySignIn> {
  const owner = await settledOwner(dependencies, signIn)
  if ('pending' in owner) return { outcome: 'signUpRequired', ...owner }
  return completeWithIdentity(dependencies, owner, signIn)
}
