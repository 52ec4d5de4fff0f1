import t from 'tap'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import { callbackOf, newFlow } from '../../support/providers/provider-flow.js'

t.test('a right callback with a right ID token identifies the user', async t => {
  const hostile = await hostileProvider(t)
  t.match(await hostile.signIn(), { outcome: 'identified', identity: { issuer: hostile.issuer, subject: 'user-1' } })
})

t.test('a callback with another state, or none, causes no request', async t => {
  const hostile = await hostileProvider(t)
  for (const state of [newFlow().state, '', undefined]) {
    t.strictSame(await hostile.signIn({ callback: { state } }), { outcome: 'invalid', reason: 'state' })
  }
  t.same(hostile.server.requests, [])
})

t.test('a wrong state is refused even if the provider says that the user cancelled', async t => {
  const hostile = await hostileProvider(t)
  const callback = { state: 'of-another-browser', error: 'access_denied' }
  t.same(await hostile.signIn({ callback }), { outcome: 'invalid', reason: 'state' })
})

t.test('a user who cancels is no error', async t => {
  const hostile = await hostileProvider(t)
  for (const error of ['access_denied', 'user_cancelled_authorize', 'user_cancelled_login'])
    t.same(await hostile.signIn({ callback: { code: undefined, error } }), { outcome: 'denied' }, error)
  t.same(hostile.server.requests, [])
})

t.test('a provider that says it failed is unavailable', async t => {
  const hostile = await hostileProvider(t)
  const unavailable = { outcome: 'unavailable', reason: 'status', retryAfterSeconds: 5 }
  for (const error of ['server_error', 'temporarily_unavailable'])
    t.same(await hostile.signIn({ callback: { code: undefined, error } }), unavailable, error)
})

t.test('any other error of the callback is a refused request, and its code is not used', async t => {
  const hostile = await hostileProvider(t)
  for (const error of ['invalid_scope', 'unauthorized_client', ''])
    t.same(await hostile.signIn({ callback: { error } }), { outcome: 'invalid', reason: 'request_refused' }, error)
  t.same(hostile.server.requests, [])
})

t.test('a callback without a code, or with an empty or an endless one, is refused', async t => {
  const hostile = await hostileProvider(t)
  for (const code of [undefined, '', 'x'.repeat(4097)])
    t.same(await hostile.signIn({ callback: { code } }), { outcome: 'invalid', reason: 'callback' })
  t.match(await hostile.signIn({ callback: { code: 'x'.repeat(4096) } }), { outcome: 'identified' })
})

t.test('a parameter that is there twice is refused', async t => {
  const hostile = await hostileProvider(t)
  for (const name of ['state', 'code', 'error', 'iss']) {
    const flow = newFlow()
    const parameters = callbackOf(flow, name === 'iss' ? { iss: hostile.issuer } : {})
    const value = parameters.get(name) ?? 'access_denied'
    parameters.append(name, value)
    if (name === 'error') parameters.append(name, value)
    const answer = await hostile.client.exchange({ ...flow, parameters, now: Date.now() })
    t.same(answer, { outcome: 'invalid', reason: 'callback' }, name)
  }
})

t.test('a callback of another provider is refused before its code is used (RFC 9207, mix-up)', async t => {
  const honest = await hostileProvider(t)
  const attacker = await hostileProvider(t)
  const answer = await honest.signIn({ callback: { iss: attacker.issuer } })
  t.same(answer, { outcome: 'invalid', reason: 'issuer' })
  t.same([...honest.server.requests, ...attacker.server.requests], [])
  t.match(await honest.signIn({ callback: { iss: honest.issuer } }), { outcome: 'identified' })
})

t.test('a provider that says it names itself in callbacks must do so', async t => {
  const hostile = await hostileProvider(t)
  hostile.describe({ authorization_response_iss_parameter_supported: true })
  t.same(await hostile.signIn(), { outcome: 'invalid', reason: 'issuer' })
  t.equal(hostile.requestsOf('/token'), 0)
  t.match(await hostile.signIn({ callback: { iss: hostile.issuer } }), { outcome: 'identified' })
})

t.test('parameters that fast-auth does not know change nothing', async t => {
  const hostile = await hostileProvider(t)
  const callback = { id_token: 'x', token: 'x', response: 'x', scope: 'openid', session_state: 'x' }
  t.match(await hostile.signIn({ callback }), { outcome: 'identified' })
})
