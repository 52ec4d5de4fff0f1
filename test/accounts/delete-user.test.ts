import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a user who is deleted by the server is gone with all their data, and events and hooks report it', async t => {
  const hookCalls: unknown[] = []
  const hooks = {
    beforeUserDelete: ({ user }: { user: { email: string } }) => void hookCalls.push(['before', user.email]),
    afterUserDelete: ({ user }: { user: { email: string } }) => void hookCalls.push(['after', user.email]),
    afterSessionEnd: ({ reason }: { reason: string }) => void hookCalls.push(['session', reason]),
  }
  const { app, events } = await testApplication(t, { options: { hooks } })
  const { user, session, accessToken } = await signUpForTokens(app)
  const headers = bearer(accessToken)
  const made = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: { name: 'deploy' } })
  events.length = 0
  t.strictSame(await app.fastAuth.deleteUser(user.id), { outcome: 'deleted' })
  const about = { at: '2026-01-01T12:00:00.000Z', userId: user.id, ip: null, userAgent: null, requestId: null }
  const revoked = { name: 'authn_token_revoked', reason: 'user_deleted', ...about }
  t.strictSame(events, [
    { name: 'user_deleted', sessionId: null, ...about },
    { ...revoked, sessionId: session.id },
    { ...revoked, sessionId: null, apiKeyId: made.json().id },
  ])
  t.strictSame(hookCalls, [
    ['before', ada.email],
    ['after', ada.email],
    ['session', 'user_deleted'],
  ])
  refused(t, await app.inject({ url: '/auth/me', headers }), 401, 'FAST_AUTH_SESSION_REVOKED')
  const withKey = await app.inject({ url: '/auth/me', headers: bearer(made.json().key) })
  refused(t, withKey, 401, 'FAST_AUTH_API_KEY_INVALID')
  await signUpForTokens(app)
})

t.test('an unknown user is an outcome, and no hook is called', async t => {
  const refuse = () => {
    throw new Error('never called')
  }
  const { app, events } = await testApplication(t, {
    options: { hooks: { beforeUserDelete: refuse, afterUserDelete: refuse } },
  })
  t.strictSame(await app.fastAuth.deleteUser('unknown'), { outcome: 'unknownUser' })
  t.strictSame(events, [])
})

t.test('of two concurrent deletions one has the outcome deleted', async t => {
  const { app, events } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  events.length = 0
  const outcomes = await Promise.all([app.fastAuth.deleteUser(user.id), app.fastAuth.deleteUser(user.id)])
  t.strictSame(outcomes, [{ outcome: 'deleted' }, { outcome: 'unknownUser' }])
  t.equal(events.filter(({ name }) => name === 'user_deleted').length, 1)
})

t.test('if the hook refuses, no user is deleted', async t => {
  const storage = memoryStorage()
  const cause = new Error('unpaid bills')
  const beforeUserDelete = () => {
    throw cause
  }
  const { app } = await testApplication(t, { options: { storage, hooks: { beforeUserDelete } } })
  const { user } = await signUpForTokens(app)
  await t.rejects(app.fastAuth.deleteUser(user.id), { code: 'FAST_AUTH_INTERNAL_ERROR', cause })
  t.hasStrict(await storage.users.find({ userId: user.id }), { id: user.id })
})

t.test('a disabled user can be deleted', async t => {
  const { app } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  await app.fastAuth.disableUser(user.id)
  t.strictSame(await app.fastAuth.deleteUser(user.id), { outcome: 'deleted' })
  t.equal(await app.fastAuth.findUser({ userId: user.id }), null)
})
