import type { Profile } from '../../storage/records.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { acceptedUsername } from '../accounts/accepted-username.js'
import { refuseUnfitProfile } from '../accounts/refuse-unfit-profile.js'
import type { ProviderDependencies } from './dependencies.js'
import { AccountExistsError, ProviderSignUpExpiredError } from './errors.js'
import type { SignInWithIdentity } from './identity-sign-in.js'
import type { PendingSignUp } from './pending-sign-up.js'
import { completeWithIdentity } from './sign-in-with-identity.js'
import { signUpWithIdentity } from './sign-up-with-identity.js'

export interface FinishProviderSignUp extends Pick<SignInWithIdentity, 'client' | 'now'> {
  readonly pending: PendingSignUp
  /** As typed. */
  readonly username?: string | undefined
  /** As the application's schema allows: without the fields that only the server sets. */
  readonly profile?: Profile | undefined
}

/**
 * Creates the user whom a provider has identified, with the fields that the application requires.
 * @throws {ValidationError} @throws {AccountExistsError} The address or the identity has an account by now.
 * @throws {UserExistsError} @throws {SignUpRefusedError} @throws the errors of `completeSignIn`
 */
export async function finishProviderSignUp(
  dependencies: ProviderDependencies,
  { pending, username: typedName, profile = {}, client, now }: FinishProviderSignUp,
): Promise<IssuedTokens> {
  refuseUnfitProfile(profile)
  const username = typedName === undefined ? null : acceptedUsername(dependencies, typedName)
  const signIn = { provider: pending.provider, identity: pending.identity, client, now }
  const user = await signUpWithIdentity(dependencies, { ...signIn, username, profile })
  if (user === null) throw new AccountExistsError()
  const completion = await completeWithIdentity(dependencies, { user, isNewUser: true }, signIn)
  if (completion.outcome !== 'signedIn') throw new ProviderSignUpExpiredError()
  return completion.issued
}
