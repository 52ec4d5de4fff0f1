import { generateKeyPairSync } from 'node:crypto'
import type { AuthenticationCredential, RegistrationCredential } from '../../../schemas/passkeys/credential.js'
import type { PasskeySettings } from './options.js'
import type { PasskeyRecord } from './port.js'
import { loadSimpleWebAuthn, type SimpleWebAuthn } from './simple-webauthn.js'

/** What a verified response says about a new passkey. */
export type NewPasskey = Pick<PasskeyRecord, 'credentialId' | 'publicKey' | 'counter' | 'backedUp'>

/** What a verified response says about the use of a passkey. */
export type PasskeyUse = Pick<PasskeyRecord, 'counter' | 'backedUp'>

/** Verifies the responses of authenticators: type, challenge, origin, relying party, user verification and signature. */
export interface PasskeyVerifier {
  /** Returns the new passkey, or `null` if the response is not valid. */
  verifyRegistration(credential: RegistrationCredential, challenge: string): Promise<NewPasskey | null>
  /** Returns the use, or `null` if the response is not valid. */
  verifyUse(
    credential: AuthenticationCredential,
    expected: { readonly challenge: string; readonly publicKey: string },
  ): Promise<PasskeyUse | null>
  /** A public key that no authenticator has. Verifying with it takes as long. */
  readonly decoyKey: string
}

/** ES256, EdDSA and RS256 (IANA COSE Algorithms): the algorithms of new passkeys, in the order of preference. */
export const algorithms: readonly number[] = [-7, -8, -257]

const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const toBytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))

/** Returns the public key of a new ES256 key pair (COSE_Key, RFC 9053, section 7.1.1). */
function newPublicKey({ isoCBOR }: SimpleWebAuthn): string {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const [kty, alg, crv, xCoordinate, yCoordinate] = [1, 3, -1, -2, -3]
  const [ec2, es256, p256] = [2, -7, 1]
  const key = new Map<unknown, unknown>([
    [kty, ec2],
    [alg, es256],
    [crv, p256],
    [xCoordinate, toBytes(x)],
    [yCoordinate, toBytes(y)],
  ])
  return toText(isoCBOR.encode(key))
}

/** Returns what `verify` returns; `null` if it throws, as the library does for every invalid response. */
async function orNull<Answer>(verify: () => Promise<Answer | null>): Promise<Answer | null> {
  try {
    return await verify()
  } catch {
    return null
  }
}

/** @throws {PasskeysUnavailableError} The package `@simplewebauthn/server` is not installed. */
export function createPasskeyVerifier(
  { rpId, origins }: Pick<PasskeySettings, 'rpId' | 'origins'>,
  library: SimpleWebAuthn = loadSimpleWebAuthn(),
): PasskeyVerifier {
  const expected = { expectedOrigin: [...origins], expectedRPID: rpId, requireUserVerification: true } as const

  /**
   * Removes the attestation, which the options do not request. The library would verify it, and request the addresses in its
   * certificates.
   */
  function withoutAttestation(attestationObject: string): string {
    const authData = library.decodeAttestationObject(toBytes(attestationObject)).get('authData')
    const none = new Map<unknown, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return toText(library.isoCBOR.encode(none))
  }

  return {
    decoyKey: newPublicKey(library),

    verifyRegistration: (credential, expectedChallenge) =>
      orNull(async () => {
        const { attestationObject } = credential.response
        const response = { ...credential.response, attestationObject: withoutAttestation(attestationObject) }
        const { registrationInfo } = await library.verifyRegistrationResponse({
          ...expected,
          expectedChallenge,
          response: { ...credential, response },
          supportedAlgorithmIDs: algorithms,
        })
        if (registrationInfo?.credential.id !== credential.id) return null
        const { id: credentialId, publicKey, counter } = registrationInfo.credential
        return { credentialId, publicKey: toText(publicKey), counter, backedUp: registrationInfo.credentialBackedUp }
      }),

    verifyUse: (credential, { challenge: expectedChallenge, publicKey }) =>
      orNull(async () => {
        const { verified, authenticationInfo } = await library.verifyAuthenticationResponse({
          ...expected,
          expectedChallenge,
          response: credential,
          // A counter of 0: `classifyPasskeyUse` compares counters, in the step of the storage.
          credential: { id: credential.id, publicKey: toBytes(publicKey), counter: 0 },
        })
        if (!verified) return null
        return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp }
      }),
  }
}
