import { createHmac } from 'node:crypto'
import type { EpochMilliseconds, SignInMethod } from '../storage/records.js'
import type { Keyring } from './keyring.js'
import { createSignedBytes, readUuid, uuidBytes, writeUuid } from './signed-bytes.js'

declare const brand: unique symbol

/** The state of a sign-in between its first and its second factor. Not a credential: one operation accepts it. */
export type SignInToken = string & { readonly [brand]: 'SignInToken' }

/** A sign-in whose first factor was proven, and whose second factor is missing. */
export interface PendingSignIn {
  readonly userId: string
  /** The methods that were proven so far. */
  readonly methods: readonly SignInMethod[]
  /** Whether the token is in a cookie or in bodies. It is refused where it does not belong. */
  readonly transport: 'cookie' | 'token'
  readonly expiresAt: EpochMilliseconds
}

export interface ReadPendingSignIn extends PendingSignIn {
  /** Returns whether the sign-in began with this first factor. */
  refersTo(firstFactor: string): boolean
}

export interface SignInTokens {
  /** @param firstFactor names the proven first factor, such as the stored hash of the password: if it changes, the sign-in ends */
  issue(pending: PendingSignIn, firstFactor: string): SignInToken
  /** Returns the content of an authentic token that is live at `now`, or `null` for any other text. */
  read(token: string, now: EpochMilliseconds): ReadPendingSignIn | null
}

/** Lifetime of a token, in milliseconds. */
export const signInTokenLifetime = 600_000

const expiryStart = uuidBytes
const expiryBytes = 6
const transportStart = expiryStart + expiryBytes
const methodsStart = transportStart + 1
const fingerprintStart = methodsStart + 1
const fingerprintBytes = 16
const contentBytes = fingerprintStart + fingerprintBytes

/** Each method has a bit. Append new ones: the order is part of the tokens' format. */
const methodBits: readonly SignInMethod[] = ['password', 'totp', 'recoveryCode', 'passkey', 'email', 'provider']

const bitsOf = (methods: readonly SignInMethod[]) =>
  methods.reduce((bits, method) => bits | (1 << methodBits.indexOf(method)), 0)
const methodsOf = (bits: number) => methodBits.filter((_, place) => (bits & (1 << place)) !== 0)

/**
 * Creates the tokens of sign-ins that wait for a second factor: signed, and stored nowhere. A fingerprint of the first factor ends
 * them if that changes.
 */
export function createSignInTokens({ keyring }: { readonly keyring: Keyring }): SignInTokens {
  const signed = createSignedBytes({ keyring, contentBytes, keyOf: ({ signInTokenKey }) => signInTokenKey })

  /** The fingerprints under each secret, the newest first. The text begins with a letter, signed content with its version. */
  function fingerprints(firstFactor: string): readonly Buffer[] {
    const secrets = [keyring.newest, ...keyring.byId.values()]
    return secrets.map(({ signInTokenKey }) =>
      createHmac('sha256', signInTokenKey).update(firstFactor).digest().subarray(0, fingerprintBytes),
    )
  }

  return {
    issue({ userId, methods, transport, expiresAt }, firstFactor) {
      const content = Buffer.alloc(contentBytes)
      writeUuid(content, userId, 0)
      content.writeUIntBE(expiresAt, expiryStart, expiryBytes)
      content.writeUInt8(transport === 'cookie' ? 1 : 0, transportStart)
      content.writeUInt8(bitsOf(methods), methodsStart)
      content.set(fingerprints(firstFactor)[0] as Buffer, fingerprintStart)
      return signed.issue(content) as SignInToken
    },

    read(token, now) {
      const content = signed.read(token)
      if (content === null) return null
      const expiresAt = content.readUIntBE(expiryStart, expiryBytes)
      if (now >= expiresAt) return null
      const fingerprint = content.subarray(fingerprintStart)
      return {
        userId: readUuid(content, 0),
        methods: methodsOf(content.readUInt8(methodsStart)),
        transport: content.readUInt8(transportStart) === 1 ? 'cookie' : 'token',
        expiresAt,
        refersTo: firstFactor => fingerprints(firstFactor).some(mark => mark.equals(fingerprint)),
      }
    },
  }
}
