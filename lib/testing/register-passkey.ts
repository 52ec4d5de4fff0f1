import type { Passkey } from '../../schemas/passkeys/passkey.js'
import type { SignedInUser } from './signed-in-user.js'
import type { SoftwareAuthenticator } from './software-authenticator.js'

/** The settings of `registerPasskey`. */
export interface RegisterPasskeySettings {
  /** The authenticator that stores the passkey. */
  readonly authenticator: SoftwareAuthenticator
  /** The origin of the page, one of the option `passkeys.origins`. */
  readonly origin: string
  /** The name of the passkey. Default: the application chooses one. */
  readonly name?: string | undefined
  /**
   * The option `prefix`.
   * @default '/auth'
   */
  readonly prefix?: string | undefined
}

/**
 * Adds a passkey for a user who has just signed in.
 * @param user result of `signUpUser`, `signInUser` or another function that signs in
 * @throws {Error} A request was refused. The message has the status and the code.
 * @example
 * ```ts
 * import { createSoftwareAuthenticator, registerPasskey, signUpUser } from 'fast-auth/testing'
 *
 * const authenticator = createSoftwareAuthenticator()
 * const ada = await signUpUser(app)
 * const { id } = await registerPasskey(ada, { authenticator, origin: 'https://app.example.com' })
 * ```
 */
export async function registerPasskey(
  user: Pick<SignedInUser, 'inject'>,
  { authenticator, origin, name, prefix = '/auth' }: RegisterPasskeySettings,
): Promise<Passkey> {
  const started = await user.inject({ method: 'POST', url: `${prefix}/passkeys/options` })
  if (started.statusCode !== 200)
    throw new Error(`startPasskeyRegistration answered ${started.statusCode}: ${started.json().code}`)
  const payload = { credential: authenticator.create(started.json(), { origin }), name }
  const registered = await user.inject({ method: 'POST', url: `${prefix}/passkeys`, payload })
  if (registered.statusCode !== 201)
    throw new Error(`registerPasskey answered ${registered.statusCode}: ${registered.json().code}`)
  return registered.json()
}
