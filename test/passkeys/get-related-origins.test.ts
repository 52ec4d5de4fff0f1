import t from 'tap'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const url = '/.well-known/webauthn'
const rpId = 'example.com'
const android = `android:apk-key-hash:${'a'.repeat(43)}`
const application = (t: Parameters<typeof testApplication>[0], origins: readonly string[], prefix = '/auth') =>
  testApplication(t, { options: { prefix, passkeys: { rpId, origins } } })

t.test('with an origin outside the domain, browsers find all origins of pages at the root', async t => {
  const origins = ['https://example.com', 'https://login.example.com', 'https://example.de', android]
  const { app, calls } = await application(t, origins, '/api/auth')
  const { statusCode, headers, json } = await app.inject(url)
  t.equal(statusCode, 200)
  t.strictSame(json(), { origins: origins.slice(0, 3) })
  t.hasStrict(headers, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'x-content-type-options': 'nosniff',
  })
  t.equal(headers['set-cookie'], undefined)
  t.strictSame(calls, [])
  t.equal(app.hasRoute({ method: 'GET', url: `/api/auth${url}` }), false)
})

t.test('with origins of the domain alone, and apps, there is no such route', async t => {
  for (const origins of [['https://example.com'], ['https://example.com', 'https://a.b.example.com', android]]) {
    const { app } = await application(t, origins)
    t.equal(app.hasRoute({ method: 'GET', url }), false)
    t.equal((await app.inject(url)).statusCode, 404)
  }
})

t.test('a domain that only ends alike is another one', async t => {
  const { app } = await application(t, ['https://example.com', 'https://notexample.com'])
  t.equal((await app.inject(url)).statusCode, 200)
})

t.test('a query is refused, as by every route', async t => {
  const { app } = await application(t, ['https://example.com', 'https://example.de'])
  refused(t, await app.inject(`${url}?x=1`), 400, 'FST_ERR_VALIDATION')
})

t.test('the route counts as a request of its network', async t => {
  const options = {
    passkeys: { rpId, origins: ['https://example.com', 'https://example.de'] },
    limits: { requestsPerMinute: 2 },
  }
  const { app } = await testApplication(t, { options })
  const statuses: number[] = []
  for (let request = 0; request < 3; request += 1) statuses.push((await app.inject(url)).statusCode)
  t.strictSame(statuses, [200, 200, 429])
})
