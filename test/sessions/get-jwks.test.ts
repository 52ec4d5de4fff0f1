import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import t from 'tap'
import { signUpForTokens } from '../support/account.js'
import { algorithms, keyPairs } from '../support/key-pairs.js'
import { testApplication } from '../support/test-application.js'

const jwksPath = '/auth/.well-known/jwks.json'

for (const algorithm of algorithms) {
  t.test(`jose verifies ${algorithm} tokens with the keys that it fetches from us`, async t => {
    const { app } = await testApplication(t, {
      options: { accessTokenKeys: [keyPairs[algorithm].privateKey], clock: Date.now },
    })
    const { accessToken, user } = await signUpForTokens(app)
    const url = await app.listen({ port: 0 })
    const keySet = createRemoteJWKSet(new URL(url + jwksPath))
    const expected = { issuer: 'fast-auth', audience: 'fast-auth', typ: 'at+jwt', algorithms: [algorithm] }
    const { payload, protectedHeader } = await jwtVerify(accessToken, keySet, expected)
    t.equal(payload.sub, user.id)
    t.equal(protectedHeader.alg, algorithm)
    t.equal(
      (await app.inject({ url: '/auth/me', headers: { authorization: `Bearer ${accessToken}` } })).statusCode,
      200,
    )
    const tampered = accessToken.replace(/\.[^.]+$/, match => match.replace(/[\w-]{4}/, 'AAAA'))
    await t.rejects(jwtVerify(tampered, keySet, expected), errors.JWSSignatureVerificationFailed)
    t.equal((await app.inject({ url: '/auth/me', headers: { authorization: `Bearer ${tampered}` } })).statusCode, 401)
  })
}

t.test('every key is published, the public ones too, in their order', async t => {
  const { EdDSA, ES256, RS256 } = keyPairs
  const { app } = await testApplication(t, {
    options: { accessTokenKeys: [EdDSA.publicKey, ES256.privateKey, RS256.publicKey] },
  })
  const answer = await app.inject(jwksPath)
  t.equal(answer.statusCode, 200)
  t.same(
    answer.json().keys.map(({ kty, alg, use }: Record<string, string>) => [kty, alg, use]),
    [
      ['OKP', 'EdDSA', 'sig'],
      ['EC', 'ES256', 'sig'],
      ['RSA', 'RS256', 'sig'],
    ],
  )
  for (const key of answer.json().keys) t.same([key.d, key.p, key.q], [undefined, undefined, undefined])
})

t.test('the key set may be cached for five minutes, and asks no storage', async t => {
  const { app, calls } = await testApplication(t, { options: { accessTokenKeys: [keyPairs.EdDSA.privateKey] } })
  calls.length = 0
  const { headers } = await app.inject(jwksPath)
  t.equal(headers['cache-control'], 'public, max-age=300')
  t.equal(headers['x-content-type-options'], 'nosniff')
  t.same(calls, [])
})

t.test('with secrets alone the key set is empty', async t => {
  const { app } = await testApplication(t)
  t.same((await app.inject(jwksPath)).json(), { keys: [] })
})
