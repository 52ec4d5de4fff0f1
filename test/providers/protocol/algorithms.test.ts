import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import t from 'tap'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import type { Claims } from '../../support/providers/signing-key.js'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ed25519 = generateKeyPairSync('ed25519')
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve })
const pss = { padding: 6, saltLength: -1 } as const
const p1363 = { dsaEncoding: 'ieee-p1363' } as const

/** Every algorithm with a public key, the key pair, the hash, and the options of its signature. */
const algorithms = [
  ['RS256', rsa, 'sha256', {}],
  ['RS384', rsa, 'sha384', {}],
  ['RS512', rsa, 'sha512', {}],
  ['PS256', rsa, 'sha256', pss],
  ['PS384', rsa, 'sha384', pss],
  ['PS512', rsa, 'sha512', pss],
  ['ES256', ec('P-256'), 'sha256', p1363],
  ['ES384', ec('P-384'), 'sha384', p1363],
  ['ES512', ec('P-521'), 'sha512', p1363],
  ['EdDSA', ed25519, null, {}],
  ['Ed25519', ed25519, null, {}],
] as const

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

function signed(claims: Claims, alg: string, hash: string | null, key: { readonly key: KeyObject }): string {
  const input = `${encoded({ alg })}.${encoded(claims)}`
  return `${input}.${sign(hash, Buffer.from(input), key).toString('base64url')}`
}

t.test('every algorithm with a public key is accepted if the provider lists it', async t => {
  for (const [alg, { publicKey, privateKey }, hash, options] of algorithms) {
    const hostile = await hostileProvider(t)
    hostile.describe({ id_token_signing_alg_values_supported: [alg] })
    hostile.publish(publicKey.export({ format: 'jwk' }))
    const token = (claims: Claims) => signed(claims, alg, hash, { key: privateKey, ...options })
    t.match(await hostile.signIn({ token }), { outcome: 'identified' }, alg)
  }
})

t.test('a provider that lists no algorithm signs with RS256 (OpenID Connect Discovery 1.0, section 3)', async t => {
  for (const id_token_signing_alg_values_supported of [undefined, [], ['none', 'HS256'], 'RS256']) {
    const hostile = await hostileProvider(t)
    hostile.describe({ id_token_signing_alg_values_supported })
    hostile.publish(rsa.publicKey.export({ format: 'jwk' }))
    const token = (claims: Claims) => signed(claims, 'RS256', 'sha256', { key: rsa.privateKey })
    t.match(await hostile.signIn({ token }), { outcome: 'identified' })
  }
})
