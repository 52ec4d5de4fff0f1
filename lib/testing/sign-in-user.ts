import { type InjectableApp, post } from './post.js'
import {
  type SignedInUser,
  type SignedInWithTokens,
  signedInWithCookies,
  signedInWithTokens,
} from './signed-in-user.js'

/** The settings of `signInUser`. */
export interface SignInSettings {
  /** Address of the user. */
  readonly email: string
  /** Password of the user. */
  readonly password: string
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
 * Signs a user in.
 * @param app application with fast-auth
 * @returns the user, with `inject`, which sends requests as that user
 * @throws {Error} The sign-in was refused. The message has the status and the code, and never a password.
 * @example
 * ```ts
 * import { signInUser } from 'fast-auth/testing'
 *
 * const ada = await signInUser(app, { email: 'ada@example.com', password: 'correct horse battery staple' })
 * const response = await ada.inject('/hello')
 * ```
 */
export function signInUser(
  app: InjectableApp,
  settings: SignInSettings & { readonly transport: 'cookie' },
): Promise<SignedInUser>
export function signInUser(
  app: InjectableApp,
  settings: SignInSettings & { readonly transport?: 'token' | undefined },
): Promise<SignedInWithTokens>
export async function signInUser(
  app: InjectableApp,
  { email, password, prefix = '/auth', transport = 'token' }: SignInSettings,
): Promise<SignedInUser> {
  const body = { email, password, transport }
  const url = `${prefix}/sign-in`
  const answer = await post(app, { name: 'Sign-in', url, body, expects: [200], secret: password })
  return transport === 'token'
    ? signedInWithTokens(app, answer, { email, password })
    : signedInWithCookies(app, answer, { email, password })
}
