import { namedUnder } from '../../../storage/redis/keys.js'

/** Returns the names of the keys that API keys add. */
export const apiKeyKeys = namedUnder(named => ({
  apiKey: named('api-key'),
  apiKeyIdByHash: named('api-key-hash'),
  apiKeysOf: named('api-keys-of'),
}))
