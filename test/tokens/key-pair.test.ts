import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { calculateJwkThumbprint, importSPKI } from 'jose'
import t from 'tap'
import { readKeyPair } from '../../lib/tokens/key-pair.js'
import { algorithms, keyPairs, pems } from '../support/key-pairs.js'

/** Public keys and their thumbprints as RFCs print them. */
const printed: readonly (readonly [source: string, jwk: JsonWebKey, thumbprint: string])[] = [
  [
    'RFC 7638, section 3.1',
    {
      kty: 'RSA',
      n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
    },
    'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  ],
  [
    'RFC 8037, appendix A.3',
    { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  ],
]

for (const [source, jwk, thumbprint] of printed) {
  t.test(`the id of a key is its thumbprint: ${source}`, async t => {
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
    const { id, privateKey, jwk: published } = readKeyPair(pem)
    t.equal(id, thumbprint)
    t.equal(privateKey, null)
    t.hasStrict(published, { ...jwk, kid: thumbprint, use: 'sig' })
  })
}

for (const algorithm of algorithms) {
  t.test(`${algorithm}: both halves have one id, which is what jose computes`, async t => {
    const { privateKey, publicKey } = keyPairs[algorithm]
    const both = readKeyPair(privateKey)
    const half = readKeyPair(publicKey)
    t.equal(both.algorithm, algorithm)
    t.equal(both.id, half.id)
    t.same(both.jwk, half.jwk)
    t.equal(both.publicKey, half.publicKey)
    t.same([both.privateKey === null, half.privateKey], [false, null])
    const imported = await importSPKI(publicKey, algorithm, { extractable: true })
    t.equal(await calculateJwkThumbprint(imported), both.id)
  })

  t.test(`${algorithm}: what is published has nothing of the private half`, async t => {
    const { jwk } = readKeyPair(keyPairs[algorithm].privateKey)
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) t.notOk(secret in jwk, secret)
  })
}

t.test('the older PEM forms of private keys are read too', async t => {
  const ec = createPrivateKey(keyPairs.ES256.privateKey).export({ type: 'sec1', format: 'pem' }).toString()
  const rsa = createPrivateKey(keyPairs.RS256.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString()
  t.equal(readKeyPair(ec).id, readKeyPair(keyPairs.ES256.publicKey).id)
  t.equal(readKeyPair(rsa).id, readKeyPair(keyPairs.RS256.publicKey).id)
})

t.test('a comment above a private key does not make a public one of it', async t => {
  const { privateKey, publicKey } = keyPairs.EdDSA
  const commented = readKeyPair(`It belongs to -----BEGIN PUBLIC KEY-----\n${privateKey}`)
  t.same(commented, readKeyPair(privateKey))
  t.equal(readKeyPair(`It was ENCRYPTED once\n${publicKey}`).privateKey, null)
})

const unreadable = 'must be an Ed25519, P-256 or RSA key in PEM, and cannot be read'
const otherType = 'must be an Ed25519, P-256 or RSA key in PEM, and is of another type or curve'
const encrypted = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
})
const cut = keyPairs.EdDSA.privateKey.replace(/.{12}\n-----END/, '\n-----END')

const refusals: readonly (readonly [title: string, pem: string, sentence: string])[] = [
  ['an empty text', '', unreadable],
  ['a secret', 'correct horse battery staple correct horse', unreadable],
  ['a key that is cut off', cut, unreadable],
  ['a public key that is cut off', keyPairs.EdDSA.publicKey.replace(/.{12}\n-----END/, '\n-----END'), unreadable],
  ['P-384', pems(generateKeyPairSync('ec', { namedCurve: 'P-384' })).privateKey, otherType],
  ['secp256k1', pems(generateKeyPairSync('ec', { namedCurve: 'secp256k1' })).publicKey, otherType],
  ['X25519', pems(generateKeyPairSync('x25519')).privateKey, otherType],
  ['Ed448', pems(generateKeyPairSync('ed448')).publicKey, otherType],
  [
    'RSA of 1024 bits',
    pems(generateKeyPairSync('rsa', { modulusLength: 1024 })).privateKey,
    'must be an RSA key of at least 2048 bits, and has 1024',
  ],
  ['an encrypted key', encrypted.privateKey, 'must not be encrypted: decrypt it with openssl pkey'],
]

for (const [title, pem, sentence] of refusals) {
  t.test(`${title} is refused with the end of a sentence that does not hold it`, async t => {
    t.throws(() => readKeyPair(pem), { name: 'TypeError', message: sentence })
  })
}
