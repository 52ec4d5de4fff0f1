import type { KeyPair, KeyPairAlgorithm } from './key-pair.js'
import type { Keyring } from './keyring.js'

/** Input for a signer and a verifier of access tokens. */
export interface SigningKey {
  readonly id: string
  readonly algorithm: 'HS256' | KeyPairAlgorithm
  /** The secret, or the PEMs of a key pair. Without a private half the key only verifies. */
  readonly secret: string | { readonly public: string; readonly private?: string }
}

function asymmetric({ id, algorithm, publicKey, privateKey }: KeyPair): SigningKey {
  const secret = privateKey === null ? { public: publicKey } : { public: publicKey, private: privateKey }
  return { id, algorithm, secret }
}

/**
 * Returns every key that verifies access tokens. The first one signs: the first key pair with a private half, or the newest
 * secret if there is none. A public key before it already verifies but does not sign yet.
 */
export function signingKeys({ byId }: Keyring, keyPairs: readonly KeyPair[]): readonly SigningKey[] {
  const signer = keyPairs.find(({ privateKey }) => privateKey !== null)
  const others = keyPairs.filter(keyPair => keyPair !== signer)
  const secrets = [...byId.values()].map(({ id, secret }): SigningKey => ({ id, algorithm: 'HS256', secret }))
  return [...(signer === undefined ? [] : [asymmetric(signer)]), ...secrets, ...others.map(asymmetric)]
}
