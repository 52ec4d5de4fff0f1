import t from 'tap'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import { clientId, clientSecret, newFlow } from '../../support/providers/provider-flow.js'
import { type Claims, hs256, type SigningKey, signingKey, unsigned } from '../../support/providers/signing-key.js'

const invalid = (reason: string) => ({ outcome: 'invalid', reason })
const seconds = () => Math.floor(Date.now() / 1000)

t.test('the answer for the code of another sign-in is refused: its nonce is another one', async t => {
  const hostile = await hostileProvider(t)
  const other = newFlow()
  for (const nonce of [other.nonce, '', undefined, null, 5])
    t.match(await hostile.signIn({ claims: { nonce } }), { outcome: 'invalid', reason: /^(nonce|id_token)$/ })
  t.same(await hostile.signIn({ claims: { nonce: other.nonce } }), invalid('nonce'))
})

t.test('a token of another issuer is refused, whatever key signed it', async t => {
  const hostile = await hostileProvider(t)
  for (const iss of ['https://accounts.google.com', `${hostile.issuer}/`, hostile.issuer.toUpperCase()])
    t.same(await hostile.signIn({ claims: { iss } }), invalid('issuer'), iss)
})

t.test('a token for another client is refused', async t => {
  const hostile = await hostileProvider(t)
  for (const aud of ['another-app', ['another-app'], [], '', undefined, { [clientId]: true }, [[clientId]]])
    t.same(await hostile.signIn({ claims: { aud } }), invalid('audience'))
  t.match(await hostile.signIn({ claims: { aud: [clientId] } }), { outcome: 'identified' })
})

t.test('a token that another client requested is refused', async t => {
  const hostile = await hostileProvider(t)
  for (const azp of ['another-app', '', null]) t.same(await hostile.signIn({ claims: { azp } }), invalid('audience'))
  t.same(await hostile.signIn({ claims: { aud: [clientId, 'another-app'] } }), invalid('audience'))
  const claims = { aud: [clientId, 'another-app'], azp: clientId }
  t.match(await hostile.signIn({ claims }), { outcome: 'identified' })
})

t.test('a token without a signature is refused, even if the metadata allow it', async t => {
  const hostile = await hostileProvider(t)
  t.same(await hostile.signIn({ token: unsigned }), invalid('algorithm'))
})

t.test('a token signed with the client secret or with the public key as a secret is refused', async t => {
  const hostile = await hostileProvider(t)
  for (const secret of [clientSecret, JSON.stringify(hostile.key.jwk)]) {
    const token = (claims: Claims) => hs256(claims, secret, { kid: hostile.key.kid })
    t.same(await hostile.signIn({ token }), invalid('algorithm'))
  }
})

t.test('a token whose algorithm the provider does not list is refused', async t => {
  const hostile = await hostileProvider(t)
  for (const id_token_signing_alg_values_supported of [['RS256'], ['none'], [], 'ES256', undefined]) {
    const fresh = await hostileProvider(t)
    fresh.describe({ id_token_signing_alg_values_supported })
    t.same(await fresh.signIn(), invalid('algorithm'))
  }
  hostile.describe({ id_token_signing_alg_values_supported: ['RS256', 'ES256'] })
  t.match(await hostile.signIn(), { outcome: 'identified' }, 'one of several is enough')
  for (const alg of ['PS256', 'ES384', 'es256', undefined, null, ['ES256']])
    t.same(await hostile.signIn({ header: { alg } }), invalid('algorithm'))
})

t.test('a token with the name of a right key and the signature of another is refused', async t => {
  const hostile = await hostileProvider(t)
  const forger = signingKey(hostile.key.kid)
  t.same(await hostile.signIn({ token: claims => forger.sign(claims) }), invalid('id_token'))
})

t.test('a token that was changed after it was signed is refused', async t => {
  const hostile = await hostileProvider(t)
  const token = (claims: Claims) => {
    const [header, , signature] = hostile.key.sign(claims).split('.')
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'administrator' })).toString('base64url')
    return [header, changed, signature].join('.')
  }
  t.same(await hostile.signIn({ token }), invalid('id_token'))
})

t.test('a token brings no key of its own', async t => {
  const hostile = await hostileProvider(t)
  const forger = signingKey()
  for (const header of [{ jwk: forger.jwk }, { jku: 'https://evil.example/jwks' }, { x5u: 'https://evil.example' }])
    t.same(await hostile.signIn({ token: claims => forger.sign(claims, header) }), invalid('unknown_key'))
})

t.test('an expired token is refused, with 30 seconds of tolerance', async t => {
  const hostile = await hostileProvider(t)
  const now = seconds()
  for (const [age, isRefused] of [
    [29, false],
    [30, true],
    [86_400, true],
  ] as const) {
    const answer = await hostile.signIn({ claims: { iat: now - age - 300, exp: now - age }, now: now * 1000 })
    t.same(answer.outcome === 'invalid' && answer.reason, isRefused && 'expired', `expired for ${age} s`)
  }
})

