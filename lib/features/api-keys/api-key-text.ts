import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ApiKeyHash } from './api-key-record.js'

declare const brand: unique symbol

/** The text of a key, which its owner sees once. Never stored in plain text, never logged. */
export type ApiKey = string & { readonly [brand]: 'ApiKey' }

export interface NewApiKey {
  readonly key: ApiKey
  /** The hash under which it is stored. */
  readonly hash: ApiKeyHash
  /** The prefix and the first characters after it, by which a person recognises the key. */
  readonly keyPrefix: string
  readonly lastFour: string
}

export const defaultApiKeyPrefix = 'sk-'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = alphabet.length
const randomBytesOfKey = 32
/** 62⁴³ is the smallest power of 62 above 2²⁵⁶. */
const randomLength = 43
const checksumLength = 6
const shownLength = 4

const form = new RegExp(`^[\\w-]*[_-][0-9A-Za-z]{${randomLength + checksumLength}}$`)

/** Returns the random part in base62, padded with zeros. Nothing is truncated, so all 2²⁵⁶ numbers are equally likely. */
function randomPart(): string {
  let rest = BigInt(`0x${randomBytes(randomBytesOfKey).toString('hex')}`)
  let text = ''
  for (; text.length < randomLength; rest /= BigInt(base)) text = alphabet[Number(rest % BigInt(base))] + text
  return text
}

/** GitHub's convention: CRC-32 of the random part, in base62. It detects typing errors; it does not prevent forgery. */
export function apiKeyChecksum(random: string): string {
  let rest = crc32(random)
  let text = ''
  for (; text.length < checksumLength; rest = Math.floor(rest / base)) text = alphabet[rest % base] + text
  return text
}

function digest(key: string): ApiKeyHash {
  return hash('sha256', key, 'base64url') as ApiKeyHash
}

/** Creates a key of 256 random bits: the prefix, 43 characters of base62, and 6 of their checksum. */
export function newApiKey(prefix: string): NewApiKey {
  const random = randomPart()
  const key = (prefix + random + apiKeyChecksum(random)) as ApiKey
  return {
    key,
    hash: digest(key),
    keyPrefix: key.slice(0, prefix.length + shownLength),
    lastFour: key.slice(-shownLength),
  }
}

/** Returns the hash of a key, or `null` for a text that cannot be a key or was mistyped: it costs no storage call. */
export function apiKeyHash(text: string): ApiKeyHash | null {
  if (!form.test(text)) return null
  const random = text.slice(-randomLength - checksumLength, -checksumLength)
  return apiKeyChecksum(random) === text.slice(-checksumLength) ? digest(text) : null
}

/**
 * Returns a pattern that finds API keys in any text, for secret scanners. It needs neither flags nor look-around.
 * @param prefix the value of the option `apiKeys.prefix`
 * @default `sk-`
 * @example
 * ```ts
 * import { apiKeyPattern } from 'fast-auth'
 *
 * if (apiKeyPattern('acme_live_').test('a line of a log')) throw new Error('The log contains an API key')
 * ```
 */
export function apiKeyPattern(prefix: string = defaultApiKeyPrefix): RegExp {
  return new RegExp(`\\b${prefix}[0-9A-Za-z]{${randomLength + checksumLength}}\\b`)
}
