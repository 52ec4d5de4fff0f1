import type { PublicJwk } from '../../tokens/key-pair.js'
import type { Dependencies } from '../dependencies.js'

/** Returns the public keys that verify access tokens, in the order of the option `accessTokenKeys`. */
export function getJwks({ publicKeys }: Pick<Dependencies, 'publicKeys'>): { readonly keys: readonly PublicJwk[] } {
  return { keys: publicKeys }
}
