import t, { type Test } from 'tap'
import { bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

async function applicationWithKey(t: Test, apiKeyFailuresPerMinute = 3) {
  const tested = await testApplication(t, {
    options: { limits: { apiKeyFailuresPerMinute } },
    after: app => {
      app.get('/hello', { onRequest: app.fastAuth.authenticate }, async () => 'hello')
      app.get('/perhaps', { onRequest: app.fastAuth.authenticateOptional }, async () => 'hello')
    },
  })
  const { accessToken } = await signUpForTokens(tested.app)
  const made = await tested.app.inject({
    method: 'POST',
    url: '/auth/api-keys',
    headers: bearer(accessToken),
    payload: { name: 'deploy' },
  })
  const show = (key: string, url = '/hello', remoteAddress = '192.0.2.1') =>
    tested.app.inject({ url, headers: bearer(key), remoteAddress })
  tested.events.length = 0
  return { ...tested, key: made.json().key as string, show }
}

const typo = 'sk-x'

t.test('after some keys that are not good a network gets 429 for such, with Retry-After, and no 401', async t => {
  const { show } = await applicationWithKey(t)
  for (let index = 0; index < 3; index++) t.equal((await show(typo)).statusCode, 401)
  const refused = await show(typo)
  t.equal(refused.statusCode, 429)
  t.equal(refused.headers['retry-after'], '60')
  t.equal(refused.headers['www-authenticate'], undefined)
  t.hasStrict(refused.json(), { code: 'FAST_AUTH_TOO_MANY_REQUESTS' })
  t.equal((await show(typo, '/perhaps')).statusCode, 429)
  t.equal((await show(typo, '/hello', '192.0.2.2')).statusCode, 401)
})

t.test('a valid key passes regardless of other requests of its network', async t => {
  const { show, key } = await applicationWithKey(t)
  for (let index = 0; index < 10; index++) await show(typo)
  t.equal((await show(key)).statusCode, 200)
})

t.test('a flood of invalid keys is emitted once a minute', async t => {
  const { show, events } = await applicationWithKey(t)
  for (let index = 0; index < 20; index++) await show(typo)
  t.same(
    events.map(({ name, reason }) => `${name} ${reason}`),
    [...Array<string>(3).fill('authn_login_fail mistyped_api_key'), 'rate_limited api_keys'],
  )
})

t.test('with the limit at 0 invalid keys are always 401', async t => {
  const { show } = await applicationWithKey(t, 0)
  for (let index = 0; index < 10; index++) t.equal((await show(typo)).statusCode, 401)
})

t.test('bad keys of clients without a readable address share one count', async t => {
  const { show } = await applicationWithKey(t)
  for (const from of ['a', 'b', 'c']) t.equal((await show(typo, '/hello', from)).statusCode, 401)
  t.equal((await show(typo, '/hello', 'd')).statusCode, 429)
})
