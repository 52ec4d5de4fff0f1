import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Keyring, keyIdBytes, type SecretKey } from './keyring.js'

/** Tokens that contain bytes of a fixed length: version, key id, content and an HMAC-SHA-256 of them, in base64url. */
export interface SignedBytes {
  issue(content: Buffer): string
  /** Returns the content of an authentic token, or `null` for any other text. */
  read(token: string): Buffer | null
}

export interface SignedBytesSettings {
  readonly keyring: Keyring
  readonly contentBytes: number
  /** Selects the derived key that signs: a token of one kind is invalid as another kind. */
  keyOf(secret: SecretKey): Buffer
}

const version = 1
const macBytes = 32
const keyIdStart = 1
const contentStart = keyIdStart + keyIdBytes

export function createSignedBytes({ keyring, contentBytes, keyOf }: SignedBytesSettings): SignedBytes {
  const macStart = contentStart + contentBytes
  const textLength = Math.ceil(((macStart + macBytes) * 8) / 6)
  const mac = (key: SecretKey, signed: Buffer) => createHmac('sha256', keyOf(key)).update(signed).digest()

  return {
    issue(content) {
      const key = keyring.newest
      const signed = Buffer.concat([Buffer.of(version), Buffer.from(key.id, 'base64url'), content])
      return Buffer.concat([signed, mac(key, signed)]).toString('base64url')
    },

    read(token) {
      if (token.length !== textLength) return null
      const bytes = Buffer.from(token, 'base64url')
      // Base64url decoders are lenient; a token that differs in one character must not be accepted as the same one. A text of this
      // length that encodes to itself again has all bytes.
      if (bytes.toString('base64url') !== token || bytes[0] !== version) return null
      const key = keyring.byId.get(bytes.toString('base64url', keyIdStart, contentStart))
      if (key === undefined) return null
      const isAuthentic = timingSafeEqual(bytes.subarray(macStart), mac(key, bytes.subarray(0, macStart)))
      return isAuthentic ? bytes.subarray(contentStart, macStart) : null
    },
  }
}

/** Length of a UUID (RFC 9562) in bytes. */
export const uuidBytes = 16

export function writeUuid(bytes: Buffer, uuid: string, start: number): void {
  bytes.write(uuid.replaceAll('-', ''), start, uuidBytes, 'hex')
}

export function readUuid(bytes: Buffer, start: number): string {
  const digits = bytes.toString('hex', start, start + uuidBytes)
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
