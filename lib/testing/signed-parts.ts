import { createHash } from 'node:crypto'

/** The flags of authenticator data (WebAuthn Level 3, section 6.1). */
export const authenticatorFlags = {
  userPresent: 0x01,
  userVerified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
  attestedCredential: 0x40,
} as const

/**
 * Parts of a response that a test replaces before the software authenticator signs them. Only the response changes: the
 * authenticator keeps its passkey and its counter as without them.
 */
export interface PasskeyOverrides {
  /**
   * The `type` of the client data.
   * @default 'webauthn.create' or 'webauthn.get'
   */
  readonly type?: string | undefined
  /**
   * The challenge in the client data, in base64url.
   * @default the challenge of the options
   */
  readonly challenge?: string | undefined
  /**
   * The statement of the client data that a frame of another site asked for the passkey.
   * @default false
   */
  readonly crossOrigin?: boolean | undefined
  /**
   * The origin of the page around the frame, in the client data.
   * @default none
   */
  readonly topOrigin?: string | undefined
  /**
   * The RP ID whose hash is in the authenticator data.
   * @default the RP ID of the options
   */
  readonly rpId?: string | undefined
  /**
   * The byte of flags in the authenticator data, or a function of the byte that the authenticator would send:
   * `flags => flags & ~0x04` clears UV. The flags are UP 0x01, UV 0x04, BE 0x08, BS 0x10, AT 0x40.
   * @default the flags of the settings; AT is set in responses of `create`
   */
  readonly flags?: number | ((flags: number) => number) | undefined
  /**
   * The signature counter in the authenticator data, from 0 to 4,294,967,295.
   * @default the counter of the passkey
   */
  readonly counter?: number | undefined
  /**
   * The user handle of the response, in base64url, or `null` for none. It is not signed.
   * @default the `user.id` for which the passkey was created
   */
  readonly userHandle?: string | null | undefined
}

/** The parts as an honest client and authenticator send them. */
export interface HonestParts {
  readonly type: 'webauthn.create' | 'webauthn.get'
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
  readonly flags: number
  readonly counter: number
  readonly attestedCredential?: Uint8Array
}

/** The two parts that a signature covers. */
export interface SignedParts {
  readonly clientDataJSON: Buffer
  readonly authenticatorData: Buffer
}

export function sha256(content: string | Uint8Array): Buffer {
  return createHash('sha256').update(content).digest()
}

/**
 * Returns client data and authenticator data, with the overrides of a test.
 * @throws {RangeError} The counter needs more than 32 bits.
 * @see WebAuthn Level 3, sections 5.8.1.1 (client data) and 6.1 (authenticator data)
 */
export function signedParts(honest: HonestParts, overrides: PasskeyOverrides): SignedParts {
  const { type = honest.type, challenge = honest.challenge, crossOrigin = false, topOrigin } = overrides
  const { rpId = honest.rpId, flags = honest.flags, counter = honest.counter } = overrides
  const counterBytes = Buffer.alloc(4)
  counterBytes.writeUInt32BE(counter)
  const flagsByte = Buffer.of(typeof flags === 'function' ? flags(honest.flags) : flags)
  const { origin, attestedCredential = Buffer.of() } = honest
  return {
    clientDataJSON: Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin, topOrigin })),
    authenticatorData: Buffer.concat([sha256(rpId), flagsByte, counterBytes, attestedCredential]),
  }
}
