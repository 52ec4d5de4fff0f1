import type { AuthResponse } from '../../schemas/sessions/auth-response.js'
import { type InjectableApp, post } from './post.js'
import {
  type SignedInUser,
  type SignedInWithTokens,
  signedInWithCookies,
  signedInWithTokens,
} from './signed-in-user.js'
import type { SoftwareAuthenticator } from './software-authenticator.js'

/** The settings of `signInWithPasskey`. */
export interface PasskeySignInSettings {
  /** The authenticator that has the passkey. It uses the newest one of the application. */
  readonly authenticator: SoftwareAuthenticator
  /** The origin of the page, one of the option `passkeys.origins`. */
  readonly origin: string
  /**
   * The option `prefix`.
   * @default '/auth'
   */
  readonly prefix?: string | undefined
  /**
   * Transport of the credentials: `token`, or `cookie` as browsers use it.
   * @default 'token'
   */
  readonly transport?: 'token' | 'cookie' | undefined
}

/**
 * Signs a user in with a passkey.
 * @param app application with fast-auth and the option `passkeys`
 * @returns the user, with `inject`, which sends requests as that user
 * @throws {Error} The sign-in was refused. The message has the status and the code.
 * @example
 * ```ts
 * import { createSoftwareAuthenticator, registerPasskey, signInWithPasskey, signUpUser } from 'fast-auth/testing'
 *
 * const passkeys = { authenticator: createSoftwareAuthenticator(), origin: 'https://app.example.com' }
 * await registerPasskey(await signUpUser(app), passkeys)
 * const ada = await signInWithPasskey(app, passkeys)
 * ```
 */
export function signInWithPasskey(
  app: InjectableApp,
  settings: PasskeySignInSettings & { readonly transport: 'cookie' },
): Promise<Omit<SignedInUser, 'password'>>
export function signInWithPasskey(
  app: InjectableApp,
  settings: PasskeySignInSettings & { readonly transport?: 'token' | undefined },
): Promise<Omit<SignedInWithTokens, 'password'>>
export async function signInWithPasskey(
  app: InjectableApp,
  { authenticator, origin, prefix = '/auth', transport = 'token' }: PasskeySignInSettings,
): Promise<Omit<SignedInUser, 'password'>> {
  const url = `${prefix}/sign-in/passkey`
  const started = await post(app, { name: 'startPasskeySignIn', url: `${url}/options`, expects: [200], secret: '' })
  const body = { credential: authenticator.get(started.json(), { origin }), transport }
  const answer = await post(app, { name: 'signInWithPasskey', url, body, expects: [200], secret: '' })
  const { email } = answer.json<AuthResponse>().user
  const { password, ...user } =
    transport === 'token'
      ? signedInWithTokens(app, answer, { email, password: '' })
      : signedInWithCookies(app, answer, { email, password: '' })
  return user
}
