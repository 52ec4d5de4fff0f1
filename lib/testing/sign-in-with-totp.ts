import type { SecondFactorRequired } from '../../schemas/sign-in/second-factor-required.js'
import { type InjectableApp, post } from './post.js'
import type { SignInSettings } from './sign-in-user.js'
import {
  type SignedInUser,
  type SignedInWithTokens,
  signedInWithCookies,
  signedInWithTokens,
} from './signed-in-user.js'
import { totpCode } from './totp-code.js'

/** The settings of `signInWithTotp`. */
export interface TotpSignInSettings extends SignInSettings {
  /** The secret in Base32, as `setUpTotp` returns it. */
  readonly secret: string
  /**
   * Time of the application, in milliseconds since the Unix epoch.
   * @default Date.now()
   */
  readonly at?: number | undefined
}

/**
 * Signs a user with an authenticator app in.
 * @param app application with fast-auth and the option `secondFactor`
 * @returns the user, with `inject`, which sends requests as that user
 * @throws {Error} The sign-in was refused. The message has the status and the code, and never a password or a code.
 * @example
 * ```ts
 * import { setUpTotp, signInWithTotp, signUpUser } from 'fast-auth/testing'
 *
 * const ada = await signUpUser(app)
 * const { email, password } = ada
 * const { secret } = await setUpTotp(ada)
 * const later = Date.now() + 30_000
 * const signedIn = await signInWithTotp(app, { email, password, secret, at: later })
 * ```
 */
export function signInWithTotp(
  app: InjectableApp,
  settings: TotpSignInSettings & { readonly transport: 'cookie' },
): Promise<SignedInUser>
export function signInWithTotp(
  app: InjectableApp,
  settings: TotpSignInSettings & { readonly transport?: 'token' | undefined },
): Promise<SignedInWithTokens>
export async function signInWithTotp(
  app: InjectableApp,
  { email, password, secret, at = Date.now(), prefix = '/auth', transport = 'token' }: TotpSignInSettings,
): Promise<SignedInUser> {
  const body = { email, password, transport }
  const first = await post(app, { name: 'Sign-in', url: `${prefix}/sign-in`, body, expects: [202], secret: password })
  const { signInToken } = first.json<SecondFactorRequired>()
  const code = totpCode(secret, at)
  const cookies = Object.fromEntries(first.cookies.map(({ name, value }) => [name, value]))
  const answer = await post(app, {
    name: 'The second factor',
    url: `${prefix}/sign-in/second-factor`,
    body: signInToken === undefined ? { code } : { code, signInToken },
    expects: [200],
    secret: code,
    cookies,
  })
  const account = { email, password }
  return transport === 'token' ? signedInWithTokens(app, answer, account) : signedInWithCookies(app, answer, account)
}
