import t from 'tap'
import { refused } from '../support/refusal.js'
import { cheapPasswords, testApplication } from '../support/test-application.js'

const url = '/.well-known/change-password'
const application = (t: Parameters<typeof testApplication>[0], changePasswordUrl: string) =>
  testApplication(t, { options: { prefix: '/api/auth', passwords: { ...cheapPasswords, changePasswordUrl } } })

t.test('password managers find the page where users change their passwords, at the root', async t => {
  for (const page of ['/account/password?tab=2', 'https://account.example.com/password']) {
    const { app, calls } = await application(t, page)
    const { statusCode, headers, body } = await app.inject(url)
    t.strictSame([statusCode, headers.location, body], [302, page, ''])
    t.hasStrict(headers, { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    t.strictSame(calls, [])
    t.equal(app.hasRoute({ method: 'GET', url: `/api/auth${url}` }), false)
  }
})

t.test('without the option, there is no such route', async t => {
  const { app } = await testApplication(t)
  t.equal(app.hasRoute({ method: 'GET', url }), false)
  t.equal((await app.inject(url)).statusCode, 404)
})

t.test('a query is refused', async t => {
  const { app } = await application(t, '/account')
  refused(t, await app.inject(`${url}?next=https://evil.example`), 400, 'FST_ERR_VALIDATION')
})
