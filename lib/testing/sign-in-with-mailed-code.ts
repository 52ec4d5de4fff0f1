import type { SignInCodeRequested } from '../../schemas/email-codes/request-sign-in-code.js'
import type { Mailbox } from './confirm-user.js'
import { tokenIn } from './mailed-token.js'
import { type InjectableApp, post } from './post.js'
import {
  type SignedInUser,
  type SignedInWithTokens,
  signedInWithCookies,
  signedInWithTokens,
} from './signed-in-user.js'

/** The settings of `signInWithMailedCode`. */
export interface MailedCodeSignInSettings {
  /** The address, in any case. */
  readonly email: string
  /** The sender of the application, which keeps its messages. */
  readonly mailbox: Mailbox
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
 * Signs a user in with a mailed code, or signs them up if the application allows it.
 * @param app application with fast-auth and the option `emailSignIn`
 * @returns the user, with `inject`, which sends requests as that user
 * @throws {Error} The sign-in was refused. The message has the status and the code of the error, and never the mailed code.
 * @example
 * ```ts
 * import { memorySender } from 'fast-auth/email'
 * import { signInWithMailedCode } from 'fast-auth/testing'
 *
 * const mailbox = memorySender() // the option email.sender of the app
 * const ada = await signInWithMailedCode(app, { email: 'ada@example.com', mailbox })
 * ```
 */
export function signInWithMailedCode(
  app: InjectableApp,
  settings: MailedCodeSignInSettings & { readonly transport: 'cookie' },
): Promise<Omit<SignedInUser, 'password'>>
export function signInWithMailedCode(
  app: InjectableApp,
  settings: MailedCodeSignInSettings & { readonly transport?: 'token' | undefined },
): Promise<Omit<SignedInWithTokens, 'password'>>
export async function signInWithMailedCode(
  app: InjectableApp,
  { email, mailbox, prefix = '/auth', transport = 'token' }: MailedCodeSignInSettings,
): Promise<Omit<SignedInUser, 'password'>> {
  const url = `${prefix}/sign-in/email`
  const body = { email, transport }
  const asked = await post(app, { name: 'requestSignInCode', url, body, expects: [202], secret: '' })
  const { signInToken } = asked.json<SignInCodeRequested>()
  const code = tokenIn(await mailbox.waitForMessage(email.toLowerCase()))
  const answer = await post(app, {
    name: 'signInWithCode',
    url: `${url}/confirm`,
    body: signInToken === undefined ? { code } : { code, signInToken },
    expects: [200, 201],
    secret: code,
    cookies: Object.fromEntries(asked.cookies.map(({ name, value }) => [name, value])),
  })
  const { password, ...user } =
    transport === 'token'
      ? signedInWithTokens(app, answer, { email, password: '' })
      : signedInWithCookies(app, answer, { email, password: '' })
  return user
}
