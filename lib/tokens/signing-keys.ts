import type { KeyPair, KeyPairAlgorithm } from './key-pair.js'
import type { Keyring } from './keyring.js'

/** What a signer and a verifier of access tokens are built from. */
export interface SigningKey {
  readonly id: string
  readonly algorithm: 'HS256' | KeyPairAlgorithm
  /** The secret, or the PEMs of a key pair. Without a private half the key verifies and does not sign. */
  readonly secret: string | { readonly public: string; readonly private?: string }
}

function asymmetric({ id, algorithm, publicKey, privateKey }: KeyPair): SigningKey {
  const secret = privateKey === null ? { public: publicKey } : { public: publicKey, private: privateKey }
  return { id, algorithm, secret }
}

/**
 * Every key that access tokens are verified with, first the one that signs: the first key pair whose private half is
 * here, or the newest secret where there is none. A public key that stands before it is known and does not sign yet.
 */
export function signingKeys({ byId }: Keyring, keyPairs: readonly KeyPair[]): readonly SigningKey[] {
  const signer = keyPairs.find(({ privateKey }) => privateKey !== null)
  const others = keyPairs.filter(keyPair => keyPair !== signer)
  const secrets = [...byId.values()].map(({ id, secret }): SigningKey => ({ id, algorithm: 'HS256', secret }))
  return [...(signer === undefined ? [] : [asymmetric(signer)]), ...secrets, ...others.map(asymmetric)]
}
