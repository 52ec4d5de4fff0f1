import t from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { parkRequest } from '../support/parked-request.js'
import { testApplication } from '../support/test-application.js'

const keepAlive = { connection: 'keep-alive' }

t.test('a body that is withheld is answered with 408, the connection is closed, and nothing is done', async t => {
  const { app, calls } = await testApplication(t, { options: { bodyTimeoutSeconds: 0.1 } })
  const { accessToken } = await signUpForTokens(app)
  calls.length = 0
  for (const [method, url, payload] of [
    ['POST', '/auth/sign-in', ada],
    ['POST', '/auth/api-keys', { name: 'nightly backup' }],
    ['DELETE', '/auth/me', { password: ada.password }],
    ['POST', '/auth/refresh', { refreshToken: 'x' }],
  ] as const) {
    const headers = { ...keepAlive, ...bearer(accessToken) }
    const parked = await parkRequest(t, app, { method, url, headers, payload })
    t.same(await parked.answer(), { statusCode: 408, code: 'FAST_AUTH_BODY_TIMEOUT' }, `${method} ${url}`)
  }
  t.same(calls, [])
})

t.test('a body that is refused for its size or its type is not waited for', async t => {
  const { app } = await testApplication(t, { options: { bodyTimeoutSeconds: 60 } })
  const request = { method: 'POST', url: '/auth/sign-in', payload: { x: 1 } }
  const unread = await parkRequest(t, app, { ...request, headers: { ...keepAlive, 'content-length': '100000' } })
  t.same(await unread.answer(), { statusCode: 413, code: 'FST_ERR_CTP_BODY_TOO_LARGE' })
  const text = { ...request, headers: { ...keepAlive, 'content-type': 'text/plain' } }
  const refused = await parkRequest(t, app, { ...text, headers: { ...text.headers, connection: 'close' } })
  t.same(await refused.answer(), { statusCode: 415, code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' })
})

t.test('a body that is late, and not too late, is read', async t => {
  const { app } = await testApplication(t, { options: { bodyTimeoutSeconds: 60 } })
  await signUpForTokens(app)
  const parked = await parkRequest(t, app, { method: 'POST', url: '/auth/sign-in', headers: {}, payload: ada })
  t.equal((await parked.finish()).statusCode, 200)
})

t.test('the routes of the host wait as long as the host says', async t => {
  const { app } = await testApplication(t, {
    options: { bodyTimeoutSeconds: 0.1 },
    after: app => void app.post('/own', async ({ body }) => body),
  })
  const parked = await parkRequest(t, app, { method: 'POST', url: '/own', headers: {}, payload: { own: true } })
  await new Promise(resolve => setTimeout(resolve, 200))
  t.equal((await parked.finish()).statusCode, 200)
})
