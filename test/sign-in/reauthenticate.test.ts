import t, { type Test } from 'tap'
import type { PasswordHash } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer } from '../support/account.js'
import { browser } from '../support/browser.js'
import { noon, protectedApplication, wrongCode } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const offered = { secondFactor: 'offered' } as const
const claimsOf = (accessToken: string) =>
  JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())

t.test('a password makes a session recent, with new tokens', async t => {
  const application = await testApplication(t, { signedIn: true, options: offered })
  const { post, advance, accessToken, refreshToken, session, user, calls, events } = application
  advance(600)
  const answer = await post('/reauthenticate', { password: ada.password }, bearer(accessToken))
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.hasStrict(answer.json(), { user: { id: user.id }, session: { id: session.id }, tokenType: 'Bearer' })
  t.hasStrict(claimsOf(answer.json().accessToken), { auth_time: noon / 1000 + 600, amr: ['pwd'] })
  t.strictSame(calls, ['users.find', 'sessions.reauthenticate'])
  t.hasStrict(events, [{ name: 'authn_reauthenticated', userId: user.id, sessionId: session.id }])
  t.equal(events.length, 1)
  refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
})

t.test('a code, a recovery code, or a password with one of them makes a protected session recent', async t => {
  const { session, nextCode, recoveryCodes, events } = await protectedApplication(t)
  const { send } = await session()
  const { password } = ada
  const bodies = [
    () => ({ code: nextCode() }),
    () => ({ recoveryCode: recoveryCodes[0] }),
    () => ({ password, code: nextCode() }),
    () => ({ password, recoveryCode: recoveryCodes[1] }),
  ]
  for (const body of bodies) {
    events.length = 0
    const given = body()
    const answer = await send('POST', '/reauthenticate', given)
    t.equal(answer.statusCode, 200, Object.keys(given).join())
    t.ok(claimsOf(answer.json().accessToken).amr.includes('mfa'))
    const used = 'recoveryCode' in given ? ['authn_recovery_code_used'] : []
    t.strictSame(
      events.map(({ name }) => name),
      ['authn_reauthenticated', ...used],
    )
  }
})

t.test('the password alone does not make the session of a user with a second factor recent', async t => {
  const { session, advance } = await protectedApplication(t)
  const { send } = await session()
  advance(600)
  const answer = await send('POST', '/reauthenticate', { password: ada.password })
  refused(t, answer, 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  refused(t, await send('POST', '/second-factor/recovery-codes'), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
})

t.test('a wrong password spends no code', async t => {
  const { session, nextCode, events } = await protectedApplication(t)
  const { send, sessionId } = await session()
  const code = nextCode()
  const wrong = await send('POST', '/reauthenticate', { password: 'incorrect horse', code })
  refused(t, wrong, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'wrong_password', sessionId })
  t.equal((await send('POST', '/reauthenticate', { password: ada.password, code })).statusCode, 200)
})

t.test('wrong and used second factors get one answer', async t => {
  const { session, code, secret, now, signIn, recoveryCodes, events } = await protectedApplication(t)
  const { send, sessionId } = await session()
  await signIn({ recoveryCode: recoveryCodes[0] })
  const wrong = [{ code: wrongCode(secret, now()) }, { code: code() }, { recoveryCode: recoveryCodes[0] }]
  for (const fields of [...wrong, { recoveryCode: '?' }]) {
    refused(t, await send('POST', '/reauthenticate', fields), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
    t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'wrong_second_factor', sessionId })
  }
})

