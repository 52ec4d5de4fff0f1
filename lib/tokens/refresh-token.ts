import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Keyring, keyIdBytes } from './keyring.js'

declare const brand: unique symbol

/** Opaque to everybody but this file. Nothing of it is ever stored. */
export type RefreshToken = string & { readonly [brand]: 'RefreshToken' }

export interface RefreshTokenContent {
  readonly sessionId: string
  readonly generation: number
}

export interface RefreshTokens {
  issue(content: RefreshTokenContent): RefreshToken
  /** What an authentic token says, or `null` for anything that we have not made, letter for letter. */
  read(token: string): RefreshTokenContent | null
}

const version = 1
const sessionIdBytes = 16
const generationBytes = 4
const macBytes = 32
const keyIdStart = 1
const sessionIdStart = keyIdStart + keyIdBytes
const generationStart = sessionIdStart + sessionIdBytes
const macStart = generationStart + generationBytes
const totalBytes = macStart + macBytes
const textLength = Math.ceil((totalBytes * 8) / 6)

function mac(key: Buffer, content: Buffer): Buffer {
  return createHmac('sha256', key).update(content).digest()
}

function uuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/**
 * Refresh tokens: version, key id, session id, generation and an HMAC-SHA-256 over them, base64url. Since the token is
 * computed from the session, every tab and every retry gets the same successor, and no copy of it need be kept.
 */
export function createRefreshTokens(keyring: Keyring): RefreshTokens {
  return {
    issue({ sessionId, generation }) {
      const { id, refreshTokenKey } = keyring.newest
      const content = Buffer.alloc(macStart)
      content.writeUInt8(version, 0)
      content.write(id, keyIdStart, keyIdBytes, 'base64url')
      content.write(sessionId.replaceAll('-', ''), sessionIdStart, sessionIdBytes, 'hex')
      content.writeUInt32BE(generation, generationStart)
      return Buffer.concat([content, mac(refreshTokenKey, content)]).toString('base64url') as RefreshToken
    },

    read(token) {
      if (token.length !== textLength) return null
      const bytes = Buffer.from(token, 'base64url')
      // Base64url decoders forgive; a token that differs in one character must not pass for the same one. What encodes to a
      // text of this length again has all of its bytes.
      if (bytes.toString('base64url') !== token || bytes[0] !== version) return null
      const key = keyring.byId.get(bytes.toString('base64url', keyIdStart, sessionIdStart))
      if (key === undefined) return null
      const isAuthentic = timingSafeEqual(
        bytes.subarray(macStart),
        mac(key.refreshTokenKey, bytes.subarray(0, macStart)),
      )
      if (!isAuthentic) return null
      return {
        sessionId: uuid(bytes.subarray(sessionIdStart, generationStart)),
        generation: bytes.readUInt32BE(generationStart),
      }
    },
  }
}
