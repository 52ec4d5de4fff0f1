import type { PublicJwk } from '../tokens/key-pair.js'
import type { Dependencies } from './dependencies.js'

/** The public keys that access tokens are verified with, in the order of the option `accessTokenKeys`. */
export function getJwks({ publicKeys }: Dependencies): { readonly keys: readonly PublicJwk[] } {
  return { keys: publicKeys }
}
