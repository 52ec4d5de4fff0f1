import { type InjectableApp, post } from './post.js'
import {
  type SignedInUser,
  type SignedInWithTokens,
  signedInWithCookies,
  signedInWithTokens,
} from './signed-in-user.js'

export interface SignInSettings {
  readonly email: string
  readonly password: string
  /** Where the routes are. Default: `/auth`. */
  readonly prefix?: string | undefined
  /** How requests carry the credentials: `token` (the default) or `cookie`, as browsers do. */
  readonly transport?: 'token' | 'cookie' | undefined
}

/**
 * Signs somebody in.
 * @throws {Error} The sign-in was refused: with status and code, and never a password.
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