t.test('a browser gets the new tokens in cookies, from our own pages only', async t => {
  const { app } = await testApplication(t, { options: offered })
  const ben = browser(app)
  await ben.send({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const request = { method: 'POST', url: '/auth/reauthenticate', payload: { password: ada.password } } as const
  const foreign = await ben.send({ ...request, headers: { 'sec-fetch-site': 'cross-site' } })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  const answer = await ben.send(request)
  t.equal(answer.statusCode, 200)
  t.notOk('accessToken' in answer.json())
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('a session with a bearer token may ask for cookies, from our own pages', async t => {
  const { post, accessToken } = await testApplication(t, { signedIn: true, options: offered })
  const body = { password: ada.password, transport: 'cookie' }
  const foreign = await post('/reauthenticate', body, { ...bearer(accessToken), 'sec-fetch-site': 'cross-site' })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  const answer = await post('/reauthenticate', body, bearer(accessToken))
  t.match(answer.headers['set-cookie'], ['__Host-access_token', '__Secure-refresh_token'])
})

t.test('with revokePreviousAccessToken, the earlier access token ends', async t => {
  const options = { ...offered, revokePreviousAccessToken: true }
  const { post, me, accessToken } = await testApplication(t, { signedIn: true, options })
  const answer = await post('/reauthenticate', { password: ada.password }, bearer(accessToken))
  refused(t, await me(accessToken), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  t.equal((await me(answer.json().accessToken)).statusCode, 200)
})

t.test('neither a visitor nor an API key proves who the user is', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: offered })
  const { key } = await owner.make()
  const request = { method: 'POST', url: '/auth/reauthenticate', payload: { password: ada.password } } as const
  refused(t, await app.inject(request), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...request, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
})

for (const [title, payload, field] of [
  ['nothing', {}, 'password'],
  ['both second factors', { code: '123456', recoveryCode: 'x' }, 'exactly one other proof'],
  ['all three proofs', { password: 'x', code: '123456', recoveryCode: 'x' }, 'exactly one other proof'],
  ['a wrong form of code', { code: '12' }, 'code'],
  ['a transport that does not exist', { password: ada.password, transport: 'x' }, 'transport'],
  ['a field that it does not have', { password: ada.password, email: 'x' }, 'email'],
] as const) {
  t.test(`a body with ${title} is refused, and the answer says where`, async t => {
    const { post, accessToken, calls } = await testApplication(t, { signedIn: true, options: offered })
    const answer = await post('/reauthenticate', payload, bearer(accessToken))
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.body, field)
    t.strictSame(calls, [])
  })
}

t.test('a session that another process has ended is refused', async t => {
  const storage = memoryStorage()
  const options = { ...offered, storage }
  const { post, accessToken, session } = await testApplication(t, { signedIn: true, options })
  await storage.sessions.revoke({ sessionId: session.id, now: noon })
  const answer = await post('/reauthenticate', { password: ada.password }, bearer(accessToken))
  refused(t, answer, 401, 'FAST_AUTH_SESSION_REVOKED')
})

const otherHash = '$2b$04$other' as PasswordHash
const ben = { ...ada, email: 'ben@example.com' }

/**
 * An application in which Ada's hash is replaced before the step that adds proofs to her session: by another password's, or by
 * that of Ben, who has the same password.
 */
async function racedApplication(t: Test, { isSamePassword = false } = {}) {
  const { sessions, users, ...rest } = memoryStorage()
  const armed = { isArmed: false }
  const hashOf = async (email: string) => (await users.findByEmail({ email }))?.passwordHash as PasswordHash
  const reauthenticate: typeof sessions.reauthenticate = async request => {
    const newHash = isSamePassword ? await hashOf(ben.email) : otherHash
    const replacement = { userId: request.userId, currentHash: await hashOf(ada.email), newHash }
    if (armed.isArmed) await users.replacePasswordHash(replacement)
    armed.isArmed = false
    return sessions.reauthenticate(request)
  }
  const storage = { ...rest, users, sessions: { ...sessions, reauthenticate } }
  const application = await protectedApplication(t, { options: { storage } })
  await application.post('/sign-up', ben)
  const { send } = await application.session()
  armed.isArmed = true
  return { ...application, send }
}

t.test('a password that is changed concurrently proves nothing, and spends no code', async t => {
  const { send, nextCode, events } = await racedApplication(t)
  const code = nextCode()
  const answer = await send('POST', '/reauthenticate', { password: ada.password, code })
  refused(t, answer, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.hasStrict(events.at(-1), { name: 'authn_login_fail' })
  t.equal((await send('POST', '/reauthenticate', { code })).statusCode, 200)
})

t.test('a password alone that is changed concurrently proves nothing', async t => {
  const { send, events } = await racedApplication(t)
  const answer = await send('POST', '/reauthenticate', { password: ada.password })
  refused(t, answer, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'password_changed_meanwhile' })
})

t.test('a better hash of the same password, stored concurrently, refuses no proof', async t => {
  const { send, nextCode } = await racedApplication(t, { isSamePassword: true })
  const answer = await send('POST', '/reauthenticate', { password: ada.password, code: nextCode() })
  t.equal(answer.statusCode, 200)
})
