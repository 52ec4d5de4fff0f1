import t from 'tap'
import { memorySender } from '../../lib/mail/index.js'
import { signUpUser } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { publicUrl } from '../support/test-mail.js'

t.test('a user who is signed up is signed in with tokens', async t => {
  const { app, events } = await testApplication(t)
  const { user, session, accessToken, refreshToken, email, password, inject } = await signUpUser(app, ada)
  t.hasStrict({ email, password }, ada)
  t.equal(user.email, ada.email)
  t.strictSame(
    events.map(({ name }) => name),
    ['user_created', 'authn_login_success'],
  )
  const me = await inject('/auth/me')
  t.hasStrict(me.json(), { user: { id: user.id }, via: 'session' })
  const sessions = await inject({ url: '/auth/sessions', headers: { 'user-agent': 'test' } })
  t.hasStrict(sessions.json(), { items: [{ id: session.id, current: true }] })
  const refresh = { method: 'POST', url: '/auth/refresh', payload: { refreshToken } } as const
  t.equal((await app.inject(refresh)).statusCode, 200)
  t.equal(accessToken.split('.').length, 3)
})

t.test('without settings, each call makes another user', async t => {
  const { app } = await testApplication(t, { options: { passwords: { hasher: 'bcrypt:10', requireDigit: true } } })
  const [first, second] = [await signUpUser(app), await signUpUser(app, {})]
  t.not(first.email, second.email)
  t.not(first.password, second.password)
  t.not(first.user.id, second.user.id)
})

t.test('a header of the request overrides the credentials of its user', async t => {
  const { app } = await testApplication(t)
  const [first, second] = [await signUpUser(app), await signUpUser(app)]
  const headers = { authorization: `Bearer ${second.accessToken}` }
  const me = await first.inject({ url: '/auth/me', headers })
  t.equal(me.json().user.id, second.user.id)
})

t.test('with cookies, requests carry those that the last answers set, as a browser on the same origin', async t => {
  const { app } = await testApplication(t, { options: { requireOriginHeader: true } })
  const { user, session, inject } = await signUpUser(app, { transport: 'cookie' })
  const before = await inject('/auth/me')
  t.hasStrict(before.json(), { user: { id: user.id } })
  const refreshed = await inject({ method: 'POST', url: '/auth/refresh' })
  t.equal(refreshed.json().session.id, session.id)
  const sent = Object.fromEntries(refreshed.cookies.map(({ name, value }) => [name, value]))
  const after = await inject('/auth/me')
  const carried = String(after.raw.req.headers.cookie).split('; ')
  t.ok(carried.includes(`__Host-access_token=${sent['__Host-access_token']}`))
  t.equal((await inject({ method: 'POST', url: '/auth/sign-out' })).statusCode, 204)
  const signedOut = await inject('/auth/me')
  t.equal(signedOut.json().code, 'FAST_AUTH_UNAUTHENTICATED')
  t.equal(signedOut.raw.req.headers.cookie, '')
})

t.test('with cookies, a request of another origin is refused as a browser’s would be', async t => {
  const { app } = await testApplication(t)
  const { inject } = await signUpUser(app, { transport: 'cookie' })
  const headers = { 'sec-fetch-site': 'cross-site' }
  const answer = await inject({ method: 'DELETE', url: '/auth/sessions', headers })
  t.equal(answer.json().code, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('the routes are found under another prefix', async t => {
  const { app } = await testApplication(t, { options: { prefix: '/accounts' } })
  const { inject } = await signUpUser(app, { prefix: '/accounts' })
  t.equal((await inject('/accounts/me')).statusCode, 200)
})

t.test('the sign-up carries the fields of the application', async t => {
  const bodies: unknown[] = []
  const { app } = await testApplication(t, {
    before(app) {
      app.addHook('preValidation', async request => {
        const { profile, ...body } = request.body as Record<string, unknown>
        bodies.push(profile)
        request.body = body
      })
    },
  })
  await signUpUser(app, { profile: { plan: 'free' } })
  t.strictSame(bodies, [{ plan: 'free' }])
})

for (const transport of ['token', 'cookie'] as const) {
  t.test(`if addresses must be confirmed, the mailed link is followed: ${transport}`, async t => {
    const mailbox = memorySender()
    const email = { sender: mailbox, from: 'accounts@example.com' }
    const options = { publicUrl, email, requireEmailConfirmation: true, prefix: '/accounts' }
    const { app } = await testApplication(t, { options })
    const settings = { email: 'Ada@Example.com', mailbox, prefix: '/accounts' }
    const { user, inject } = await (transport === 'token'
      ? signUpUser(app, settings)
      : signUpUser(app, { ...settings, transport }))
    t.equal(user.emailConfirmedAt, '2026-01-01T12:00:00.000Z')
    t.hasStrict((await inject('/accounts/me')).json(), { user: { email: ada.email } })
  })
}

t.test('if addresses must be confirmed, a sign-up without a mailbox rejects', async t => {
  const email = { sender: memorySender(), from: 'accounts@example.com' }
  const { app } = await testApplication(t, { options: { publicUrl, email, requireEmailConfirmation: true } })
  await t.rejects(signUpUser(app), {
    message: 'Sign-up answered 202: give signUpUser the mailbox to confirm addresses',
  })
})

t.test('if addresses must be confirmed, signing a taken one up rejects', async t => {
  const mailbox = memorySender()
  const email = { sender: mailbox, from: 'accounts@example.com' }
  const { app } = await testApplication(t, { options: { publicUrl, email, requireEmailConfirmation: true } })
  await signUpUser(app, { ...ada, mailbox })
  await t.rejects(signUpUser(app, { ...ada, mailbox }), {
    message: 'The message "You already have an account at app.example.com" has no link with a token',
  })
})
