import t from 'tap'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import { clientId, newFlow } from '../../support/providers/provider-flow.js'
import { unsigned } from '../../support/providers/signing-key.js'

const invalid = (reason: string) => ({ outcome: 'invalid', reason })

t.test('an ID token of a native app identifies the user, without an access token', async t => {
  const hostile = await hostileProvider(t)
  const flow = newFlow()
  const idToken = hostile.key.sign(hostile.claimsFor(flow))
  t.match(await hostile.client.verifyIdToken({ idToken, nonce: flow.nonce, now: Date.now() }), {
    outcome: 'identified',
    identity: { issuer: hostile.issuer, subject: 'user-1' },
    tokens: { accessToken: null, refreshToken: null, idToken, scope: null, expiresAt: null },
  })
  t.equal(hostile.requestsOf('/token'), 0)
})

t.test('tokens for the listed apps are accepted, if one of them requested it', async t => {
  const hostile = await hostileProvider(t, { nativeClientIds: ['ios-app', 'android-app'] })
  const flow = newFlow()
  for (const [claims, isAccepted] of [
    [{ aud: 'ios-app' }, true],
    [{ aud: clientId, azp: 'android-app' }, true],
    [{ aud: [clientId, 'ios-app'], azp: clientId }, true],
    [{ aud: 'another-app' }, false],
    [{ aud: clientId, azp: 'another-app' }, false],
    [{ aud: 'another-app', azp: clientId }, false],
  ] as const) {
    const idToken = hostile.key.sign(hostile.claimsFor(flow, claims))
    const answer = await hostile.client.verifyIdToken({ idToken, nonce: flow.nonce, now: Date.now() })
    t.equal(answer.outcome, isAccepted ? 'identified' : 'invalid', JSON.stringify(claims))
  }
})

t.test('a token for several clients that a second one of ours requested is refused', async t => {
  const hostile = await hostileProvider(t, { nativeClientIds: ['ios-app'] })
  const flow = newFlow()
  const idToken = hostile.key.sign(hostile.claimsFor(flow, { aud: [clientId, 'ios-app'], azp: 'ios-app' }))
  t.same(await hostile.client.verifyIdToken({ idToken, nonce: flow.nonce, now: Date.now() }), invalid('audience'))
})

t.test('the browser flow accepts no token for a native app', async t => {
  const hostile = await hostileProvider(t, { nativeClientIds: ['ios-app'] })
  t.same(await hostile.signIn({ claims: { aud: 'ios-app' } }), invalid('audience'))
  t.same(await hostile.signIn({ claims: { azp: 'ios-app' } }), invalid('audience'))
})

t.test('the same rules apply as in the browser flow', async t => {
  const hostile = await hostileProvider(t)
  const flow = newFlow()
  const now = Date.now()
  const claims = hostile.claimsFor(flow)
  const verify = (idToken: string, nonce = flow.nonce) => hostile.client.verifyIdToken({ idToken, nonce, now })
  t.same(await verify(hostile.key.sign(claims), 'another'), invalid('nonce'))
  t.same(await verify(hostile.key.sign({ ...claims, iss: 'https://evil.example' })), invalid('issuer'))
  t.same(await verify(hostile.key.sign({ ...claims, exp: 1 })), invalid('expired'))
  t.same(await verify(unsigned(claims)), invalid('algorithm'))
  t.same(await verify('x'), invalid('id_token'))
})

t.test('an empty nonce is not a missing one', async t => {
  const hostile = await hostileProvider(t)
  const idToken = hostile.key.sign(hostile.claimsFor(newFlow(), { nonce: undefined }))
  t.same(await hostile.client.verifyIdToken({ idToken, nonce: '', now: Date.now() }), invalid('id_token'))
})

t.test('a provider that is down is unavailable', async t => {
  const hostile = await hostileProvider(t)
  hostile.server.answer('/jwks', { status: 500 })
  const flow = newFlow()
  const idToken = hostile.key.sign(hostile.claimsFor(flow))
  t.match(await hostile.client.verifyIdToken({ idToken, nonce: flow.nonce, now: Date.now() }), {
    outcome: 'unavailable',
  })
})
