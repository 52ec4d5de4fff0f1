import t from 'tap'
import { readKeyPair } from '../../lib/tokens/key-pair.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { signingKeys } from '../../lib/tokens/signing-keys.js'
import { keyPairs } from '../support/key-pairs.js'
import { otherSecret, secret } from '../support/secret.js'

const keyring = createKeyring([secret, otherSecret])
const secretIds = [...keyring.byId.keys()]
const { EdDSA, ES256, RS256 } = keyPairs

function idsOf(...pems: string[]): string[] {
  return signingKeys(keyring, pems.map(readKeyPair)).map(({ id }) => id)
}

const idOf = (pem: string) => readKeyPair(pem).id

t.test('without key pairs the newest secret signs', async t => {
  t.same(idsOf(), secretIds)
})

t.test('the first key pair signs, and everything verifies', async t => {
  t.same(idsOf(EdDSA.privateKey, ES256.privateKey), [idOf(EdDSA.publicKey), ...secretIds, idOf(ES256.publicKey)])
})

t.test(
  'a key comes with its algorithm and what it is made of: a key pair without a private half cannot sign',
  async t => {
    const [pair, ...others] = signingKeys(keyring, [EdDSA.privateKey, ES256.publicKey].map(readKeyPair))
    const { id, publicKey, privateKey } = readKeyPair(EdDSA.privateKey)
    t.strictSame(pair, { id, algorithm: 'EdDSA', secret: { public: publicKey, private: privateKey } })
    t.strictSame(others, [
      { id: secretIds[0], algorithm: 'HS256', secret },
      { id: secretIds[1], algorithm: 'HS256', secret: otherSecret },
      { id: idOf(ES256.publicKey), algorithm: 'ES256', secret: { public: readKeyPair(ES256.publicKey).publicKey } },
    ])
  },
)

t.test('a public key is known, and signs nothing: what signed before goes on', async t => {
  t.same(idsOf(EdDSA.publicKey), [...secretIds, idOf(EdDSA.publicKey)])
  t.same(idsOf(EdDSA.publicKey, RS256.privateKey), [idOf(RS256.publicKey), ...secretIds, idOf(EdDSA.publicKey)])
})
