import { Type } from '@sinclair/typebox'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { SignInRefusedError, SignUpRefusedError } from '../../lib/index.js'
import { ada, bearer } from '../support/account.js'
import { actingBefore } from '../support/acting-before.js'
import { embeddedAdapters } from '../support/adapters.js'
import { browser } from '../support/browser.js'
import { codeApplication, codeOf, invalid, stranger } from '../support/code-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const emailSignIn = { signUp: true } as const

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} the code of an address without an account creates one, with a proven address`, async t => {
    const { storage } = await open(t)
    const options = { storage, migrate: true, emailSignIn }
    const { app, request, use, asked, events } = await codeApplication(t, { options })
    const requested = await request(stranger)
    asked()
    events.length = 0
    const answer = await use(requested)
    t.equal(answer.statusCode, 201)
    const { user, session, accessToken } = answer.json()
    const time = new Date(noon).toISOString()
    t.hasStrict(user, { email: stranger, emailConfirmedAt: time, createdAt: time, lastSignInAt: time })
    t.strictSame(asked(), ['signInCodes.tryCode', 'users.create', 'sessions.open'])
    t.hasStrict(events, [
      { name: 'user_created', userId: user.id, sessionId: null },
      { name: 'authn_login_success', userId: user.id, sessionId: session.id },
    ])
    t.equal(events.length, 2)
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
    t.equal((await storage.users.find({ userId: user.id }))?.passwordHash, null)
    refused(t, await use(requested), 401, invalid)
    t.equal((await use(await request(stranger))).statusCode, 200, 'the next sign-in creates none')
  })
}

t.test('a browser that signs up by mail gets the cookies of a session', async t => {
  const { app, codeMessage } = await codeApplication(t, { options: { emailSignIn } })
  const own = browser(app)
  const post = (path: string, payload: object) => own.send({ method: 'POST', url: `/auth${path}`, payload })
  await post('/sign-in/email', { email: stranger })
  const answer = await post('/sign-in/email/confirm', { code: codeOf(await codeMessage(stranger)) })
  t.equal(answer.statusCode, 201)
  t.equal((await own.send({ url: '/auth/me' })).json().user.email, stranger)
})

t.test('without signUp, the same address gets no code, and there is no account', async t => {
  const storage = memoryStorage()
  const { ask, confirm } = await codeApplication(t, { options: { storage } })
  const { signInToken } = (await ask(stranger, 'token')).json()
  refused(t, await confirm({ code: '7777-7777', signInToken }), 401, invalid)
  t.equal(await storage.users.findByEmail({ email: stranger }), null)
})

t.test('a code that was mailed while signUp was on creates no account once it is off', async t => {
  const storage = memoryStorage()
  const { request } = await codeApplication(t, { options: { storage, emailSignIn } })
  const { code, body } = await request(stranger)
  const { post } = await testApplication(t, { mail: true, options: { storage, emailSignIn: {} } })
  refused(t, await post('/sign-in/email/confirm', { code, ...body }), 401, invalid)
  t.equal(await storage.users.findByEmail({ email: stranger }), null)
})

t.test('the hooks of a sign-up are called with what a sign-up by mail has', async t => {
  const called: unknown[] = []
  const keep = (name: string) => (context: object) => void called.push([name, context])
  const names = ['beforeSignUp', 'afterSignUp', 'beforeSignIn', 'afterSignIn', 'afterEmailConfirm'] as const
  const hooks = Object.fromEntries(names.map(name => [name, keep(name)]))
  const { request, use } = await codeApplication(t, { options: { emailSignIn, hooks } })
  const { user, session } = (await use(await request(stranger))).json()
  const { id } = user
  const client = { ip: '127.0.0.1' }
  t.hasStrict(called, [
    ['beforeSignUp', { email: stranger, username: null, client }],
    ['afterSignUp', { user: { id, email: stranger, lastSignInAt: null }, sessionId: null, client }],
    ['beforeSignIn', { user: { id }, client }],
    ['afterSignIn', { user: { id }, sessionId: session.id, client }],
  ])
  t.equal(called.length, 4)
})

t.test('an application that refuses the sign-up creates no user, and the code stays what it was', async t => {
  const storage = memoryStorage()
  let isAllowed = false
  const hooks = {
    beforeSignUp() {
      if (!isAllowed) throw new SignUpRefusedError('By invitation only')
    },
  }
  const { request, use, events } = await codeApplication(t, { options: { storage, emailSignIn, hooks } })
  const requested = await request(stranger)
  events.length = 0
  for (let count = 0; count < 6; count += 1) refused(t, await use(requested), 403, 'FAST_AUTH_SIGN_UP_REFUSED')
  t.notOk(events.some(({ name }) => name === 'user_created' || name === 'authn_login_success'))
  t.equal(await storage.users.findByEmail({ email: stranger }), null)
  isAllowed = true
  t.equal((await use(requested)).statusCode, 201)
})

t.test('a hook that refuses sign-ups refuses no sign-in of a user who exists', async t => {
  const hooks = {
    beforeSignUp() {
      throw new SignUpRefusedError('Sign-ups are closed')
    },
  }
  const { request, use } = await codeApplication(t, { options: { emailSignIn, hooks } })
  t.equal((await use(await request())).statusCode, 200)
})

t.test('a user who is created between the request and the code signs in, and no second one is created', async t => {
  const { app, request, use } = await codeApplication(t, { options: { emailSignIn } })
  const requested = await request(stranger)
  const creation = await app.fastAuth.createUser({ ...ada, email: stranger })
  const answer = await use(requested)
  t.equal(answer.statusCode, 200)
  t.equal(creation.outcome === 'created' && creation.user.id, answer.json().user.id)
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(answer.json().accessToken) })).statusCode, 200)
})

t.test('an account that another client creates in the last moment loses its password and its session', async t => {
  const { storage, armed, right } = actingBefore('users.create')
  const { app, post, request, use, events } = await codeApplication(t, { options: { storage, emailSignIn } })
  const requested = await request(stranger)
  const attacker: { accessToken?: string } = {}
  armed.act = async () => {
    const signUp = await post('/sign-up', { ...ada, email: stranger, transport: 'token' })
    attacker.accessToken = signUp.json().accessToken
  }
  const answer = await use(requested)
  t.equal(answer.statusCode, 200)
  const me = await app.inject({ url: '/auth/me', headers: bearer(String(attacker.accessToken)) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
  refused(t, await post('/sign-in', { ...ada, email: stranger }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await right.users.findByEmail({ email: stranger }))?.passwordHash, null)
  t.equal(events.filter(({ name }) => name === 'user_created').length, 1, 'that of the other client')
})

t.test('the new user has no user name, an empty profile, and no password', async t => {
  const profileSchema = Type.Object({ name: Type.Optional(Type.String()) })
  const options = { emailSignIn, profileSchema, usernames: true }
  const { codeSession } = await codeApplication(t, { options })
  const { user } = await codeSession(stranger)
  t.hasStrict(user, { profile: {} })
  t.notOk('username' in user)
})

t.test('a new user whose sign-in the application refuses exists, and has no session', async t => {
  const storage = memoryStorage()
  const hooks = {
    beforeSignIn() {
      throw new SignInRefusedError('Sign-ins are closed')
    },
  }
  const { request, use } = await codeApplication(t, { options: { storage, emailSignIn, hooks } })
  refused(t, await use(await request(stranger)), 403, 'FAST_AUTH_SIGN_IN_REFUSED')
  const user = await storage.users.findByEmail({ email: stranger })
  t.equal(user?.emailConfirmedAt, noon)
  const { total } = await storage.sessions.list({ userId: String(user?.id), now: noon, limit: 9, offset: 0 })
  t.equal(total, 0)
})

t.test('a sign-up by mail needs no further confirmation', async t => {
  const options = { emailSignIn, requireEmailConfirmation: true }
  const { request, use, everythingTo } = await codeApplication(t, { options })
  t.equal((await use(await request(stranger))).statusCode, 201)
  t.equal((await everythingTo(stranger)).length, 1, 'the message with the code')
})
