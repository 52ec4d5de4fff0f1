import { createHmac, generateKeyPairSync, type JsonWebKey, randomUUID, sign } from 'node:crypto'

export type Claims = Readonly<Record<string, unknown>>

export interface SigningKey {
  readonly kid: string
  /** The public key, as a JWKS has it. */
  readonly jwk: JsonWebKey & { readonly kid: string }
  /** A JWT with this signature. The header may be wrong. */
  sign(claims: Claims, header?: Claims): string
}

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A new ES256 key of a provider. */
export function signingKey(kid: string = randomUUID()): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }
  return {
    kid,
    jwk,
    sign(claims, header = {}) {
      const input = `${encoded({ alg: 'ES256', kid, ...header })}.${encoded(claims)}`
      const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' })
      return `${input}.${signature.toString('base64url')}`
    },
  }
}

/** A JWT whose key is a text that both sides know. */
export function hs256(claims: Claims, secret: string, header: Claims = {}): string {
  const input = `${encoded({ alg: 'HS256', ...header })}.${encoded(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

/** A JWT without a signature. */
export function unsigned(claims: Claims): string {
  return `${encoded({ alg: 'none' })}.${encoded(claims)}.`
}
