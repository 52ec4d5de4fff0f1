import t from 'tap'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const { password } = ada

/** The operations for which an open session alone is not enough. */
const operations = [
  {
    method: 'POST',
    url: '/auth/password/change',
    payload: { currentPassword: password, newPassword: 'a horse of another colour' },
    done: 200,
  },
  { method: 'POST', url: '/auth/email/change', payload: { email: 'new@example.com', password }, done: 202 },
  { method: 'DELETE', url: '/auth/me', payload: { password }, done: 204 },
] as const

for (const { done, ...request } of operations) {
  const name = `${request.method} ${request.url}`

  t.test(`${name}: an unauthenticated client is asked to sign in, before anything is hashed or stored`, async t => {
    const { app, asked } = await testApplication(t, { mail: true })
    const hashes = hashCalls(t)
    refused(t, await app.inject(request), 401, 'FAST_AUTH_UNAUTHENTICATED')
    const garbled = await app.inject({ ...request, headers: bearer('x.y.z') })
    refused(t, garbled, 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
    t.strictSame([asked(), hashes()], [[], []])
  })

  t.test(`${name}: another site's page cannot ask for it with the cookie`, async t => {
    const { app, asked } = await testApplication(t, { mail: true })
    const cookie = await signUpForCookies(app)
    asked()
    const from = (site: string) => app.inject({ ...request, headers: { cookie, 'sec-fetch-site': site } })
    refused(t, await from('cross-site'), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
    t.strictSame(asked(), [])
    t.equal((await from('same-origin')).statusCode, done)
  })
}
