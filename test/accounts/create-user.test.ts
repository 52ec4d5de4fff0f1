import { Type } from '@sinclair/typebox'
import t from 'tap'
import { HashingBusyError, PasswordTooWeakError, ValidationError } from '../../lib/errors/index.js'
import { ada, signInForTokens, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { refused } from '../support/refusal.js'
import { cheapPasswords, testApplication } from '../support/test-application.js'
import { visible } from '../support/visible.js'

const now = Date.UTC(2026, 0, 1, 12)

t.test('a user who was created by the server has no session, and signs in', async t => {
  const { app, calls, events } = await testApplication(t)
  const creation = await app.fastAuth.createUser({ ...ada, email: 'Ada@EXAMPLE.com' })
  t.hasStrict(creation, {
    outcome: 'created',
    user: {
      email: ada.email,
      emailConfirmedAt: null,
      profile: {},
      createdAt: now,
      lastSignInAt: null,
      disabledAt: null,
    },
  })
  t.notMatch(JSON.stringify(creation), /passwordHash|bcrypt/)
  t.strictSame(calls, ['users.create'])
  if (creation.outcome !== 'created') return
  const userId = creation.user.id
  const noRequest = { sessionId: null, ip: null, userAgent: null, requestId: null }
  t.strictSame(events, [{ name: 'user_created', at: '2026-01-01T12:00:00.000Z', userId, ...noRequest }])
  t.equal((await signInForTokens(app)).user.id, userId)
})

t.test('an address that is known to be theirs counts as proven', async t => {
  const { app, post } = await testApplication(t, { mail: true, options: { requireEmailConfirmation: true } })
  const creation = await app.fastAuth.createUser({ ...ada, emailConfirmed: true })
  t.hasStrict(creation, { outcome: 'created', user: { emailConfirmedAt: now } })
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})

t.test('if it is not confirmed, no message is sent before the user asks', async t => {
  const { app, post, everythingTo, tokenTo } = await testApplication(t, {
    mail: true,
    options: { requireEmailConfirmation: true },
  })
  await app.fastAuth.createUser(ada)
  t.equal((await post('/sign-in', ada)).json().code, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  await post('/email/confirm/send', { email: ada.email })
  await post('/email/confirm', { token: await tokenTo(ada.email, 'confirmEmail'), password: ada.password })
  t.equal((await post('/sign-in', ada)).statusCode, 200)
  t.equal((await everythingTo(ada.email)).length, 1)
})

t.test('no hook is called, also none that would refuse', async t => {
  const refuse = () => {
    throw new Error('never called')
  }
  const { app, events } = await testApplication(t, {
    options: { hooks: { beforeSignUp: refuse, afterSignUp: refuse } },
  })
  t.hasStrict(await app.fastAuth.createUser(ada), { outcome: 'created' })
  t.strictSame(
    events.map(({ name }) => name),
    ['user_created'],
  )
})

t.test('a taken address is an outcome, and its owner keeps everything', async t => {
  const { app, events } = await testApplication(t)
  await signUpForTokens(app)
  events.length = 0
  t.strictSame(await app.fastAuth.createUser({ ...ada, password: 'another horse battery' }), { outcome: 'emailTaken' })
  t.strictSame(events, [])
  await signInForTokens(app)
})

t.test('an account that a sign-up would refuse is refused, before anything is hashed or written', async t => {
  const { app, calls, events } = await testApplication(t)
  const refused = async (user: Parameters<typeof app.fastAuth.createUser>[0]) => {
    const error = await app.fastAuth.createUser(user).catch(thrown => thrown)
    t.notMatch(error.message, 'c4n4ry')
    return error
  }
  t.type(await refused({ ...ada, email: 'c4n4ry' }), ValidationError)
  t.type(await refused({ ...ada, password: 'c4n4ry' }), PasswordTooWeakError)
  t.type(await refused({ ...ada, password: ada.email }), PasswordTooWeakError)
  t.strictSame([calls, events], [[], []])
})

t.test('passwords are hashed in the queue of all others', async t => {
  const options = { passwords: { ...cheapPasswords, hashingConcurrency: 1, hashingQueueLimit: 1 } }
  const { app } = await testApplication(t, { options })
  const attempts = ['a', 'b', 'c'].map(name => app.fastAuth.createUser({ ...ada, email: `${name}@example.com` }))
  const outcomes = await Promise.allSettled(attempts)
  t.strictSame(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected'],
  )
  t.type(Reflect.get(Object(outcomes[2]), 'reason'), HashingBusyError)
})

t.test('a user may be given a user name, also a reserved one', async t => {
  const { app } = await testApplication(t, { options: { usernames: true } })
  const made = await app.fastAuth.createUser({ ...ada, username: 'Support' })
  t.hasStrict(made, { outcome: 'created', user: { username: 'support' } })
  const payload = { username: 'SUPPORT', password: ada.password }
  t.equal((await app.inject({ method: 'POST', url: '/auth/sign-in', payload })).statusCode, 200)
  const ben = { ...ada, email: 'ben@example.com' }
  t.strictSame(await app.fastAuth.createUser({ ...ben, username: 'suppORT' }), { outcome: 'usernameTaken' })
  const refused = await app.fastAuth.createUser({ ...ben, username: 'c4n4ry name' }).catch(thrown => thrown)
  t.type(refused, ValidationError)
  t.match(refused.message, /^body\/username must have 3 to 30 characters/)
})

const profileSchema = Type.Object({
  nickname: Type.String(),
  plan: Type.Optional(Type.String({ readOnly: true })),
  more: Type.Optional(Type.Unknown()),
})

t.test('the profile may have the fields that only the server sets', async t => {
  const { app } = await testApplication(t, { options: { profileSchema } })
  const profile = { nickname: 'Ada', plan: 'pro' }
  t.hasStrict(await app.fastAuth.createUser({ ...ada, profile }), { outcome: 'created', user: { profile } })
  t.hasStrict(await app.fastAuth.findUser({ email: ada.email }), { profile })
})

t.test('a profile that is not as the schema says is refused without being repeated', async t => {
  const { app, calls } = await testApplication(t, { options: { profileSchema } })
  for (const profile of [{ plan: 5 }, { role: 'c4n4ry' }, [] as object]) {
    const error = await app.fastAuth.createUser({ ...ada, profile }).catch(thrown => thrown)
    t.type(error, TypeError)
    t.match(error.message, /^createUser of fast-auth was given an invalid profile: .*must /)
    t.notMatch(error.message, 'c4n4ry')
  }
  const huge = { nickname: 'Ada', more: 'x'.repeat(16_384) }
  const tooLarge = new TypeError('createUser of fast-auth stores at most 16384 bytes of JSON for a user')
  await t.rejects(app.fastAuth.createUser({ ...ada, profile: huge }), tooLarge)
  t.strictSame(calls, [])
})

t.test('without a schema there is no profile to give', async t => {
  const { app } = await testApplication(t)
  const refusal = app.fastAuth.createUser({ ...ada, profile: {} })
  await t.rejects(
    refusal,
    new TypeError('createUser of fast-auth accepts a profile only with the option "profileSchema"'),
  )
})

t.test('an id from another system is kept, in lower case, and given to no other user', async t => {
  const { app, events } = await testApplication(t)
  const id = '3F0C4A52-8A53-4B21-9D8C-5F3A5D1F0C11'
  const creation = await app.fastAuth.createUser({ ...ada, id })
  t.hasStrict(creation, { outcome: 'created', user: { id: id.toLowerCase() } })
  t.hasStrict(events, [{ name: 'user_created', userId: id.toLowerCase() }])
  events.length = 0
  const again = await app.fastAuth.createUser({ ...ada, email: 'ben@example.com', id })
  t.strictSame([again, events], [{ outcome: 'idTaken' }, []])
  for (const wrong of ['', 'x', `${id}0`, 'constructor']) {
    const refusal = app.fastAuth.createUser({ ...ada, email: 'cem@example.com', id: wrong })
    await t.rejects(
      refusal,
      new ValidationError('id', 'format', 'must be a UUID such as 3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'),
    )
  }
})

t.test('a user without a password gets in with none, after the same one hash, until they set one by mail', async t => {
  const { app, events, post, tokenTo } = await testApplication(t, { mail: true })
  const hashes = hashCalls(t)
  t.hasStrict(await app.fastAuth.createUser({ email: ada.email }), { outcome: 'created' })
  t.strictSame(hashes(), [])
  events.length = 0
  const unknownUser = visible(await post('/sign-in', { ...ada, email: 'unknown@example.com' }))
  const ofUnknownUser = hashes().length
  t.strictSame([visible(await post('/sign-in', ada)), hashes().length], [unknownUser, ofUnknownUser])
  t.match(events, [{ reason: 'unknown_user' }, { name: 'authn_login_fail', reason: 'no_password', userId: String }])

  await post('/email/confirm/send', { email: ada.email })
  const confirmation = { token: await tokenTo(ada.email, 'confirmEmail'), password: ada.password }
  refused(t, await post('/email/confirm', confirmation), 401, 'FAST_AUTH_INVALID_CREDENTIALS')

  await post('/password/forgot', { email: ada.email })
  const reset = { token: await tokenTo(ada.email, 'resetPassword'), password: ada.password }
  t.equal((await post('/password/reset', reset)).statusCode, 204)
  t.match((await signInForTokens(app)).user, { emailConfirmedAt: String })
})
