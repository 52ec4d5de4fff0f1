import { randomUUID } from 'node:crypto'
import { confirmUser, type Mailbox } from './confirm-user.js'
import { type InjectableApp, post } from './post.js'
import { signInUser } from './sign-in-user.js'
import {
  type SignedInUser,
  type SignedInWithTokens,
  signedInWithCookies,
  signedInWithTokens,
} from './signed-in-user.js'

export interface SignUpSettings {
  /** Default: an address that nobody else has, at example.com. */
  readonly email?: string | undefined
  /** Default: a random one, with letters and digits. */
  readonly password?: string | undefined
  /** Where users may have user names, and addresses need no confirmation. Default: none. */
  readonly username?: string | undefined
  /** The application's own fields, as the body of a sign-up has them. */
  readonly profile?: Readonly<Record<string, unknown>> | undefined
  /** Where addresses must be confirmed: follows the mailed link, and signs in. */
  readonly mailbox?: Mailbox | undefined
  /** Where the routes are. Default: `/auth`. */
  readonly prefix?: string | undefined
  /** How requests carry the credentials: `token` (the default) or `cookie`, as browsers do. */
  readonly transport?: 'token' | 'cookie' | undefined
}

/**
 * Signs somebody up who is signed in then.
 * @throws {Error} The sign-up was refused: with status and code, and never a password. Or the address must be confirmed,
 * and there is no mailbox, or no link in what came: the address was taken.
 */
export function signUpUser(
  app: InjectableApp,
  settings: SignUpSettings & { readonly transport: 'cookie' },
): Promise<SignedInUser>
export function signUpUser(
  app: InjectableApp,
  settings?: SignUpSettings & { readonly transport?: 'token' | undefined },
): Promise<SignedInWithTokens>
export async function signUpUser(
  app: InjectableApp,
  {
    email = `user-${randomUUID()}@example.com`,
    password = `Pw1-${randomUUID()}`,
    username,
    profile,
    mailbox,
    prefix = '/auth',
    transport = 'token',
  }: SignUpSettings = {},
): Promise<SignedInUser> {
  const account = { email, password }
  const body = { ...account, transport, username, profile }
  const url = `${prefix}/sign-up`
  const answer = await post(app, { name: 'Sign-up', url, body, expects: [201, 202], secret: password })
  if (answer.statusCode === 202) {
    if (mailbox === undefined) throw new Error('Sign-up answered 202: give signUpUser the mailbox to confirm addresses')
    await confirmUser(app, { ...account, mailbox, prefix })
    return transport === 'token'
      ? signInUser(app, { ...account, prefix })
      : signInUser(app, { ...account, prefix, transport })
  }
  return transport === 'token' ? signedInWithTokens(app, answer, account) : signedInWithCookies(app, answer, account)
}
