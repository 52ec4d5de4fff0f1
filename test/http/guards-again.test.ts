import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer, signUpForTokens } from '../support/account.js'
import { parkRequest } from '../support/parked-request.js'
import { testApplication } from '../support/test-application.js'

const signOut = (authorization: { authorization: string }) =>
  ({ method: 'POST', url: '/auth/sign-out', headers: authorization }) as const

/** An app whose own routes take bodies behind each guard, and one account. */
async function appWithBodies(t: Test, options: Partial<FastAuthOptions> = {}) {
  const handled: unknown[] = []
  const tested = await testApplication(t, {
    options,
    after: app => {
      const { authenticate, authenticateOptional, requireSession, requireScopes, requireRecentSignIn } = app.fastAuth
      const handler = async ({ user }: { user: unknown }) => {
        handled.push(user)
        return { user }
      }
      app.post('/authenticate', { onRequest: authenticate }, handler)
      app.post('/optional', { onRequest: authenticateOptional }, handler)
      app.post('/session', { onRequest: requireSession }, handler)
      app.post('/scopes', { onRequest: requireScopes('reports:read') }, handler)
      app.post('/recent', { onRequest: [authenticate, requireRecentSignIn({ maxAgeSeconds: 600 })] }, handler)
      app.register(async scope => {
        scope.addHook('onRequest', authenticate)
        scope.post('/scope', handler)
      })
    },
  })
  const account = await signUpForTokens(tested.app)
  return { ...tested, ...account, handled, headers: bearer(account.accessToken) }
}

const urls = ['/authenticate', '/optional', '/session', '/scopes', '/recent', '/scope']

for (const revocation of ['feed', 'strict'] as const) {
  t.test(`a session that ends while a body is on its way reaches no handler (${revocation})`, async t => {
    const { app, headers, handled } = await appWithBodies(t, { revocation })
    const parked = await Promise.all(
      urls.map(url => parkRequest(t, app, { method: 'POST', url, headers, payload: { note: 'late' } })),
    )
    await app.inject(signOut(headers))
    const answers = await Promise.all(parked.map(request => request.finish()))
    for (const answer of answers) t.strictSame(answer, { statusCode: 401, code: 'FAST_AUTH_SESSION_REVOKED' })
    t.strictSame(handled, [])
  })
}

t.test('an access token that expires while a body is on its way reaches no handler', async t => {
  const { app, headers, handled, advance } = await appWithBodies(t)
  const request = { method: 'POST', url: '/session', headers, payload: {} }
  const parked = await parkRequest(t, app, request)
  advance(900)
  t.strictSame(await parked.finish(), { statusCode: 401, code: 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' })
  t.strictSame(handled, [])
})

t.test('a sign-in that grows too old while a body is on its way is refused', async t => {
  const { app, headers, handled, advance } = await appWithBodies(t)
  const parked = await parkRequest(t, app, { method: 'POST', url: '/recent', headers, payload: {} })
  advance(601)
  t.strictSame(await parked.finish(), { statusCode: 403, code: 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' })
  t.strictSame(handled, [])
})

t.test('an API key that is deleted while a body is on its way reaches no handler', async t => {
  const { app, headers, handled } = await appWithBodies(t)
  const created = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: { name: 'reports' } })
  const { key, id } = created.json()
  const parked = await parkRequest(t, app, { method: 'POST', url: '/scope', headers: bearer(key), payload: {} })
  await app.inject({ method: 'DELETE', url: `/auth/api-keys/${id}`, headers })
  t.strictSame(await parked.finish(), { statusCode: 401, code: 'FAST_AUTH_API_KEY_INVALID' })
  t.strictSame(handled, [])
})

t.test('a cookie that expires while a body arrives counts as none if signing in is optional', async t => {
  const { app, headers, accessToken, handled } = await appWithBodies(t)
  const cookie = { cookie: `__Host-access_token=${accessToken}` }
  const parked = await parkRequest(t, app, { method: 'POST', url: '/optional', headers: cookie, payload: {} })
  await app.inject(signOut(headers))
  t.equal((await parked.finish()).statusCode, 200)
  t.strictSame(handled, [null])
})

t.test('a body that comes in time changes nothing, and in strict mode costs one more storage call', async t => {
  const { app, headers, handled, calls, user } = await appWithBodies(t, { revocation: 'strict' })
  calls.length = 0
  t.equal((await app.inject({ method: 'POST', url: '/recent', headers, payload: {} })).statusCode, 200)
  t.strictSame(calls, ['sessions.find', 'sessions.find'])
  calls.length = 0
  t.equal((await app.inject({ method: 'POST', url: '/recent', headers })).statusCode, 200)
  t.strictSame(calls, ['sessions.find'])
  t.hasStrict(handled, [{ id: user.id }, { id: user.id }])
})

t.test('properties that the application adds to request.user are still there after the body', async t => {
  const { app } = await testApplication(t, {
    after: app => {
      app.post(
        '/roles',
        {
          onRequest: [
            app.fastAuth.authenticate,
            async ({ user }) => void Object.assign(Object(user), { role: 'editor' }),
          ],
          preHandler: app.fastAuth.requireSession,
        },
        async ({ user }) => Reflect.get(Object(user), 'role'),
      )
    },
  })
  const { accessToken } = await signUpForTokens(app)
  const answer = await app.inject({ method: 'POST', url: '/roles', headers: bearer(accessToken), payload: {} })
  t.equal(answer.body, 'editor')
})

for (const revocation of ['feed', 'strict'] as const) {
  t.test(`a guard that is called again in a long request says what is true then (${revocation})`, async t => {
    const storage = memoryStorage()
    const { app } = await testApplication(t, {
      options: { storage, revocation },
      after: app => {
        const { authenticate } = app.fastAuth
        app.get('/stream', { onRequest: authenticate }, async (request, reply) => {
          const codes: unknown[] = []
          const look = () =>
            new Promise<void>(resolve =>
              authenticate.call(app, request, reply, error => {
                codes.push(error === undefined ? 'good' : Reflect.get(error, 'code'))
                resolve()
              }),
            )
          await look()
          await app.inject(signOut({ authorization: String(request.headers.authorization) }))
          await sleep(1)
          await look()
          reply.removeHeader('www-authenticate')
          return codes
        })
      },
    })
    const { accessToken } = await signUpForTokens(app)
    const answer = await app.inject({ url: '/stream', headers: bearer(accessToken) })
    t.strictSame(answer.json(), ['good', 'FAST_AUTH_SESSION_REVOKED'])
  })
}
