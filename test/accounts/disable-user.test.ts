import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { introspectionSecret } from '../support/secret.js'
import { soon } from '../support/soon.js'
import { testApplication } from '../support/test-application.js'

const noRequest = { ip: null, userAgent: null, requestId: null }
const at = '2026-01-01T12:00:00.000Z'

t.test('a disabled user’s sessions end immediately, and events and the hook give the reason', async t => {
  const ended: unknown[] = []
  const afterSessionEnd = ({ signal: _, ...context }: object & { signal: AbortSignal }) => void ended.push(context)
  const { app, calls, events } = await testApplication(t, { options: { hooks: { afterSessionEnd } } })
  const one = await signUpForTokens(app)
  const other = await signInForTokens(app)
  calls.length = 0
  events.length = 0
  const userId = one.user.id
  t.strictSame(await app.fastAuth.disableUser(userId), { outcome: 'disabled', endedSessions: 2 })
  t.strictSame(calls, ['users.disable'])
  const revoked = { name: 'authn_token_revoked', reason: 'user_disabled', at, userId, ...noRequest }
  t.strictSame(events, [
    { name: 'user_disabled', at, userId, sessionId: null, ...noRequest },
    { ...revoked, sessionId: one.session.id },
    { ...revoked, sessionId: other.session.id },
  ])
  t.strictSame(
    ended,
    [one, other].map(({ session }) => ({
      userId,
      sessionId: session.id,
      reason: 'user_disabled',
      client: { ip: null, userAgent: null, requestId: null },
    })),
  )
  for (const { accessToken, refreshToken } of [one, other]) {
    refused(t, await app.inject({ url: '/auth/me', headers: bearer(accessToken) }), 401, 'FAST_AUTH_SESSION_REVOKED')
    const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
    refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  }
})

t.test('an unknown user is an outcome, and no other user is affected', async t => {
  const { app, events } = await testApplication(t)
  t.strictSame(await app.fastAuth.disableUser('unknown'), { outcome: 'unknownUser' })
  t.strictSame(await app.fastAuth.enableUser('unknown'), { outcome: 'unknownUser' })
  t.strictSame(events, [])
})

t.test('a user who is enabled again signs in, and the sessions of before stay ended', async t => {
  const { app, events } = await testApplication(t)
  const { user, accessToken } = await signUpForTokens(app)
  await app.fastAuth.disableUser(user.id)
  events.length = 0
  t.strictSame(await app.fastAuth.enableUser(user.id), { outcome: 'enabled' })
  t.strictSame(events, [{ name: 'user_enabled', at, userId: user.id, sessionId: null, ...noRequest }])
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 401)
  t.equal((await signInForTokens(app)).user.id, user.id)
})

for (const revocation of ['none', 'strict'] as const) {
  t.test(
    `with revocation: ${revocation}, a disabled user’s API key is refused immediately, and accepted again after they are enabled`,
    async t => {
      const { app, owner, use } = await testApplication(t, { keys: true, options: { revocation } })
      const { key } = await owner.make()
      t.equal((await use(key)).statusCode, 200)
      await app.fastAuth.disableUser(owner.user.id)
      t.hasStrict((await use(key)).json(), { statusCode: 401, code: 'FAST_AUTH_API_KEY_INVALID' })
      await app.fastAuth.enableUser(owner.user.id)
      t.equal((await use(key)).statusCode, 200)
    },
  )
}

t.test(
  "with revocation: 'none', a process that remembers the key of a user whom another process disabled accepts it for a minute",
  async t => {
    const storage = memoryStorage()
    const { app, owner, use, advance } = await testApplication(t, {
      keys: true,
      options: { storage, revocation: 'none' },
    })
    const { key } = await owner.make()
    t.equal((await use(key)).statusCode, 200)
    await storage.users.disable({ userId: owner.user.id, now: 1 })
    t.equal((await use(key)).statusCode, 200)
    const { refreshToken } = owner
    const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
    refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
    advance(60)
    t.hasStrict((await use(key)).json(), { statusCode: 401, code: 'FAST_AUTH_API_KEY_INVALID' })
  },
)

t.test('a user whom another process disabled is refused within the interval of the feed', async t => {
  const storage = memoryStorage()
  const options = { storage, revocationFeed: { everySeconds: 0.1 } }
  const { app, owner, use } = await testApplication(t, { keys: true, options })
  const { key } = await owner.make()
  t.equal((await use(key)).statusCode, 200)
  await storage.users.disable({ userId: owner.user.id, now: Date.UTC(2026, 0, 1, 12) })
  await soon(async () => (await use(key)).statusCode === 401)
  const me = () => app.inject({ url: '/auth/me', headers: bearer(owner.accessToken) })
  await soon(async () => (await me()).statusCode === 401)
  refused(t, await me(), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test(
  'in strict mode access token and key are refused immediately, whichever process has disabled their user',
  async t => {
    const storage = memoryStorage()
    const { app, owner, use } = await testApplication(t, { keys: true, options: { storage, revocation: 'strict' } })
    const { key } = await owner.make()
    t.equal((await use(key)).statusCode, 200)
    await storage.users.disable({ userId: owner.user.id, now: 1 })
    t.hasStrict((await use(key)).json(), { statusCode: 401, code: 'FAST_AUTH_API_KEY_INVALID' })
    const me = await app.inject({ url: '/auth/me', headers: bearer(owner.accessToken) })
    refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
  },
)

t.test('a disabled user’s API key is inactive to other services', async t => {
  const { app, owner } = await testApplication(t, {
    keys: true,
    options: { introspectionSecrets: [introspectionSecret] },
  })
  const { key: token } = await owner.make()
  const introspect = async () => {
    const asked = {
      method: 'POST',
      url: '/auth/tokens/introspect',
      headers: bearer(introspectionSecret),
      payload: { token },
    } as const
    return (await app.inject(asked)).json()
  }
  t.hasStrict(await introspect(), { active: true })
  await app.fastAuth.disableUser(owner.user.id)
  t.strictSame(await introspect(), { active: false })
})

t.test('if another process has disabled a user, their record is refused like that of a deleted account', async t => {
  const storage = memoryStorage()
  const { app } = await testApplication(t, {
    options: { storage },
    after(app) {
      app.get('/loaded', { onRequest: app.fastAuth.authenticate }, request => request.loadUser())
    },
  })
  const { user, accessToken } = await signUpForTokens(app)
  const headers = bearer(accessToken)
  t.equal((await app.inject({ url: '/loaded', headers })).statusCode, 200)
  await storage.users.disable({ userId: user.id, now: 1 })
  const loaded = await app.inject({ url: '/loaded', headers })
  t.hasStrict(loaded.json(), { statusCode: 401, code: 'FAST_AUTH_SESSION_REVOKED' })
  const key = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: { name: 'late' } })
  refused(t, key, 401, 'FAST_AUTH_SESSION_REVOKED')
  const { password } = ada
  const deletion = await app.inject({ method: 'DELETE', url: '/auth/me', headers, payload: { password } })
  refused(t, deletion, 401, 'FAST_AUTH_SESSION_REVOKED')
})
