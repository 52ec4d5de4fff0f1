import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada, bearer, signInForTokens } from '../support/account.js'
import { browser } from '../support/browser.js'
import { noon, protectedApplication, wrongCode } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { otherSecret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const start = { method: 'POST', url: '/auth/second-factor/totp' } as const
const confirm = (payload: object) => ({ method: 'POST', url: '/auth/second-factor/totp/confirm', payload }) as const
const offered = { secondFactor: 'offered' } as const

t.test('the first code makes the app a second factor, and the session goes on with it', async t => {
  const hooked: unknown[] = []
  const afterSecondFactorChange = ({ user, reason }: { user: { id: string }; reason: string }) =>
    void hooked.push([user.id, reason])
  const options = { ...offered, hooks: { afterSecondFactorChange } }
  const application = await testApplication(t, { mail: true, signedIn: true, options })
  const { inject, asked, events, user, session, mailbox, advance, app, refreshToken, post } = application
  const { secret } = (await inject(start)).json()
  asked()
  advance(60)
  const answer = await inject(confirm({ code: totpCode(secret, noon + 60_000) }))
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  const { recoveryCodes, accessToken, ...others } = answer.json()
  t.equal(new Set(recoveryCodes).size, 10)
  t.hasStrict(others, { user: { id: user.id }, session: { id: session.id }, tokenType: 'Bearer' })
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString())
  t.hasStrict(claims, { amr: ['pwd', 'otp', 'mfa'], auth_time: noon / 1000 + 60 })
  t.strictSame(asked(), ['users.find', 'secondFactors.find', 'secondFactors.confirmTotp'])
  const about = { userId: user.id, sessionId: session.id }
  t.hasStrict(events, [{ name: 'authn_second_factor_change', reason: 'totp_added', ...about }])
  t.equal(events.length, 1)
  t.strictSame(hooked, [[user.id, 'totp_added']])
  t.match((await mailbox.waitForMessage(ada.email)).subject, /second factor/)
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
  refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
})

t.test('a browser gets the tokens in cookies, and the recovery codes in the body', async t => {
  const { app } = await testApplication(t, { options: offered })
  const ben = browser(app)
  await ben.send({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const { secret } = (await ben.send(start)).json()
  const request = confirm({ code: totpCode(secret, noon) })
  const foreign = await ben.send({ ...request, headers: { 'sec-fetch-site': 'cross-site' } })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  const answer = await ben.send(request)
  t.notOk('accessToken' in answer.json())
  t.equal(answer.json().recoveryCodes.length, 10)
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('a session with a bearer token may ask for cookies, from our own pages', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: offered })
  const { secret } = (await inject(start)).json()
  const request = confirm({ code: totpCode(secret, noon), transport: 'cookie' })
  const foreign = await inject({ ...request, headers: { 'sec-fetch-site': 'cross-site' } })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.match((await inject(request)).headers['set-cookie'], ['__Host-access_token', '__Secure-refresh_token'])
})

t.test('all other sessions end, since they were opened without the factor', async t => {
  const ended: unknown[] = []
  const afterSessionEnd = ({ reason, sessionId }: { reason: string; sessionId: string }) =>
    void ended.push([reason, sessionId])
  const options = { ...offered, hooks: { afterSessionEnd } }
  const { app, inject, post } = await testApplication(t, { signedIn: true, options })
  const other = await signInForTokens(app)
  const { secret } = (await inject(start)).json()
  await inject(confirm({ code: totpCode(secret, noon) }))
  refused(t, await other.inject('/auth/me'), 401, 'FAST_AUTH_SESSION_REVOKED')
  const refreshed = await post('/refresh', { refreshToken: other.refreshToken })
  refused(t, refreshed, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  t.strictSame(ended, [['second_factor_changed', other.session.id]])
})

t.test('with revokePreviousAccessToken, the access token without the factor ends', async t => {
  const options = { ...offered, revokePreviousAccessToken: true }
  const { inject } = await testApplication(t, { signedIn: true, options })
  const { secret } = (await inject(start)).json()
  t.equal((await inject(confirm({ code: totpCode(secret, noon) }))).statusCode, 200)
  refused(t, await inject('/auth/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('a wrong code confirms nothing, and the right one still does', async t => {
  const { inject, events, user, session } = await testApplication(t, { signedIn: true, options: offered })
  const { secret } = (await inject(start)).json()
  const answer = await inject(confirm({ code: wrongCode(secret, noon) }))
  refused(t, answer, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  const failed = { name: 'authn_login_fail', reason: 'wrong_second_factor', userId: user.id, sessionId: session.id }
  t.hasStrict(events, [failed])
  t.equal((await inject('/auth/second-factor')).json().totp, null)
  const code = totpCode(secret, noon)
  t.equal((await inject(confirm({ code: `${code.slice(0, 3)} ${code.slice(3)}` }))).statusCode, 200)
})

t.test('guesses of the first code have growing waits', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: { ...offered, limits: {} } })
  const { secret } = (await inject(start)).json()
  const statuses: number[] = []
  for (let guess = 0; guess < 12; guess += 1)
    statuses.push((await inject(confirm({ code: wrongCode(secret, noon) }))).statusCode)
  t.equal(statuses[0], 401)
  t.equal(statuses.at(-1), 429)
})

t.test('an enrolment ends after ten minutes', async t => {
  const { inject, advance } = await testApplication(t, { signedIn: true, options: offered })
  const { secret } = (await inject(start)).json()
  advance(600)
  const request = confirm({ code: totpCode(secret, noon + 600_000) })
  refused(t, await inject(request), 404, 'FAST_AUTH_TOTP_NOT_FOUND')
  advance(-1)
  t.equal((await inject(request)).statusCode, 200)
})

t.test('there is nothing to confirm before a start, and after a confirmation', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: offered })
  refused(t, await inject(confirm({ code: '123456' })), 404, 'FAST_AUTH_TOTP_NOT_FOUND')
  const { session, nextCode } = await protectedApplication(t)
  const { send } = await session()
  const again = await send('POST', '/second-factor/totp/confirm', { code: nextCode() })
  refused(t, again, 404, 'FAST_AUTH_TOTP_NOT_FOUND')
})

