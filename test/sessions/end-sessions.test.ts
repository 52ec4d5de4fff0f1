import t from 'tap'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

t.test('all sessions of a user end together, the user signs in again, and others stay signed in', async t => {
  const reasons: string[] = []
  const hooks = { afterSessionEnd: ({ reason }: { reason: string }) => void reasons.push(reason) }
  const { app, events } = await testApplication(t, { options: { hooks } })
  const one = await signUpForTokens(app)
  const two = await signInForTokens(app)
  const otherUser = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  events.length = 0
  const userId = one.user.id
  t.strictSame(await app.fastAuth.endSessions(userId), { outcome: 'ended', endedSessions: 2 })
  const about = { at: '2026-01-01T12:00:00.000Z', userId, ip: null, userAgent: null, requestId: null }
  const revoked = { name: 'authn_token_revoked', reason: 'revoked', ...about }
  t.strictSame(
    events,
    [one, two].map(({ session }) => ({ ...revoked, sessionId: session.id })),
  )
  t.strictSame(reasons, ['revoked', 'revoked'])
  const me = async (accessToken: string) =>
    (await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode
  t.strictSame([await me(one.accessToken), await me(two.accessToken), await me(otherUser.accessToken)], [401, 401, 200])
  t.equal((await signInForTokens(app)).user.id, userId)
})

t.test('a user without sessions is distinguished from an unknown user', async t => {
  const { app, events } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  await app.fastAuth.endSessions(user.id)
  events.length = 0
  t.strictSame(await app.fastAuth.endSessions(user.id), { outcome: 'ended', endedSessions: 0 })
  t.strictSame(await app.fastAuth.endSessions('unknown'), { outcome: 'unknownUser' })
  t.strictSame(events, [])
})
