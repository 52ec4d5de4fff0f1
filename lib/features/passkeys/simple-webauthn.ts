import { createRequire } from 'node:module'
import { PasskeysUnavailableError } from '../../errors/index.js'

/** What the library expects of a response. */
interface Expected {
  readonly response: unknown
  readonly expectedChallenge: string
  readonly expectedOrigin: readonly string[]
  readonly expectedRPID: string
  readonly requireUserVerification: true
}

/** A credential, as the library describes it. */
interface LibraryCredential {
  readonly id: string
  readonly publicKey: Uint8Array
  readonly counter: number
}

/** The used part of `@simplewebauthn/server`. Described, not imported: its types need those of browsers. */
export interface SimpleWebAuthn {
  verifyRegistrationResponse(expected: Expected & { readonly supportedAlgorithmIDs: readonly number[] }): Promise<{
    readonly registrationInfo?: {
      readonly credential: LibraryCredential
      readonly credentialBackedUp: boolean
    }
  }>
  verifyAuthenticationResponse(expected: Expected & { readonly credential: LibraryCredential }): Promise<{
    readonly verified: boolean
    readonly authenticationInfo: { readonly newCounter: number; readonly credentialBackedUp: boolean }
  }>
  decodeAttestationObject(bytes: Uint8Array): { get(name: 'authData'): Uint8Array }
  readonly isoCBOR: { encode(value: ReadonlyMap<unknown, unknown>): Uint8Array }
}

/**
 * Loads the optional package `@simplewebauthn/server` synchronously, so that the boot fails if it is missing.
 * @param require Resolves the package. Default: the `require` of this file.
 * @throws {PasskeysUnavailableError} The package is not installed; the message has the command that installs it.
 */
export function loadSimpleWebAuthn(require: NodeJS.Require = createRequire(import.meta.url)): SimpleWebAuthn {
  try {
    return { ...require('@simplewebauthn/server'), ...require('@simplewebauthn/server/helpers') }
  } catch (cause) {
    throw new PasskeysUnavailableError(
      'The option "passkeys" of fast-auth needs the package @simplewebauthn/server. Install it: npm install @simplewebauthn/server',
      { cause },
    )
  }
}
