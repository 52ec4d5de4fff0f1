import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { getMeRoute } from '../../lib/features/accounts/get-me.route.js'
import type { RouteDependencies } from '../../lib/features/route-dependencies.js'
import { createGuards } from '../../lib/http/guards.js'
import { useStrictSchemas } from '../../lib/http/strict-schemas.js'
import { namedSchemas } from '../../schemas/index.js'
import { ada, bearer, signUpForCookies, signUpForTokens } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a signed-in user sees their own record, by token and by cookie, and no hash', async t => {
  const { app, calls } = await testApplication(t)
  const { accessToken, user } = await signUpForTokens(app)
  const account = { email: 'ben@example.com', password: 'another good password' }
  const cookie = await signUpForCookies(app, account)
  calls.length = 0
  const byToken = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  t.equal(byToken.statusCode, 200)
  t.hasStrict(byToken.headers, answerHeaders)
  t.strictSame(byToken.json(), { user, via: 'session' })
  t.strictSame(calls, ['users.find'])
  const byCookie = await app.inject({ url: '/auth/me', headers: { cookie } })
  t.equal(byCookie.json().user.email, 'ben@example.com')
  t.strictSame(Object.keys(byCookie.json().user).sort(), [
    'createdAt',
    'email',
    'emailConfirmedAt',
    'id',
    'lastSignInAt',
    'profile',
  ])
})

t.test('a user name, a confirmed address and profile fields are shown if they exist', async t => {
  const storage = memoryStorage()
  const showing = {
    ...storage,
    users: {
      ...storage.users,
      find: async (wanted: { userId: string }) => {
        const user = await storage.users.find(wanted)
        const more = { username: 'ada', emailConfirmedAt: Date.UTC(2026, 0, 2), profile: { theme: { dark: true } } }
        return user && { ...user, ...more, lastSignInAt: null }
      },
    },
  }
  const { app } = await testApplication(t, { options: { storage: showing, usernames: true } })
  const { accessToken, user } = await signUpForTokens(app)
  const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  t.strictSame(me.json().user, {
    ...user,
    username: 'ada',
    emailConfirmedAt: '2026-01-02T00:00:00.000Z',
    profile: { theme: { dark: true } },
    lastSignInAt: null,
  })
})

t.test('a request without a credential is refused', async t => {
  const { app, calls } = await testApplication(t)
  refused(t, await app.inject({ url: '/auth/me' }), 401, 'FAST_AUTH_UNAUTHENTICATED')
  t.strictSame(calls, [])
})

t.test('an account that was deleted meanwhile is refused', async t => {
  const storage = memoryStorage()
  const { app } = await testApplication(t, { options: { storage } })
  const { accessToken, user } = await signUpForTokens(app)
  await storage.users.delete({ userId: user.id, now: Date.now() })
  const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('HEAD answers as GET, without a body', async t => {
  const { app } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  const head = await app.inject({ method: 'HEAD', url: '/auth/me', headers: bearer(accessToken) })
  t.strictSame([head.statusCode, head.body], [200, ''])
  t.equal((await app.inject({ method: 'HEAD', url: '/auth/me' })).statusCode, 401)
})

t.test('an API key sees whose it is and what it may do', async t => {
  const storage = memoryStorage()
  const { app } = await testApplication(t, { options: { storage } })
  const { user } = await signUpForTokens(app)
  const key = { id: user.id, email: ada.email, via: 'apiKey', apiKeyId: 'k', scopes: ['reports:read'] } as const
  const authenticate = () => ({ user: key, authenticatedAt: null, hasSecondFactor: false })
  const { guards } = createGuards({
    authenticator: { authenticate, authenticateOptional: authenticate },
    emitRefusal: () => {},
    secondFactor: 'off',
    hasSecondFactors: false,
    roles: null,
    clock: Date.now,
  })
  const other = Fastify().decorateRequest('user', null)
  t.teardown(() => other.close())
  useStrictSchemas(other, { documented: namedSchemas, answered: namedSchemas })
  getMeRoute(other.withTypeProvider<TypeBoxTypeProvider>(), {
    dependencies: { storage },
    guards,
  } as unknown as RouteDependencies)
  t.strictSame((await other.inject('/me')).json(), { user, via: 'apiKey', scopes: ['reports:read'] })
})
