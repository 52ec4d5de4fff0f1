import t from 'tap'
import type { ProviderAnswer } from '../../../lib/features/providers/provider.js'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import { type Claims, signingKey } from '../../support/providers/signing-key.js'

const invalid = (reason: string) => ({ outcome: 'invalid', reason })
const unavailable = (reason: string, retryAfterSeconds = 5) => ({ outcome: 'unavailable', reason, retryAfterSeconds })
const minute = 60_000

async function withClock(t: Parameters<typeof hostileProvider>[0]) {
  const time = { now: Date.now() }
  const hostile = await hostileProvider(t, { environment: { clock: () => time.now } })
  const keyRequests = () => hostile.requestsOf('/jwks')
  return { time, hostile, keyRequests }
}

t.test('keys are requested once for many sign-ins', async t => {
  const { hostile, keyRequests } = await withClock(t)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      hostile.signIn({ flow: { state: 's', nonce: 'n', codeVerifier: 'v'.repeat(43) } }),
    ),
  )
  t.ok(answers.every(({ outcome }) => outcome === 'identified'))
  t.match(await hostile.signIn(), { outcome: 'identified' })
  t.equal(keyRequests(), 1)
})

t.test('a new key of the provider is found when the first token names it', async t => {
  const { time, hostile, keyRequests } = await withClock(t)
  t.match(await hostile.signIn(), { outcome: 'identified' })
  const next = signingKey()
  hostile.publish(hostile.key.jwk, next.jwk)
  time.now += minute / 2
  t.match(await hostile.signIn({ token: claims => next.sign(claims) }), { outcome: 'identified' })
  t.match(await hostile.signIn(), { outcome: 'identified' })
  t.equal(keyRequests(), 2)
})

t.test('a thousand tokens with made-up key IDs cause one request in 30 seconds', async t => {
  const { time, hostile, keyRequests } = await withClock(t)
  const forger = signingKey('made-up')
  const flood = () =>
    Promise.all(
      Array.from({ length: 250 }, (_, index) => {
        const flow = { state: 's', nonce: 'n', codeVerifier: 'v'.repeat(43) }
        const idToken = forger.sign(hostile.claimsFor(flow), { kid: `made-up-${index}` })
        return hostile.client.verifyIdToken({ idToken, nonce: 'n', now: Date.now() })
      }),
    )
  const isRefused = (answer: ProviderAnswer) => answer.outcome === 'invalid' && answer.reason === 'unknown_key'
  for (const _ of [1, 2]) t.ok((await flood()).every(isRefused))
  t.equal(keyRequests(), 1)
  time.now += minute / 2 - 1
  t.ok((await flood()).every(isRefused))
  t.equal(keyRequests(), 1)
  time.now += 1
  t.ok((await flood()).every(isRefused))
  t.equal(keyRequests(), 2)
  t.match(await hostile.signIn(), { outcome: 'identified' }, 'users with right tokens are not held up')
})

t.test('a withdrawn key is no longer accepted after 10 minutes', async t => {
  const { time, hostile } = await withClock(t)
  t.match(await hostile.signIn(), { outcome: 'identified' })
  hostile.publish(signingKey().jwk)
  time.now += 10 * minute - 1
  t.match(await hostile.signIn(), { outcome: 'identified' })
  time.now += 1
  t.same(await hostile.signIn(), invalid('unknown_key'))
})

t.test('known keys serve for an hour if the provider fails', async t => {
  const { time, hostile } = await withClock(t)
  t.match(await hostile.signIn(), { outcome: 'identified' })
  hostile.server.answer('/jwks', { status: 500 })
  time.now += 60 * minute - 1
  t.match(await hostile.signIn(), { outcome: 'identified' })
  time.now += 5_001
  t.same(await hostile.signIn(), unavailable('status'))
})

