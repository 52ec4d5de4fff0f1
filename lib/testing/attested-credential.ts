import type { KeyObject } from 'node:crypto'
import { type CborItem, encodeCbor } from './cbor.js'

/** The COSE identifier of ECDSA with P-256 and SHA-256. */
export const es256 = -7

/** Returns a public key of P-256 as COSE_Key (RFC 9052, section 7, and RFC 9053, section 7.1.1). */
function coseKey(publicKey: KeyObject): Buffer {
  const [keyType, algorithm, curve, x, y] = [1, 3, -1, -2, -3] as const
  const [ec2, p256] = [2, 1] as const
  // SubjectPublicKeyInfo ends with the two coordinates, of 32 bytes each.
  const coordinates = publicKey.export({ type: 'spki', format: 'der' }).subarray(-64)
  return encodeCbor(
    new Map<number, CborItem>([
      [keyType, ec2],
      [algorithm, es256],
      [curve, p256],
      [x, coordinates.subarray(0, 32)],
      [y, coordinates.subarray(32)],
    ]),
  )
}

/**
 * Returns the attested credential data of a new passkey, with an AAGUID of zeros.
 * @see WebAuthn Level 3, section 6.5.2
 */
export function attestedCredential(credentialId: Uint8Array, publicKey: KeyObject): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(credentialId.length)
  return Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(publicKey)])
}

/**
 * Returns the attestation object of the format `none`.
 * @see WebAuthn Level 3, sections 6.5.4 and 8.7
 */
export function attestationObject(authenticatorData: Uint8Array): Buffer {
  return encodeCbor(
    new Map<string, CborItem>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authenticatorData],
    ]),
  )
}