t.test('an app whose secret cannot be read any more has to be started again', async t => {
  const storage = memoryStorage()
  const first = await testApplication(t, { signedIn: true, options: { ...offered, storage } })
  const { secret } = (await first.inject(start)).json()
  const { app } = await testApplication(t, { options: { ...offered, storage, secrets: [otherSecret] } })
  const { inject } = await signInForTokens(app)
  refused(t, await inject(confirm({ code: totpCode(secret, noon) })), 404, 'FAST_AUTH_TOTP_NOT_FOUND')
})

for (const [title, payload, field] of [
  ['without a code', {}, 'code'],
  ['with five digits', { code: '12345' }, 'code'],
  ['with two spaces', { code: '123  456' }, 'code'],
  ['with another transport', { code: '123456', transport: 'mail' }, 'transport'],
  ['with another field', { code: '123456', recoveryCode: 'x' }, 'recoveryCode'],
] as const) {
  t.test(`a body ${title} is refused, and the answer names the field`, async t => {
    const { inject, calls } = await testApplication(t, { signedIn: true, options: offered })
    const answer = await inject(confirm(payload))
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.body, field)
    t.strictSame(calls, [])
  })
}

t.test('neither a visitor nor an API key confirms an app', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: offered })
  const { key } = await owner.make()
  const request = confirm({ code: '123456' })
  refused(t, await app.inject(request), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...request, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
})

for (const [title, ending, status, code] of [
  ['a session that ends', 'session', 401, 'FAST_AUTH_SESSION_REVOKED'],
  ['an app that is cleared', 'factor', 404, 'FAST_AUTH_TOTP_NOT_FOUND'],
] as const) {
  t.test(`${title} in the last moment confirms nothing`, async t => {
    const { secondFactors, sessions, ...rest } = memoryStorage()
    const confirmTotp: typeof secondFactors.confirmTotp = async request => {
      const { userId, sessionId, now } = request
      if (ending === 'session') await sessions.revoke({ sessionId, now })
      else await secondFactors.clear({ userId, now, messages: [] })
      return secondFactors.confirmTotp(request)
    }
    const storage = { ...rest, sessions, secondFactors: { ...secondFactors, confirmTotp } }
    const { inject, user } = await testApplication(t, { signedIn: true, options: { ...offered, storage } })
    const { secret } = (await inject(start)).json()
    refused(t, await inject(confirm({ code: totpCode(secret, noon) })), status, code)
    t.equal((await secondFactors.find({ userId: user.id })).totp?.confirmedAt ?? null, null)
  })
}
