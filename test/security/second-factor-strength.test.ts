import t from 'tap'
import { totpCode } from '../../lib/testing/index.js'
import { ada, bearer, signInForTokens } from '../support/account.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const offered = { secondFactor: 'offered' } as const

t.test('a session that was opened with the password removes no factor (CVE-2026-3429)', async t => {
  const { app, accessToken } = await protectedApplication(t)
  const headers = bearer(accessToken)
  const remove = { method: 'DELETE', url: '/auth/second-factor/totp' } as const
  refused(t, await app.inject({ ...remove, headers }), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  const renew = { method: 'POST', url: '/auth/second-factor/recovery-codes' } as const
  refused(t, await app.inject({ ...renew, headers }), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  const again = { method: 'POST', url: '/auth/reauthenticate', payload: { password: ada.password } } as const
  refused(t, await app.inject({ ...again, headers }), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
})

t.test('a stolen session with the factor removes it only with a new proof, which the password is not', async t => {
  const { session, advance } = await protectedApplication(t)
  const { send } = await session()
  advance(301)
  refused(t, await send('DELETE', '/second-factor/totp'), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  const proof = await send('POST', '/reauthenticate', { password: ada.password })
  refused(t, proof, 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  refused(t, await send('DELETE', '/second-factor/totp'), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  refused(t, await send('DELETE', '/me', {}), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
})

t.test('a refresh does not make the proof of a session recent', async t => {
  const { session, advance, post, app } = await protectedApplication(t)
  const { refreshToken } = await session()
  advance(301)
  const headers = bearer((await post('/refresh', { refreshToken })).json().accessToken)
  const answer = await app.inject({ method: 'DELETE', url: '/auth/second-factor/totp', headers })
  refused(t, answer, 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
})

t.test('requireSecondFactor of the host asks for a factor, and for a recent one if it has a limit', async t => {
  const { app, accessToken, session, advance, events, user } = await protectedApplication(t, {
    after(app) {
      app.get('/strong', { onRequest: app.fastAuth.requireSecondFactor() }, async () => 'in')
      app.get('/recent', { onRequest: app.fastAuth.requireSecondFactor({ maxAgeSeconds: 60 }) }, async () => 'in')
    },
  })
  for (const url of ['/strong', '/recent']) {
    const answer = await app.inject({ url, headers: bearer(accessToken) })
    t.strictSame([answer.statusCode, answer.json().code], [403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED'])
  }
  t.hasStrict(events.at(-1), { name: 'authz_fail', reason: 'second_factor_required', userId: user.id })
  const headers = bearer((await session()).accessToken)
  const statuses = async () => [
    (await app.inject({ url: '/strong', headers })).statusCode,
    (await app.inject({ url: '/recent', headers })).statusCode,
  ]
  advance(60)
  t.strictSame(await statuses(), [200, 200])
  advance(1)
  t.strictSame(await statuses(), [200, 403])
})

t.test('a stolen session enrols no app of its own without a recent proof, and the owner learns of one', async t => {
  const { inject, advance, mailbox, app } = await testApplication(t, { mail: true, signedIn: true, options: offered })
  advance(301)
  const start = { method: 'POST', url: '/auth/second-factor/totp' } as const
  refused(t, await inject(start), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  const guess = { method: 'POST', url: '/auth/reauthenticate', payload: { password: 'incorrect horse' } } as const
  refused(t, await inject(guess), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  const recent = await signInForTokens(app)
  const { secret } = (await recent.inject(start)).json()
  const payload = { code: totpCode(secret, noon + 301_000) }
  await recent.inject({ ...start, url: `${start.url}/confirm`, payload })
  const message = await mailbox.waitForMessage(ada.email)
  t.match(message.subject, /second factor/)
})

t.test('a stolen session cannot confirm an enrolment that the owner has begun', async t => {
  const { inject, app } = await testApplication(t, { signedIn: true, options: { ...offered, limits: {} } })
  const stolen = await signInForTokens(app)
  await inject({ method: 'POST', url: '/auth/second-factor/totp' })
  const confirm = { method: 'POST', url: '/auth/second-factor/totp/confirm' } as const
  const statuses = new Set<number>()
  for (let guess = 0; guess < 20; guess += 1) {
    const payload = { code: String(100_000 + guess) }
    statuses.add((await stolen.inject({ ...confirm, payload })).statusCode)
  }
  t.strictSame([...statuses], [401, 429])
})
