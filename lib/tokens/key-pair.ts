import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'

/** RFC 7518 and RFC 8037 names. The type of the key determines the algorithm. */
export type KeyPairAlgorithm = 'EdDSA' | 'ES256' | 'RS256'

/** A public key in the format of RFC 7517. */
export interface PublicJwk {
  readonly kty: string
  readonly use: 'sig'
  readonly alg: KeyPairAlgorithm
  readonly kid: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
}

/** A key that verifies access tokens, and signs them if its private half is known. */
export interface KeyPair {
  /** The thumbprint of the public key (RFC 7638), which is the same in every process. */
  readonly id: string
  readonly algorithm: KeyPairAlgorithm
  /** SPKI, PEM. */
  readonly publicKey: string
  /** PKCS #8, PEM; `null` if only the public half was given. */
  readonly privateKey: string | null
  readonly jwk: PublicJwk
}

const minimumRsaBits = 2048
const kinds = 'an Ed25519, P-256 or RSA key in PEM'

/** The members of a thumbprint, in the order of their names. */
const thumbprintMembers = {
  EdDSA: ['crv', 'kty', 'x'],
  ES256: ['crv', 'kty', 'x', 'y'],
  RS256: ['e', 'kty', 'n'],
} as const satisfies Record<KeyPairAlgorithm, readonly (keyof JsonWebKey)[]>

function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): KeyPairAlgorithm {
  if (type === 'ed25519') return 'EdDSA'
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return 'ES256'
  if (type !== 'rsa') throw new TypeError(`must be ${kinds}, and is of another type or curve`)
  const bits = Number(details?.modulusLength)
  if (bits >= minimumRsaBits) return 'RS256'
  throw new TypeError(`must be an RSA key of at least ${minimumRsaBits} bits, and has ${bits}`)
}

function halvesOf(pem: string): { readonly privateHalf: KeyObject | null; readonly publicHalf: KeyObject } {
  const isPublic = /^-----BEGIN PUBLIC KEY-----/m.test(pem)
  if (!isPublic && /ENCRYPTED/.test(pem)) throw new TypeError('must not be encrypted: decrypt it with openssl pkey')
  try {
    return { privateHalf: isPublic ? null : createPrivateKey(pem), publicHalf: createPublicKey(pem) }
  } catch {
    throw new TypeError(`must be ${kinds}, and cannot be read`)
  }
}

/**
 * Reads a private key (PKCS #8, PKCS #1 or SEC 1) or a public one (SPKI).
 * @throws {TypeError} The message is the end of a sentence that says what is required. It never contains the key.
 */
export function readKeyPair(pem: string): KeyPair {
  const { privateHalf, publicHalf } = halvesOf(pem)
  const algorithm = algorithmOf(publicHalf)
  const members = thumbprintMembers[algorithm]
  const exported = publicHalf.export({ format: 'jwk' })
  const jwk = Object.fromEntries(members.map(member => [member, exported[member]])) as { kty: string }
  const id = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url')
  return {
    id,
    algorithm,
    publicKey: publicHalf.export({ format: 'pem', type: 'spki' }).toString(),
    privateKey: privateHalf?.export({ format: 'pem', type: 'pkcs8' }).toString() ?? null,
    jwk: { ...jwk, use: 'sig', alg: algorithm, kid: id },
  }
}
