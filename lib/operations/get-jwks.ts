import type { PublicJwk } from '../tokens/key-pair.js'
import type { Rooms } from './rooms.js'

/** The public keys that access tokens are verified with, in the order of the option `accessTokenKeys`. */
export function getJwks({ publicKeys }: Rooms): { readonly keys: readonly PublicJwk[] } {
  return { keys: publicKeys }
}
