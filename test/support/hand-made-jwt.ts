import { createHmac } from 'node:crypto'
import { secret } from './secret.js'

export type JsonObject = Record<string, unknown>

export interface JwtParts {
  readonly header: JsonObject
  readonly claims: JsonObject
}

export interface HandMadeJwt {
  /** A text or bytes stand there as they are, anything else as JSON. */
  readonly header: unknown
  readonly claims: unknown
  readonly secret?: string
  readonly hash?: 'sha256' | 'sha384' | 'sha512'
}

function part(content: unknown): string {
  const bytes = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content)
  return Buffer.from(bytes as string).toString('base64url')
}

/** A JWT made without any library, which may be wrong in every way, with a right HMAC unless `secret` or `hash` differ. */
export function handMadeJwt({ header, claims, secret: key = secret, hash = 'sha256' }: HandMadeJwt): string {
  const input = `${part(header)}.${part(claims)}`
  return `${input}.${createHmac(hash, key).update(input).digest('base64url')}`
}

/** Reads the header and the claims of a JWT without checking them. */
export function jwtParts(token: string): JwtParts {
  const [header, claims] = token.split('.', 2).map(text => JSON.parse(Buffer.from(text, 'base64url').toString()))
  return { header, claims }
}

/** A copy without one key. */
export function without(parts: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(parts).filter(([key]) => key !== name))
}
