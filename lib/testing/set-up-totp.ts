import type { NewTotp } from '../../schemas/second-factor/start-totp.js'
import type { SignedInUser } from './signed-in-user.js'
import { totpCode } from './totp-code.js'

/** The settings of `setUpTotp`. */
export interface TotpSettings {
  /**
   * Time of the application, in milliseconds since the Unix epoch.
   * @default Date.now()
   */
  readonly at?: number | undefined
  /**
   * The option `prefix`.
   * @default '/auth'
   */
  readonly prefix?: string | undefined
}

/** The authenticator app of a user. */
export interface SetUpTotp {
  /** The secret in Base32, for `totpCode` and `signInWithTotp`. */
  readonly secret: string
  readonly recoveryCodes: readonly string[]
}

/**
 * Sets up an authenticator app for a user who has just signed in. All other sessions of the user end. Tokens of `user` that were
 * issued before remain valid until they expire, but do not have the second factor: sign in again with `signInWithTotp`.
 * @param user result of `signUpUser` or `signInUser`
 * @throws {Error} A request was refused. The message has the status and the code.
 * @example
 * ```ts
 * import { setUpTotp, signUpUser } from 'fast-auth/testing'
 *
 * const ada = await signUpUser(app)
 * const { secret, recoveryCodes } = await setUpTotp(ada)
 * ```
 */
export async function setUpTotp(
  user: Pick<SignedInUser, 'inject'>,
  { at = Date.now(), prefix = '/auth' }: TotpSettings = {},
): Promise<SetUpTotp> {
  const started = await user.inject({ method: 'POST', url: `${prefix}/second-factor/totp` })
  if (started.statusCode !== 201) throw new Error(`startTotp answered ${started.statusCode}: ${started.json().code}`)
  const { secret } = started.json<NewTotp>()
  const payload = { code: totpCode(secret, at) }
  const confirmed = await user.inject({ method: 'POST', url: `${prefix}/second-factor/totp/confirm`, payload })
  if (confirmed.statusCode !== 200)
    throw new Error(`confirmTotp answered ${confirmed.statusCode}: ${confirmed.json().code}`)
  return { secret, recoveryCodes: confirmed.json().recoveryCodes }
}
