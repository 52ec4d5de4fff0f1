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

/** The settings of `signUpUser`. */
export interface SignUpSettings {
  /**
   * Address of the user.
   * @default a unique address at example.com
   */
  readonly email?: string | undefined
  /**
   * Password of the user.
   * @default a random one, with letters and digits
   */
  readonly password?: string | undefined
  /**
   * User name. Only if the server has user names and addresses need no confirmation.
   * @default none
   */
  readonly username?: string | undefined
  /** The application's own fields, as the body of a sign-up has them. */
  readonly profile?: Readonly<Record<string, unknown>> | undefined
  /** The token of an invitation that was mailed to this address. See `addMember`. */
  readonly invitationToken?: string | undefined
  /** Required if addresses must be confirmed: `signUpUser` uses the mailed link and signs in. */
  readonly mailbox?: Mailbox | undefined
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
 * Creates a user and signs them in.
 * @param app application with fast-auth
 * @returns the user, with `inject`, which sends requests as that user
 * @throws {Error} The sign-up was refused; the message has the status and the code, and never a password. Or the address
 * must be confirmed and there is no mailbox, or the message has no link because the address was taken.
 * @example
 * ```ts
 * import { signUpUser } from 'fast-auth/testing'
 *
 * const ada = await signUpUser(app, { email: 'ada@example.com' })
 * const browser = await signUpUser(app, { transport: 'cookie' })
 * const response = await ada.inject({ method: 'GET', url: '/hello' })
 * ```
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
    invitationToken,
    mailbox,
    prefix = '/auth',
    transport = 'token',
  }: SignUpSettings = {},
): Promise<SignedInUser> {
  const account = { email, password }
  const body = { ...account, transport, username, profile, invitationToken }
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
