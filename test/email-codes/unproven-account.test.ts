import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import {
  createSoftwareAuthenticator,
  registerPasskey,
  type SoftwareAuthenticator,
  setUpTotp,
  signInUser,
  signInWithTotp,
  signUpUser,
} from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { codeApplication, otherThan, stranger } from '../support/code-application.js'
import { origin, passkeys } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const attacker = { email: stranger, password: 'chosen by the attacker' }

const everything = { emailSignIn: {}, secondFactor: 'offered', passkeys } as const

/** Adds a passkey at a server without messages, where an address need not be proven. */
async function addPasskey(t: Test, storage: Storage, accessToken: string, authenticator: SoftwareAuthenticator) {
  const options = { storage, secondFactor: 'offered', publicUrl: origin, passkeys } as const
  const { app } = await testApplication(t, { options })
  const inject: Parameters<typeof registerPasskey>[0]['inject'] = request =>
    app.inject({ ...(typeof request === 'string' ? { url: request } : request), headers: bearer(accessToken) })
  await registerPasskey({ inject }, { authenticator, origin })
}

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} the owner who signs in by mail first removes all that another person has set up`, async t => {
    const { storage } = await open(t)
    const application = await codeApplication(t, { options: { ...everything, storage, migrate: true } })
    const { app, post, request, use, events, tokenTo } = application
    const first = await signUpUser(app, attacker)
    const confirmation = await tokenTo(stranger, 'confirmEmail')
    const { key, id: apiKeyId } = (await post('/api-keys', { name: 'x' }, bearer(first.accessToken))).json()
    await post('/email/change', { email: 'evil@example.com', password: attacker.password }, bearer(first.accessToken))
    const change = await tokenTo('evil@example.com', 'changeEmail')
    const authenticator = createSoftwareAuthenticator()
    await addPasskey(t, storage, first.accessToken, authenticator)
    const { secret } = await setUpTotp(first, { at: noon })
    const { accessToken } = await signInWithTotp(app, { ...attacker, secret, at: noon + 30_000 })
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(key) })).statusCode, 200)

    const requested = await request(stranger)
    events.length = 0
    const answer = await use(requested)
    t.equal(answer.statusCode, 200, 'the second factor of the attacker is not asked for')
    const names = events.map(event => event.name)
    t.strictSame([names[0], names.at(-1)], ['user_updated', 'authn_login_success'])
    t.hasStrict(answer.json().user, { id: first.user.id, emailConfirmedAt: new Date(noon).toISOString() })

    for (const token of [first.accessToken, accessToken])
      refused(t, await app.inject({ url: '/auth/me', headers: bearer(token) }), 401, 'FAST_AUTH_SESSION_REVOKED')
    const withKey = await app.inject({ url: '/auth/me', headers: bearer(key) })
    refused(t, withKey, 401, 'FAST_AUTH_API_KEY_INVALID')
    refused(t, await post('/sign-in', attacker), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
    const options = (await post('/sign-in/passkey/options', undefined)).json()
    const credential = authenticator.get(options, { origin })
    refused(t, await post('/sign-in/passkey', { credential }), 401, 'FAST_AUTH_PASSKEY_INVALID')
    for (const [path, token] of [
      ['/email/change/confirm', change],
      ['/email/confirm', confirmation],
    ] as const)
      refused(t, await post(path, { token, ...attacker, email: undefined }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
    const { totp } = await storage.secondFactors.find({ userId: first.user.id })
    t.equal(totp, null)

    const userId = first.user.id
    const ended = events.filter(({ name }) => name === 'authn_token_revoked')
    t.equal(ended.filter(event => event.sessionId !== null).length, 2)
    t.hasStrict(
      ended.filter(event => event.sessionId === null),
      [{ apiKeyId, userId, reason: 'email_confirmed' }],
    )
    t.ok(ended.every(event => event.name === 'authn_token_revoked' && event.reason === 'email_confirmed'))
    t.hasStrict(events[0], { reason: 'email_confirmed', userId, sessionId: null })
  })

  t.test(`in ${name} an account with a proven address keeps all that it has`, async t => {
    const { storage } = await open(t)
    const application = await codeApplication(t, { options: { ...everything, storage, migrate: true } })
    const { app, post, request, use, events, user } = application
    const session = await signInUser(app, ada)
    const { key } = (await post('/api-keys', { name: 'x' }, bearer(session.accessToken))).json()
    const authenticator = createSoftwareAuthenticator()
    await registerPasskey(session, { authenticator, origin })
    const requested = await request()
    events.length = 0
    t.equal((await use(requested)).statusCode, 200)
    for (const token of [session.accessToken, key])
      t.equal((await app.inject({ url: '/auth/me', headers: bearer(token) })).statusCode, 200)
    t.equal((await post('/sign-in', ada)).statusCode, 200)
    t.equal((await storage.passkeys.list({ userId: user.id })).length, 1)
    t.notOk(events.some(({ name }) => name === 'user_updated' || name === 'authn_token_revoked'))
  })
}

t.test('a wrong code proves nothing, and removes nothing', async t => {
  const { app, post, request, use } = await codeApplication(t)
  const { accessToken } = await signUpUser(app, attacker)
  const requested = await request(stranger)
  t.equal((await use({ ...requested, code: otherThan(requested.code) })).statusCode, 401)
  const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  t.equal(me.json().user.emailConfirmedAt, null)
  t.equal((await post('/sign-in', attacker)).statusCode, 200)
})

t.test('the hooks learn that the address is proven, and which sessions have ended', async t => {
  const called: [string, object][] = []
  const keep = (name: string) => (context: object) => void called.push([name, context])
  const hooks = Object.fromEntries(['afterEmailConfirm', 'afterSessionEnd', 'afterSignIn'].map(one => [one, keep(one)]))
  const { app, request, use } = await codeApplication(t, { options: { hooks } })
  const { user, session } = await signUpUser(app, attacker)
  await use(await request(stranger))
  const [{ id: userId }, client] = [user, { ip: '127.0.0.1' }]
  t.hasStrict(called, [
    ['afterEmailConfirm', { user: { id: userId, emailConfirmedAt: noon }, reason: 'email_confirmed', client }],
    ['afterSessionEnd', { userId, sessionId: session.id, reason: 'email_confirmed', client }],
    ['afterSignIn', { user: { id: userId }, client }],
  ])
  t.equal(called.length, 3)
})

t.test('if addresses must be confirmed, a code confirms one and signs in in one step', async t => {
  const { app, request, use, post } = await codeApplication(t, { options: { requireEmailConfirmation: true } })
  await app.fastAuth.createUser(attacker)
  refused(t, await post('/sign-in', attacker), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  const answer = await use(await request(stranger))
  t.equal(answer.statusCode, 200)
  t.equal(answer.json().user.emailConfirmedAt, new Date(noon).toISOString())
})

t.test(
  'without API keys, second factors and passkeys, an unproven account loses its password and sessions',
  async t => {
    const { app, request, use, post } = await codeApplication(t, { options: { apiKeys: false } })
    const { accessToken } = await signUpUser(app, attacker)
    t.equal((await use(await request(stranger))).statusCode, 200)
    refused(t, await app.inject({ url: '/auth/me', headers: bearer(accessToken) }), 401, 'FAST_AUTH_SESSION_REVOKED')
    refused(t, await post('/sign-in', attacker), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  },
)

t.test(
  'an unproven account of a disabled user stays as it is, and is cleared by the first code after that',
  async t => {
    const { app, request, use, events } = await codeApplication(t)
    const { user, accessToken } = await signUpUser(app, attacker)
    const requested = await request(stranger)
    await app.fastAuth.disableUser(user.id)
    events.length = 0
    refused(t, await use(requested), 403, 'FAST_AUTH_USER_DISABLED')
    t.strictSame(
      events.map(({ name }) => name),
      ['authn_login_fail'],
    )
    t.equal((await app.fastAuth.findUser({ userId: user.id }))?.emailConfirmedAt, null)
    await app.fastAuth.enableUser(user.id)
    const answer = await use(requested)
    t.equal(answer.statusCode, 200)
    t.equal(answer.json().user.emailConfirmedAt, new Date(noon).toISOString())
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 401)
  },
)
