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
  /** The prefix of the routes. Default: `/auth`. */
  readonly prefix?: string | undefined
  /** How requests carry the credentials: `token` (the default) or `cookie`, as browsers do. */
  readonly transport?: 'token' | 'cookie' | undefined
}

/**
 * Signs a user in.
 * @throws {Error} The sign-in was refused. The message has the status and the code, and never a password.
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
