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
  /** Default: a unique address at example.com. */
  readonly email?: string | undefined
  /** Default: a random one, with letters and digits. */
  readonly password?: string | undefined
  /** Only if the server has user names and addresses need no confirmation. Default: none. */
  readonly username?: string | undefined
  /** The application's own fields, as the body of a sign-up has them. */
  readonly profile?: Readonly<Record<string, unknown>> | undefined
  /** Required if addresses must be confirmed: `signUpUser` uses the mailed link and signs in. */
  readonly mailbox?: Mailbox | undefined
  /** The prefix of the routes. Default: `/auth`. */
  readonly prefix?: string | undefined
  /** How requests carry the credentials: `token` (the default) or `cookie`, as browsers do. */
  readonly transport?: 'token' | 'cookie' | undefined
}

/**
 * Creates a user and signs them in.
 * @throws {Error} The sign-up was refused; the message has the status and the code, and never a password. Or the address
 * must be confirmed and there is no mailbox, or the message has no link because the address was taken.
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
