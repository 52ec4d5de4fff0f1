import t, { type Test } from 'tap'
import { ValidationError } from '../../lib/errors/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

async function unconfirmedAda(t: Test) {
  const hookCalls: unknown[] = []
  const hooks = {
    afterEmailConfirm: ({ user, reason }: { user: { email: string }; reason: string }) =>
      void hookCalls.push([user.email, reason]),
  }
  const tested = await testApplication(t, { mail: true, options: { hooks } })
  const signedUp = await signUpForTokens(tested.app)
  tested.events.length = 0
  return { ...tested, ...signedUp, userId: signedUp.user.id, hookCalls }
}

t.test('an address that is known to be theirs counts as proven, and the link that waited is worth nothing', async t => {
  const { app, userId, hookCalls, events, post, tokenTo } = await unconfirmedAda(t)
  const confirmation = await app.fastAuth.confirmUserEmail(userId, 'Ada@EXAMPLE.com')
  t.hasStrict(confirmation, {
    outcome: 'confirmed',
    user: { email: ada.email, emailConfirmedAt: Date.UTC(2026, 0, 1, 12) },
  })
  t.notMatch(JSON.stringify(confirmation), /passwordHash|bcrypt/)
  const about = { at: '2026-01-01T12:00:00.000Z', userId, sessionId: null, ip: null, userAgent: null, requestId: null }
  t.strictSame(events, [{ name: 'user_updated', reason: 'email_confirmed', ...about }])
  t.strictSame(hookCalls, [[ada.email, 'email_confirmed']])
  const token = await tokenTo(ada.email, 'confirmEmail')
  refused(t, await post('/email/confirm', { token, password: ada.password }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
})

t.test('an address that was confirmed before keeps its time, and no event or hook follows', async t => {
  const { app, userId, hookCalls, events, advance } = await unconfirmedAda(t)
  const first = await app.fastAuth.confirmUserEmail(userId, ada.email)
  advance(60)
  t.strictSame(await app.fastAuth.confirmUserEmail(userId, ada.email), first)
  t.equal(events.length, 1)
  t.equal(hookCalls.length, 1)
})

t.test('an address that the user has changed to meanwhile is not confirmed', async t => {
  const { app, userId, accessToken, post, tokenTo, hookCalls, events } = await unconfirmedAda(t)
  await post('/email/change', { email: 'new@example.com', password: ada.password }, bearer(accessToken))
  await post('/email/change/confirm', {
    token: await tokenTo('new@example.com', 'changeEmail'),
    password: ada.password,
  })
  events.length = 0
  hookCalls.length = 0
  t.strictSame(await app.fastAuth.confirmUserEmail(userId, ada.email), { outcome: 'unknownUser' })
  t.strictSame([events, hookCalls], [[], []])
})

t.test('an unknown user is an outcome, and an invalid address is refused', async t => {
  const { app, userId } = await unconfirmedAda(t)
  t.strictSame(await app.fastAuth.confirmUserEmail('unknown', ada.email), { outcome: 'unknownUser' })
  t.type(await app.fastAuth.confirmUserEmail(userId, 'ada').catch(thrown => thrown), ValidationError)
})
