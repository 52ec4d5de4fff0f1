import { createPrivateKey, createPublicKey } from 'node:crypto'
import { SignJWT } from 'jose'
import t, { type Test } from 'tap'
import { readKeyPair } from '../../lib/tokens/key-pair.js'
import { bearer, signUpForTokens } from '../support/account.js'
import { handMadeJwt, type JsonObject, jwtParts } from '../support/hand-made-jwt.js'
import { algorithms, keyPairs, pems } from '../support/key-pairs.js'
import { testApplication } from '../support/test-application.js'

type Algorithm = (typeof algorithms)[number]

/** Every text that a public key may be known by: what an attacker would take for an HMAC secret. */
function publicTexts(algorithm: Algorithm): Readonly<Record<string, string>> {
  const { publicKey } = readKeyPair(keyPairs[algorithm].publicKey)
  const key = createPublicKey(publicKey)
  const jwk = key.export({ format: 'jwk' })
  return {
    'its PEM': publicKey,
    'its PEM without the last line feed': publicKey.trimEnd(),
    'its PEM with CRLF': publicKey.replaceAll('\n', '\r\n'),
    'its DER in base64': key.export({ format: 'der', type: 'spki' }).toString('base64'),
    'its DER': key.export({ format: 'der', type: 'spki' }).toString('latin1'),
    'its JWK': JSON.stringify(jwk),
    'the JWK that we publish': JSON.stringify(readKeyPair(publicKey).jwk),
    'its coordinate': String(jwk.x ?? jwk.n),
    'its thumbprint': readKeyPair(publicKey).id,
    nothing: '',
  }
}

async function setUp(t: Test, algorithm: Algorithm) {
  const { app, calls } = await testApplication(t, { options: { accessTokenKeys: [keyPairs[algorithm].privateKey] } })
  const { accessToken } = await signUpForTokens(app)
  calls.length = 0
  const refusal = async (token: string) => {
    const { statusCode, body } = await app.inject({ url: '/auth/me', headers: bearer(token) })
    return [statusCode, JSON.parse(body).code]
  }
  return { ...jwtParts(accessToken), accessToken, calls, refusal }
}

const invalid = [401, 'FAST_AUTH_ACCESS_TOKEN_INVALID']

for (const algorithm of algorithms) {
  t.test(`${algorithm}: no text of the public key is an HMAC secret`, async t => {
    const { header, claims, calls, refusal } = await setUp(t, algorithm)
    for (const [title, text] of Object.entries(publicTexts(algorithm))) {
      for (const alg of ['HS256', algorithm]) {
        const forged = handMadeJwt({ header: { ...header, alg }, claims, secret: text })
        t.same(await refusal(forged), invalid, `${title}, as ${alg}`)
      }
    }
    t.same(calls, [])
  })

  t.test(`${algorithm}: a header decides nothing`, async t => {
    const { header, claims, accessToken, calls, refusal } = await setUp(t, algorithm)
    const unknownPair = pems({
      privateKey: createPrivateKey(keyPairs.ES256.privateKey),
      publicKey: createPublicKey(keyPairs.ES256.publicKey),
    })
    const [, body = '', signature = ''] = accessToken.split('.')
    const withHeader = (changes: JsonObject, end = signature) =>
      `${Buffer.from(JSON.stringify({ ...header, ...changes })).toString('base64url')}.${body}.${end}`
    const headers: readonly JsonObject[] = [
      { alg: 'none' },
      { alg: 'HS256' },
      { alg: 'PS256' },
      { crit: ['exp'] },
      { crit: [], zip: 'DEF' },
      { kid: 'unknown' },
      { kid: '__proto__' },
      { kid: 'constructor' },
      { kid: ['x'] },
      { kid: 'k'.repeat(1 << 20) },
      { jwk: readKeyPair(unknownPair.publicKey).jwk },
      { jku: 'http://127.0.0.1:1/jwks.json' },
      { x5u: 'http://127.0.0.1:1/cert' },
    ]
    for (const changes of headers) {
      t.same(await refusal(withHeader(changes)), invalid, JSON.stringify(changes).slice(0, 80))
      t.same(await refusal(withHeader(changes, '')), invalid, 'without a signature')
    }
    t.same(await refusal(handMadeJwt({ header, claims })), invalid, 'an HMAC with our secret under the id of the key')
    t.same(calls, [])
  })
}

t.test('an attacker’s key is refused, with any id and any header', async t => {
  const { header, claims, calls, refusal } = await setUp(t, 'EdDSA')
  const { privateKey } = keyPairs.ES256
  const { jwk, id } = readKeyPair(privateKey)
  for (const kid of [header.kid, id]) {
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(kid), jwk: { ...jwk } })
      .sign(createPrivateKey(privateKey))
    t.same(await refusal(forged), invalid)
  }
  t.same(calls, [])
})
