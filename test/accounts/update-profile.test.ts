import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const profileSchema = Type.Object({
  nickname: Type.String(),
  plan: Type.Optional(Type.String({ readOnly: true })),
  more: Type.Optional(Type.Unknown()),
  team: Type.Optional(Type.String({ format: 'uuid' })),
})
const options = { profileSchema }

async function profileApp(t: Test) {
  const tested = await testApplication(t, { options })
  const payload = { ...ada, transport: 'token', profile: { nickname: 'Ada' } }
  const signUp = await tested.app.inject({ method: 'POST', url: '/auth/sign-up', payload })
  const { user, accessToken } = signUp.json()
  tested.calls.length = 0
  tested.events.length = 0
  const me = async () => (await tested.app.inject({ url: '/auth/me', headers: bearer(accessToken) })).json().user
  return { ...tested, userId: String(user.id), me }
}

t.test('the server sets fields, also those that users cannot set', async t => {
  const { app, calls, events, userId, me } = await profileApp(t)
  const change = await app.fastAuth.updateProfile(userId, { plan: 'pro' })
  t.hasStrict(change, {
    outcome: 'updated',
    user: { id: userId, email: ada.email, profile: { nickname: 'Ada', plan: 'pro' } },
  })
  t.notMatch(JSON.stringify(change), /passwordHash|bcrypt/)
  t.strictSame(calls, ['users.updateProfile'])
  t.strictSame(events, [
    {
      name: 'user_updated',
      reason: 'profile_updated',
      at: '2026-01-01T12:00:00.000Z',
      userId,
      sessionId: null,
      ip: null,
      userAgent: null,
      requestId: null,
    },
  ])
  t.strictSame((await me()).profile, { nickname: 'Ada', plan: 'pro' })
})

t.test('an unknown user is an outcome', async t => {
  const { app, events } = await profileApp(t)
  t.strictSame(await app.fastAuth.updateProfile('unknown', { plan: 'pro' }), { outcome: 'unknownUser' })
  t.strictSame(events, [])
})

t.test('fields that are not as the schema says are refused without being repeated', async t => {
  const { app, calls, events, userId } = await profileApp(t)
  const deep = JSON.parse(`${'{"x":'.repeat(8)}1${'}'.repeat(8)}`)
  const wrong = [
    { plan: 5 },
    { role: 'c4n4ry' },
    JSON.parse('{"__proto__":"c4n4ry"}'),
    { team: 'c4n4ry' },
    [],
    null,
    { more: deep },
  ]
  for (const patch of wrong) {
    const refusal = app.fastAuth.updateProfile(userId, patch)
    const error = await refusal.catch(thrown => thrown)
    t.type(error, TypeError)
    t.match(error.message, /^updateProfile of fast-auth was given an invalid profile: .*must /)
    t.notMatch(error.message, 'c4n4ry')
  }
  t.strictSame([calls, events], [[], []])
})

t.test('a profile that would be too large is refused', async t => {
  const { app, events, userId, me } = await profileApp(t)
  const huge = app.fastAuth.updateProfile(userId, { more: 'x'.repeat(16_384) })
  await t.rejects(huge, new TypeError('updateProfile of fast-auth stores at most 16384 bytes of JSON for a user'))
  t.strictSame(events, [])
  t.strictSame((await me()).profile, { nickname: 'Ada' })
})

t.test('without a schema there is nothing to set', async t => {
  const { app } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  const refusal = app.fastAuth.updateProfile(user.id, {})
  await t.rejects(refusal, new TypeError('updateProfile of fast-auth needs the option "profileSchema"'))
})