t.test('a token that was issued more than a day ago is refused, however long it lives', async t => {
  const hostile = await hostileProvider(t)
  const now = seconds()
  for (const [age, isRefused] of [
    [86_429, false],
    [86_430, true],
  ] as const) {
    const answer = await hostile.signIn({ claims: { iat: now - age, exp: now + 86_400 }, now: now * 1000 })
    t.same(answer.outcome === 'invalid' && answer.reason, isRefused && 'expired', `issued ${age} s ago`)
  }
})

t.test('a token issued or valid in the future is refused, with 30 seconds of tolerance', async t => {
  const hostile = await hostileProvider(t)
  const now = seconds()
  for (const name of ['iat', 'nbf']) {
    for (const [ahead, isRefused] of [
      [30, false],
      [31, true],
    ] as const) {
      const answer = await hostile.signIn({ claims: { [name]: now + ahead, exp: now + 300 }, now: now * 1000 })
      t.same(answer.outcome === 'invalid' && answer.reason, isRefused && 'issued_in_future', `${name} in ${ahead} s`)
    }
  }
})

t.test('times are judged by the clock of the application alone', async t => {
  const hostile = await hostileProvider(t)
  const then = 1_000_000_000
  const claims = { iat: then, exp: then + 300 }
  t.match(await hostile.signIn({ claims, now: then * 1000 }), { outcome: 'identified' })
  t.same(await hostile.signIn({ claims }), invalid('expired'))
})

t.test('a token without a needed claim, or with one of a wrong type, is refused', async t => {
  const hostile = await hostileProvider(t)
  for (const claims of [
    { iss: undefined },
    { sub: undefined },
    { exp: undefined },
    { iat: undefined },
    { exp: '9999999999' },
    { iat: '1' },
    { nbf: '1' },
    { sub: 5 },
    { sub: null },
    { iss: [hostile.issuer] },
  ])
    t.match(
      await hostile.signIn({ claims }),
      { outcome: 'invalid', reason: /^(id_token|issuer)$/ },
      JSON.stringify(claims),
    )
})

t.test('a token with an extension that must be understood is refused', async t => {
  const hostile = await hostileProvider(t)
  t.same(await hostile.signIn({ header: { crit: ['b64'], b64: false } }), invalid('id_token'))
})

t.test('what is no token is refused', async t => {
  const hostile = await hostileProvider(t)
  const unreadable = ['', 'x', '..', 'e30', 'e30.e', 'e30.bnVsbA.', 'bnVsbA.e30.', 'NQ.e30.', 'e30.NQ.', '"']
  for (const token of [...unreadable, 5, null, undefined, {}, ['x']])
    t.same(await hostile.signIn({ token: () => token }), invalid('id_token'), String(token))
  t.same(await hostile.signIn({ token: () => 'e30.e30.' }), invalid('algorithm'))
})

/** A right token of this length. Base64url has no length of the form 4n + 1, so the header has some padding too. */
function tokenOfLength(length: number, claims: Claims, key: SigningKey): string {
  for (const inHeader of [0, 1, 2, 3]) {
    const sized = (padding: number) =>
      key.sign({ ...claims, padding: 'x'.repeat(padding) }, { padding: 'x'.repeat(inHeader) })
    const missing = Math.floor((length - sized(0).length) * 0.75)
    for (const padding of [missing - 1, missing, missing + 1, missing + 2])
      if (sized(padding).length === length) return sized(padding)
  }
  throw new Error(`no token has ${length} characters`)
}

t.test('a token of 16,384 characters is read, and a longer one is not', async t => {
  const hostile = await hostileProvider(t)
  const ofLength = (length: number) => (claims: Claims) => tokenOfLength(length, claims, hostile.key)
  t.match(await hostile.signIn({ token: ofLength(16_384) }), { outcome: 'identified' })
  t.same(await hostile.signIn({ token: ofLength(16_385) }), invalid('id_token'))
})

t.test('an encrypted token is refused', async t => {
  const hostile = await hostileProvider(t)
  const token = (claims: Claims) => `${hostile.key.sign(claims)}.x.x`
  t.same(await hostile.signIn({ token }), invalid('id_token'))
})

t.test('the subject is 1 to 255 well-formed characters', async t => {
  const hostile = await hostileProvider(t)
  for (const sub of ['', ' ', 'x'.repeat(256), '\ud800', 'a\u0000b', 'a\nb', ' a', 'a '])
    t.match(await hostile.signIn({ claims: { sub } }), { outcome: 'invalid', reason: /^(subject|id_token)$/ })
  for (const sub of ['0', 'x'.repeat(255), 'auth0|5f7c8ec7c33c6c004bbafe82', 'Ä'])
    t.match(await hostile.signIn({ claims: { sub } }), { identity: { subject: sub } })
})
