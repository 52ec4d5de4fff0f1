import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { EpochMilliseconds } from '../storage/records.js'
import type { Keyring } from './keyring.js'
import type { SignInCode } from './sign-in-code.js'
import { createSignedBytes, readUuid, uuidBytes, writeUuid } from './signed-bytes.js'

declare const brand: unique symbol

/** Binds a mailed code to the client that requested it. It contains no code. Not a credential: one operation accepts it. */
export type CodeRequestToken = string & { readonly [brand]: 'CodeRequestToken' }

/** SHA-256 of a mailed code and a secret of the client that requested it, base64url. Neither can be guessed from it. */
export type SignInCodeHash = string & { readonly [brand]: 'SignInCodeHash' }

/** A client that has requested a code. */
export interface CodeRequest {
  readonly token: CodeRequestToken
  readonly codeId: string
  /** Whether the token is in a cookie or in bodies. It is refused where it does not belong. */
  readonly transport: 'cookie' | 'token'
  readonly expiresAt: EpochMilliseconds
  /** Returns the hash under which the code is stored. The secret of the client is part of it. */
  hashOf(code: SignInCode): SignInCodeHash
}

export interface CodeRequests {
  create(request: Pick<CodeRequest, 'transport' | 'expiresAt'>): CodeRequest
  /** Returns the content of an authentic token that is live at `now`, or `null` for any other text. */
  read(token: string, now: EpochMilliseconds): CodeRequest | null
}

const secretStart = uuidBytes
const secretBytes = 16
const expiryStart = secretStart + secretBytes
const expiryBytes = 6
const transportStart = expiryStart + expiryBytes
const contentBytes = transportStart + 1

function requestOf(content: Buffer, token: string): CodeRequest {
  const secret = content.subarray(secretStart, expiryStart)
  return {
    token: token as CodeRequestToken,
    codeId: readUuid(content, 0),
    transport: content.readUInt8(transportStart) === 1 ? 'cookie' : 'token',
    expiresAt: content.readUIntBE(expiryStart, expiryBytes),
    hashOf: code => createHash('sha256').update(secret).update(code).digest('base64url') as SignInCodeHash,
  }
}

/** Creates the tokens of clients that request a code: signed, and stored nowhere. */
export function createCodeRequests({ keyring }: { readonly keyring: Keyring }): CodeRequests {
  const signed = createSignedBytes({ keyring, contentBytes, keyOf: ({ codeRequestKey }) => codeRequestKey })
  return {
    create({ transport, expiresAt }) {
      const content = Buffer.alloc(contentBytes)
      writeUuid(content, randomUUID(), 0)
      content.set(randomBytes(secretBytes), secretStart)
      content.writeUIntBE(expiresAt, expiryStart, expiryBytes)
      content.writeUInt8(transport === 'cookie' ? 1 : 0, transportStart)
      return requestOf(content, signed.issue(content))
    },

    read(token, now) {
      const content = signed.read(token)
      if (content === null) return null
      const request = requestOf(content, token)
      return now < request.expiresAt ? request : null
    },
  }
}
