import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { AuthenticationCredential, RegistrationCredential } from '../../schemas/passkeys/credential.js'
import type { PasskeyCreationOptions } from '../../schemas/passkeys/start-passkey-registration.js'
import type { PasskeyRequestOptions } from '../../schemas/passkeys/start-passkey-sign-in.js'
import { es256 } from './attested-credential.js'
import { authenticationResponse, registrationResponse, type StoredPasskey } from './passkey-responses.js'
import { authenticatorFlags, type PasskeyOverrides } from './signed-parts.js'

/** The settings of `createSoftwareAuthenticator`. */
export interface SoftwareAuthenticatorSettings {
  /**
   * Makes passkeys that a provider synchronizes: the flags BE and BS are set, and the counter stays 0. If `false`, both flags are
   * clear, and each use adds 1 to the counter of the passkey.
   * @default true
   */
  readonly isSynced?: boolean | undefined
  /**
   * Sets the flag UV, as after a fingerprint or a PIN.
   * @default true
   */
  readonly verifiesUser?: boolean | undefined
  /**
   * The `transports` of new passkeys. With `internal`, the attachment of the authenticator is `platform`, otherwise `cross-platform`.
   * @default ['internal', 'hybrid']
   */
  readonly transports?: readonly string[] | undefined
}

/** The settings of `create` of a software authenticator. */
export interface CreatePasskeySettings {
  /** The origin of the page, such as `https://app.example.com`. It is not compared with the RP ID, as a browser would do. */
  readonly origin: string
  /**
   * The parts of the response that a test replaces.
   * @default {}
   */
  readonly overrides?: Omit<PasskeyOverrides, 'userHandle'> | undefined
}

/** The settings of `get` of a software authenticator. */
export interface UsePasskeySettings {
  /** The origin of the page, such as `https://app.example.com`. It is not compared with the RP ID, as a browser would do. */
  readonly origin: string
  /**
   * The id of the passkey to use, in base64url.
   * @default the newest passkey that the options allow
   */
  readonly credentialId?: string | undefined
  /**
   * The parts of the response that a test replaces before the passkey signs them.
   * @default {}
   */
  readonly overrides?: PasskeyOverrides | undefined
}

/** A passkey in a software authenticator. */
export interface SoftwarePasskey {
  /** The id, in base64url. */
  readonly credentialId: string
  readonly rpId: string
  /** The `user.id` for which it was created, in base64url. */
  readonly userHandle: string
  /** The signature counter after the last use. */
  readonly counter: number
}

/** The options of `get`: those of fast-auth, and the list that other servers send. */
export type PasskeyRequest = PasskeyRequestOptions & {
  /**
   * The only passkeys to use. An empty list allows all of the RP ID.
   * @default []
   */
  readonly allowCredentials?: readonly { readonly id: string }[] | undefined
}

/** An authenticator, and the browser in front of it, for tests. Every user consents. Nothing is stored outside the object. */
export interface SoftwareAuthenticator {
  /**
   * Creates a passkey, as `navigator.credentials.create` does, with a key pair of P-256 and the attestation `none`. It replaces the
   * passkey of the same user and RP ID, if there is one.
   * @param options response of `startPasskeyRegistration`
   * @throws {Error} `NotSupportedError`: the options do not allow ES256. `InvalidStateError`: `excludeCredentials` has a passkey of
   * this authenticator. These are the names that browsers use.
   * @see WebAuthn Level 3, sections 5.1.3 and 6.3.2
   */
  create(options: PasskeyCreationOptions, settings: CreatePasskeySettings): RegistrationCredential
  /**
   * Uses a passkey, as `navigator.credentials.get` does.
   * @param options response of `startPasskeySignIn`
   * @throws {Error} `NotAllowedError`: the authenticator has no passkey for the RP ID, or not the requested one.
   * @see WebAuthn Level 3, sections 5.1.4 and 6.3.3
   */
  get(options: PasskeyRequest, settings: UsePasskeySettings): AuthenticationCredential
  /**
   * Removes a passkey, as its user does in the settings of a phone. The server is not notified.
   * @throws {Error} The authenticator does not have it.
   */
  remove(credentialId: string): void
  /** The passkeys, oldest first. The list is a copy. */
  readonly credentials: readonly SoftwarePasskey[]
  /** Returns an independent authenticator with the same keys and counters, as an attacker has who copied this one. */
  copy(): SoftwareAuthenticator
}

interface ResolvedSettings {
  readonly isSynced: boolean
  readonly verifiesUser: boolean
  readonly transports: readonly string[]
}

/** An error with the name that a browser gives it. */
function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

