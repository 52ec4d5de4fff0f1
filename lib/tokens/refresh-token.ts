import type { Keyring } from './keyring.js'
import { createSignedBytes, readUuid, uuidBytes, writeUuid } from './signed-bytes.js'

declare const brand: unique symbol

/** Opaque outside this file. Never stored. */
export type RefreshToken = string & { readonly [brand]: 'RefreshToken' }

export interface RefreshTokenContent {
  readonly sessionId: string
  readonly generation: number
}

export interface RefreshTokens {
  issue(content: RefreshTokenContent): RefreshToken
  /** Returns the content of an authentic token, or `null` for any other text. */
  read(token: string): RefreshTokenContent | null
}

const generationBytes = 4
const generationStart = uuidBytes

/**
 * Creates refresh tokens: session id and generation, signed. Since the token is computed from the session, every tab and every
 * retry gets the same successor, and no copy of it has to be stored.
 */
export function createRefreshTokens(keyring: Keyring): RefreshTokens {
  const contentBytes = generationStart + generationBytes
  const signed = createSignedBytes({ keyring, contentBytes, keyOf: ({ refreshTokenKey }) => refreshTokenKey })
  return {
    issue({ sessionId, generation }) {
      const content = Buffer.alloc(contentBytes)
      writeUuid(content, sessionId, 0)
      content.writeUInt32BE(generation, generationStart)
      return signed.issue(content) as RefreshToken
    },

    read(token) {
      const content = signed.read(token)
      return content && { sessionId: readUuid(content, 0), generation: content.readUInt32BE(generationStart) }
    },
  }
}
