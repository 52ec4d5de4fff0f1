import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ApiKeyHash } from '../storage/records.js'

declare const brand: unique symbol

/** A key as its owner has it. Shown once, never stored in clear, never logged. */
export type ApiKey = string & { readonly [brand]: 'ApiKey' }

export interface NewApiKey {
  readonly key: ApiKey
  /** What the storage knows it by. */
  readonly hash: ApiKeyHash
  /** The prefix and the first characters behind it, for a person to recognise the key by. */
  readonly keyPrefix: string
  readonly lastFour: string
}

export const defaultApiKeyPrefix = 'sk-'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = alphabet.length
const randomBytesOfKey = 32
/** 62⁴³ is the least power of 62 that is more than 2²⁵⁶. */
const randomLength = 43
const checksumLength = 6
const shownLength = 4

const form = new RegExp(`^[\\w-]*[_-][0-9A-Za-z]{${randomLength + checksumLength}}$`)

/** The random part in base62, padded with zeros. Every number has a text of its own: nothing is cut off, so no digit is likelier. */
function randomPart(): string {
  let rest = BigInt(`0x${randomBytes(randomBytesOfKey).toString('hex')}`)
  let text = ''
  for (; text.length < randomLength; rest /= BigInt(base)) text = alphabet[Number(rest % BigInt(base))] + text
  return text
}

/** GitHub's convention: CRC-32 of the random part, in base62. It finds typing errors; it keeps nobody from forging. */
export function apiKeyChecksum(random: string): string {
  let rest = crc32(random)
  let text = ''
  for (; text.length < checksumLength; rest = Math.floor(rest / base)) text = alphabet[rest % base] + text
  return text
}

function digest(key: string): ApiKeyHash {
  return hash('sha256', key, 'base64url') as ApiKeyHash
}

/** A key of 256 random bits: the prefix, 43 characters of base62, and 6 of their checksum. */
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

/** What the storage knows a key by, or `null` for a text that cannot be one, or was mistyped: no storage need be asked. */
export function apiKeyHash(text: string): ApiKeyHash | null {
  if (!form.test(text)) return null
  const random = text.slice(-randomLength - checksumLength, -checksumLength)
  return apiKeyChecksum(random) === text.slice(-checksumLength) ? digest(text) : null
}

/** Finds keys with this prefix in any text: for secret scanners, which need neither flags nor look-around for it. */
export function apiKeyPattern(prefix: string = defaultApiKeyPrefix): RegExp {
  return new RegExp(`\\b${prefix}[0-9A-Za-z]{${randomLength + checksumLength}}\\b`)
}
