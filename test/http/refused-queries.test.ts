import t from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const operations = [
  ['POST', '/auth/sign-up', ada],
  ['POST', '/auth/sign-in', ada],
  ['POST', '/auth/refresh', {}],
  ['POST', '/auth/sign-out', {}],
  ['GET', '/auth/me'],
  ['HEAD', '/auth/me'],
  ['GET', '/auth/sessions'],
  ['DELETE', '/auth/sessions'],
  ['DELETE', '/auth/sessions/3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'],
  ['POST', '/auth/api-keys', { name: 'deploy' }],
  ['POST', '/auth/api-keys/3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11/roll', {}],
  ['DELETE', '/auth/api-keys/3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'],
] as const

const queries = ['x', 'x=1', 'transport=token', 'limit=1&limit=2', '__proto__=1', 'constructor=1', '=', 'a[b]=c']

t.test('no operation but a list takes a query parameter, nor leaves one aside', async t => {
  const { app, calls, events } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  calls.length = 0
  events.length = 0
  for (const [method, path, payload] of operations) {
    for (const query of queries) {
      const url = `${path}?${query}`
      const answer = await app.inject({ method, url, headers: bearer(accessToken), ...(payload && { payload }) })
      t.equal(answer.statusCode, 400, `${method} ${url}`)
      if (method !== 'HEAD') refused(t, answer, 400, 'FST_ERR_VALIDATION')
    }
  }
  t.strictSame([calls, events], [[], []])
})

t.test('a token in the query is no credential, and is not repeated', async t => {
  const { app, calls } = await testApplication(t)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  calls.length = 0
  for (const name of ['access_token', 'token', 'accessToken', 'authorization', 'jwt']) {
    const me = await app.inject({ url: `/auth/me?${name}=${accessToken}` })
    refused(t, me, 401, 'FAST_AUTH_UNAUTHENTICATED')
    t.notOk(me.body.includes(accessToken))
  }
  for (const path of ['/auth/refresh', '/auth/sign-out']) {
    for (const query of [`refreshToken=${refreshToken}`, `refresh_token=${refreshToken}`, refreshToken]) {
      const answer = await app.inject({ method: 'POST', url: `${path}?${query}` })
      refused(t, answer, 400, 'FST_ERR_VALIDATION')
      t.notOk(answer.body.includes(refreshToken))
    }
  }
  t.strictSame(calls, [])
})
