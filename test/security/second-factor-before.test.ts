import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer } from '../support/account.js'
import { protectedApplication, wrongCode } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'

const reading = /\.(find|findByEmail|findByUsername|list|ping)$/
const writes = (calls: readonly string[]) => calls.filter(call => !reading.test(call))

t.test('no session, cookie or row exists before the last factor (GHSA-xg6x-h9c9-2m83)', async t => {
  const storage = memoryStorage()
  const { begin, complete, asked, events, user, now, secret, app } = await protectedApplication(t, {
    options: { storage },
  })
  const state = async () => [
    await storage.users.find({ userId: user.id }),
    (await storage.sessions.list({ userId: user.id, now: now(), limit: 100, offset: 0 })).items,
    await storage.secondFactors.find({ userId: user.id }),
  ]
  const before = await state()
  const answer = await begin('cookie')
  t.strictSame(
    answer.cookies.map(({ name }) => name),
    ['__Host-sign_in'],
  )
  t.strictSame(Object.keys(answer.json()).sort(), ['expiresAt', 'methods', 'status'])
  const cookie = `__Host-sign_in=${answer.cookies[0]?.value}`
  refused(t, await complete({ code: wrongCode(secret, now()) }, { cookie }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.strictSame(writes(asked()), [])
  t.strictSame(await state(), before)
  t.notOk(events.some(({ name }) => name === 'authn_login_success'))
  t.equal((await app.inject({ url: '/auth/me', headers: { cookie } })).statusCode, 401)
})

t.test('a wrong recovery code writes nothing, and no user learns of a session', async t => {
  const storage = memoryStorage()
  const { begin, complete, user, now } = await protectedApplication(t, { options: { storage } })
  const { signInToken } = (await begin()).json()
  const before = await storage.users.find({ userId: user.id })
  const wrong = await complete({ signInToken, recoveryCode: '0'.repeat(24) })
  refused(t, wrong, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.strictSame(await storage.users.find({ userId: user.id }), before)
  t.equal((await storage.sessions.list({ userId: user.id, now: now(), limit: 9, offset: 0 })).total, 1)
})

t.test('a flood of half-finished sign-ins writes no row', async t => {
  const { begin, complete, asked, secret, now } = await protectedApplication(t)
  const tokens: string[] = []
  for (let signIn = 0; signIn < 25; signIn += 1) tokens.push((await begin()).json().signInToken)
  t.equal(new Set(tokens).size, 1, 'the state is the token, and nothing else')
  for (const signInToken of tokens) await complete({ signInToken, code: wrongCode(secret, now()) })
  const calls = asked()
  t.equal(calls.length, 100)
  t.strictSame(writes(calls), [])
})

t.test('no function of the application opens a session without the factor', async t => {
  const { app, user, asked, begin } = await protectedApplication(t)
  await app.fastAuth.confirmUserEmail(user.id, ada.email)
  await app.fastAuth.disableUser(user.id)
  await app.fastAuth.enableUser(user.id)
  await app.fastAuth.findUser({ email: ada.email })
  t.notOk(asked().includes('sessions.open'))
  t.equal((await begin()).statusCode, 202)
})

t.test('a factor that is set up ends the sessions from before it, and their refresh tokens', async t => {
  const { refreshToken, accessToken, post, app } = await protectedApplication(t)
  refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  const answer = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  refused(t, answer, 401, 'FAST_AUTH_SESSION_REVOKED')
})