function flagsOf({ isSynced, verifiesUser }: ResolvedSettings): number {
  const { userPresent, userVerified, backupEligible, backedUp } = authenticatorFlags
  return userPresent | (verifiesUser ? userVerified : 0) | (isSynced ? backupEligible | backedUp : 0)
}

function authenticatorWith(
  settings: ResolvedSettings,
  initialPasskeys: readonly StoredPasskey[],
): SoftwareAuthenticator {
  const { isSynced, transports } = settings
  const flags = flagsOf(settings)
  let passkeys = initialPasskeys

  function passkeyFor({ rpId, allowCredentials = [] }: PasskeyRequest, credentialId?: string): StoredPasskey {
    const allowed = new Set(allowCredentials.map(({ id }) => id))
    const passkey = passkeys.findLast(
      candidate =>
        candidate.rpId === rpId &&
        (allowed.size === 0 || allowed.has(candidate.credentialId)) &&
        (credentialId === undefined || candidate.credentialId === credentialId),
    )
    if (passkey === undefined)
      throw refusal(
        'NotAllowedError',
        `The authenticator has no passkey for the RP ID "${rpId}", or not the requested one`,
      )
    return passkey
  }

  return {
    create(options, { origin, overrides = {} }) {
      const { rp, user, challenge, pubKeyCredParams, excludeCredentials } = options
      if (!pubKeyCredParams.some(({ alg }) => alg === es256))
        throw refusal(
          'NotSupportedError',
          'The authenticator makes keys for ES256 (-7), which the options do not allow',
        )
      const excluded = new Set(excludeCredentials.map(({ id }) => id))
      if (passkeys.some(({ credentialId }) => excluded.has(credentialId)))
        throw refusal('InvalidStateError', 'The authenticator has a passkey that the options exclude')

      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const credentialId = randomBytes(32).toString('base64url')
      const passkey = { credentialId, rpId: rp.id, userHandle: user.id, counter: 0, privateKey }
      const response = registrationResponse({ passkey, challenge, origin, flags, transports, overrides })
      const others = passkeys.filter(({ rpId, userHandle }) => rpId !== rp.id || userHandle !== user.id)
      passkeys = [...others, passkey]
      return response
    },

    get(options, { origin, credentialId, overrides = {} }) {
      const { challenge } = options
      const found = passkeyFor(options, credentialId)
      const passkey = { ...found, counter: found.counter + (isSynced ? 0 : 1) }
      const response = authenticationResponse({ passkey, challenge, origin, flags, transports, overrides })
      passkeys = passkeys.map(other => (other === found ? passkey : other))
      return response
    },

    remove(credentialId) {
      const others = passkeys.filter(passkey => passkey.credentialId !== credentialId)
      if (others.length === passkeys.length) throw new Error(`The authenticator has no passkey "${credentialId}"`)
      passkeys = others
    },

    get credentials() {
      return passkeys.map(({ privateKey: _, ...passkey }) => passkey)
    },

    copy: () => authenticatorWith(settings, passkeys),
  }
}

/**
 * Creates an authenticator without a browser, for tests of passkeys. Its responses are like those of a phone or a security key. Every
 * WebAuthn server accepts them. An authenticator may have passkeys of several users and RP IDs. Options and responses are JSON.
 * @example
 * ```ts
 * import { createSoftwareAuthenticator, signUpUser } from 'fast-auth/testing'
 *
 * const origin = 'https://app.example.com'
 * const phone = createSoftwareAuthenticator()
 * const ada = await signUpUser(app)
 * const creation = await ada.inject({ method: 'POST', url: '/auth/passkeys/options' })
 * const passkey = phone.create(creation.json(), { origin })
 * await ada.inject({ method: 'POST', url: '/auth/passkeys', payload: { credential: passkey } })
 *
 * const request = await app.inject({ method: 'POST', url: '/auth/sign-in/passkey/options' })
 * const credential = phone.get(request.json(), { origin })
 * await app.inject({ method: 'POST', url: '/auth/sign-in/passkey', payload: { credential } })
 *
 * // The signature covers the override: the server refuses a passkey that did not verify the user.
 * const unverified = phone.get(request.json(), { origin, overrides: { flags: flags => flags & ~0x04 } })
 * ```
 * @see WebAuthn Level 3, section 6
 */
export function createSoftwareAuthenticator({
  isSynced = true,
  verifiesUser = true,
  transports = ['internal', 'hybrid'],
}: SoftwareAuthenticatorSettings = {}): SoftwareAuthenticator {
  return authenticatorWith({ isSynced, verifiesUser, transports: [...transports] }, [])
}
