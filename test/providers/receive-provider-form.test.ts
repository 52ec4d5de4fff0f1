import t from 'tap'
import { ben, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'
import { publicUrl } from '../support/test-mail.js'

const headers = { 'content-type': 'application/x-www-form-urlencoded' }
const request = { method: 'POST', url: '/auth/providers/acme/callback', headers } as const
const provider = { responseMode: 'form_post' } as const

t.test('a form becomes a visit of the callback with the same parameters', async t => {
  const { app, browser, provider: acme } = await providerApplication(t, { provider })
  const own = browser()
  const form = acme.approve(await own.start(), ben)
  form.set('user', '{"name":{"firstName":"Ben & co"}}')
  const answer = await app.inject({ ...request, payload: String(form) })
  t.equal(answer.statusCode, 303)
  const location = new URL(String(answer.headers.location), publicUrl)
  t.equal(location.pathname, '/auth/providers/acme/callback')
  t.strictSame([...location.searchParams].toSorted(), [...form].toSorted())
  t.equal((await own.callback(location.searchParams)).headers.location, `${publicUrl}/`)
})

t.test('other kinds of bodies and forms that are too large are refused', async t => {
  const { app } = await providerApplication(t, { provider })
  const json = { 'content-type': 'text/plain' }
  refused(t, await app.inject({ ...request, headers: json, payload: 'x' }), 415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
  const payload = `code=${'x'.repeat(17 * 1024)}`
  refused(t, await app.inject({ ...request, payload }), 413, 'FST_ERR_CTP_BODY_TOO_LARGE')
  refused(t, await app.inject({ ...request, payload: `code=${'x'.repeat(5000)}` }), 400, 'FST_ERR_VALIDATION')
})

t.test('no other route accepts forms', async t => {
  const { app } = await providerApplication(t, { provider })
  for (const url of ['/auth/sign-in', '/auth/sign-in/acme', '/auth/providers/redeem'])
    refused(t, await app.inject({ ...request, url, payload: 'a=b' }), 415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
})

t.test('without a provider that returns with a form, the route does not exist', async t => {
  const { app } = await providerApplication(t)
  t.notOk(app.hasRoute({ method: 'POST', url: '/auth/providers/acme/callback' }))
  t.equal((await app.inject({ ...request, payload: 'code=x' })).statusCode, 404)
})
