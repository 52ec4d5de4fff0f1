import t from 'tap'
import { ada, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

t.test('a user is found by id, and by their address however it is typed', async t => {
  const { app } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  const found = await app.fastAuth.findUser({ userId: user.id })
  const now = Date.UTC(2026, 0, 1, 12)
  t.strictSame(found, {
    id: user.id,
    email: ada.email,
    emailConfirmedAt: null,
    username: null,
    profile: {},
    createdAt: now,
    lastSignInAt: now,
    disabledAt: null,
  })
  t.strictSame(await app.fastAuth.findUser({ email: ' Ada@EXAMPLE.com'.trim() }), found)
})

t.test('a user is found by user name, however it is typed', async t => {
  const { app, calls } = await testApplication(t)
  const made = await app.fastAuth.createUser({ ...ada, username: 'countess' })
  if (made.outcome !== 'created') throw new Error(made.outcome)
  t.strictSame(await app.fastAuth.findUser({ username: 'Countess' }), made.user)
  calls.length = 0
  t.equal(await app.fastAuth.findUser({ username: 'no name' }), null)
  t.strictSame(calls, [])
})

t.test('a disabled user is found too, and says since when', async t => {
  const { app, advance } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  advance(60)
  await app.fastAuth.disableUser(user.id)
  t.hasStrict(await app.fastAuth.findUser({ userId: user.id }), { disabledAt: Date.UTC(2026, 0, 1, 12, 1) })
})

t.test('unknown keys find no user, and an invalid address costs no storage call', async t => {
  const { app, calls } = await testApplication(t)
  for (const key of [{ userId: 'unknown' }, { username: 'missing' }, { email: 'ben@example.com' }]) {
    t.equal(await app.fastAuth.findUser(key), null)
  }
  calls.length = 0
  t.equal(await app.fastAuth.findUser({ email: 'ben' }), null)
  t.strictSame(calls, [])
})

t.test('users are counted, disabled ones included', async t => {
  const { app } = await testApplication(t)
  t.equal(await app.fastAuth.countUsers(), 0)
  const { user } = await signUpForTokens(app)
  await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  await app.fastAuth.disableUser(user.id)
  t.equal(await app.fastAuth.countUsers(), 2)
})