t.test('a token that names no key is verified with the only one of its kind', async t => {
  const { time, hostile } = await withClock(t)
  const header = { kid: undefined }
  t.match(await hostile.signIn({ header }), { outcome: 'identified' })
  hostile.publish(hostile.key.jwk, signingKey().jwk)
  time.now += minute / 2
  t.same(await hostile.signIn({ header }), invalid('unknown_key'))
})

t.test('a new key of a provider that names no keys is found within 30 seconds', async t => {
  const { time, hostile } = await withClock(t)
  const header = { kid: undefined }
  hostile.publish({ ...hostile.key.jwk, kid: undefined })
  t.match(await hostile.signIn({ header }), { outcome: 'identified' })
  const next = signingKey()
  hostile.publish({ ...next.jwk, kid: undefined })
  const token = (claims: Claims) => next.sign(claims, header)
  t.same(await hostile.signIn({ token }), invalid('id_token'))
  time.now += minute / 2
  t.match(await hostile.signIn({ token }), { outcome: 'identified' })
})

t.test('a known key among several is not requested again', async t => {
  const { time, hostile, keyRequests } = await withClock(t)
  hostile.publish(signingKey().jwk, hostile.key.jwk)
  t.match(await hostile.signIn(), { outcome: 'identified' })
  time.now += minute
  t.match(await hostile.signIn(), { outcome: 'identified' })
  t.equal(keyRequests(), 1)
})

t.test('a key for another use or of another kind verifies nothing', async t => {
  for (const change of [{ use: 'enc' }, { alg: 'ES384' }, { key_ops: ['sign'] }, { kty: 'RSA' }, { crv: 'P-384' }]) {
    const hostile = await hostileProvider(t)
    hostile.publish({ ...hostile.key.jwk, ...change })
    t.same(await hostile.signIn(), invalid('unknown_key'), JSON.stringify(change))
  }
})

t.test('a malformed key verifies nothing', async t => {
  const hostile = await hostileProvider(t)
  hostile.publish({ ...hostile.key.jwk, x: 'AAAA' })
  t.same(await hostile.signIn(), invalid('id_token'))
})

t.test('malformed lists of keys count as an outage', async t => {
  for (const answer of [
    { body: '{' },
    { body: {} },
    { body: { keys: {} } },
    { body: { keys: [null] } },
    { body: { keys: [{}, null] } },
    { body: { keys: ['x'] } },
    { status: 404, body: {} },
    { headers: { 'content-type': 'text/html' }, body: { keys: [] } },
  ]) {
    const hostile = await hostileProvider(t)
    hostile.server.answer('/jwks', answer)
    t.same(await hostile.signIn(), unavailable('keys'), JSON.stringify(answer))
  }
})

t.test('a list of keys may have 256 KiB, and not more', async t => {
  const padded = (key: object, bytes: number) => {
    const rest = JSON.stringify({ keys: [key], padding: '' }).length
    return { body: { keys: [key], padding: 'x'.repeat(bytes - rest) } }
  }
  for (const [bytes, outcome] of [
    [262_144, 'identified'],
    [262_145, 'unavailable'],
  ] as const) {
    const hostile = await hostileProvider(t)
    hostile.server.answer('/jwks', padded(hostile.key.jwk, bytes))
    t.equal((await hostile.signIn()).outcome, outcome)
  }
})

t.test('keys with the media type of key sets are accepted', async t => {
  const hostile = await hostileProvider(t)
  const headers = { 'content-type': 'application/jwk-set+json; charset=utf-8' }
  hostile.server.answer('/jwks', { headers, body: { keys: [hostile.key.jwk] } })
  t.match(await hostile.signIn(), { outcome: 'identified' })
})

t.test('all requests of a sign-in together have one time limit', async t => {
  const hostile = await hostileProvider(t, { timeoutMilliseconds: 100 })
  hostile.server.answer('/jwks', () => undefined)
  t.same(await hostile.signIn(), unavailable('timeout'))
})
