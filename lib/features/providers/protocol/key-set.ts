import { createCachedDocument } from './cached-document.js'
import type { Connection } from './connection.js'
import type { JsonObject } from './openid-client.js'
import { InvalidAnswerError } from './provider-errors.js'
import { requestDocument } from './request-document.js'

/** The public keys of a provider. */
export interface KeySet {
  /**
   * Returns the keys, among them the one that a token names if the provider has it. An unknown or missing name loads the keys
   * again, but not within 30 seconds of the last time: an attacker can make up names.
   */
  keysWith(keyId: unknown): Promise<readonly JsonObject[]>
}

const [minute, hour] = [60_000, 3_600_000]
const maximumBytes = 256 * 1024

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null

function keysIn({ keys }: JsonObject): readonly JsonObject[] {
  if (!Array.isArray(keys) || !keys.every(isObject)) throw new InvalidAnswerError('response')
  return keys
}

/** Requests the keys again after 10 minutes. Serves them for an hour if the provider fails. */
export function createKeySet(connection: Connection, jwksUri: () => Promise<string>): KeySet {
  const document = createCachedDocument({
    clock: connection.clock,
    freshMilliseconds: 10 * minute,
    usableMilliseconds: hour,
    pauseMilliseconds: minute / 2,
    load: async () => requestDocument(connection, { url: await jwksUri(), maximumBytes, reason: 'keys', read: keysIn }),
  })
  return {
    keysWith: keyId => document.read(keys => keyId !== undefined && keys.some(({ kid }) => kid === keyId)),
  }
}
