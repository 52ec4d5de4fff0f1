import { OptionInvalidError } from '../../errors/index.js'
import { type KeyPair, readKeyPair } from '../../tokens/key-pair.js'

function readKey(pem: string, index: number): KeyPair {
  try {
    return readKeyPair(pem)
  } catch (error) {
    throw new OptionInvalidError(
      `The option "accessTokenKeys[${index}]" of fast-auth ${(error as Error).message}. Make one with: npx fast-auth secret --type ed25519`,
    )
  }
}

/**
 * Reads the keys of access tokens.
 * @throws {OptionInvalidError} A key is invalid, or occurs twice, even if once as a private and once as a public key.
 */
export function resolveAccessTokenKeys(pems: readonly string[] = []): readonly KeyPair[] {
  const keyPairs = pems.map(readKey)
  if (new Set(keyPairs.map(({ id }) => id)).size < keyPairs.length) {
    throw new OptionInvalidError('The option "accessTokenKeys" of fast-auth contains a key twice: remove one')
  }
  return keyPairs
}
