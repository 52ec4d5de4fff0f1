import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { AuthenticationCredential, RegistrationCredential } from '../../schemas/passkeys/credential.js'
import { attestationObject, attestedCredential } from './attested-credential.js'
import { authenticatorFlags, type PasskeyOverrides, sha256, signedParts } from './signed-parts.js'

/** A passkey with its private key. */
export interface StoredPasskey {
  readonly credentialId: string
  readonly rpId: string
  readonly userHandle: string
  readonly counter: number
  readonly privateKey: KeyObject
}

interface ResponseInput {
  readonly passkey: StoredPasskey
  readonly challenge: string
  readonly origin: string
  /** The flags that registration and use have in common. */
  readonly flags: number
  readonly transports: readonly string[]
  readonly overrides: PasskeyOverrides
}

/** The members that both responses have. */
function credentialOf({ passkey, transports }: ResponseInput) {
  const attachment = transports.includes('internal') ? 'platform' : 'cross-platform'
  return {
    id: passkey.credentialId,
    rawId: passkey.credentialId,
    type: 'public-key' as const,
    authenticatorAttachment: attachment,
    clientExtensionResults: {},
  }
}

/**
 * Returns what a browser sends after it created a passkey.
 * @see WebAuthn Level 3, section 5.1.3, RegistrationResponseJSON
 */
export function registrationResponse(input: ResponseInput): RegistrationCredential {
  const { passkey, challenge, origin, flags, transports, overrides } = input
  const { rpId, counter } = passkey
  const credential = attestedCredential(
    Buffer.from(passkey.credentialId, 'base64url'),
    createPublicKey(passkey.privateKey),
  )
  const { clientDataJSON, authenticatorData } = signedParts(
    {
      type: 'webauthn.create',
      challenge,
      origin,
      rpId,
      flags: flags | authenticatorFlags.attestedCredential,
      counter,
      attestedCredential: credential,
    },
    overrides,
  )
  return {
    ...credentialOf(input),
    response: {
      clientDataJSON: clientDataJSON.toString('base64url'),
      attestationObject: attestationObject(authenticatorData).toString('base64url'),
      transports: [...transports],
    },
  }
}

/**
 * Returns what a browser sends after it used a passkey.
 * @see WebAuthn Level 3, section 5.1.4, AuthenticationResponseJSON
 */
export function authenticationResponse(input: ResponseInput): AuthenticationCredential {
  const { passkey, challenge, origin, flags, overrides } = input
  const { rpId, counter, privateKey } = passkey
  const { clientDataJSON, authenticatorData } = signedParts(
    { type: 'webauthn.get', challenge, origin, rpId, flags, counter },
    overrides,
  )
  const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientDataJSON)]), privateKey)
  const { userHandle = passkey.userHandle } = overrides
  return {
    ...credentialOf(input),
    response: {
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
      ...(userHandle !== null && { userHandle }),
    },
  }
}
