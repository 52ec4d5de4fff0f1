import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const start = { method: 'POST', url: '/auth/second-factor/totp' } as const
const offered = { secondFactor: 'offered' } as const

t.test('a user gets a secret and its URI, and the storage only a sealed one', async t => {
  const storage = memoryStorage()
  const options = { ...offered, storage, publicUrl: 'https://app.example.com' }
  const { inject, calls, events, user } = await testApplication(t, { signedIn: true, options })
  const answer = await inject(start)
  t.equal(answer.statusCode, 201)
  t.hasStrict(answer.headers, answerHeaders)
  const { secret, uri, ...others } = answer.json()
  t.match(secret, /^[A-Z2-7]{32}$/)
  t.strictSame(others, { expiresAt: new Date(noon + 600_000).toISOString() })
  const { pathname, searchParams } = new URL(uri)
  t.equal(decodeURIComponent(pathname), `/app.example.com:${ada.email}`)
  t.equal(searchParams.get('secret'), secret)
  t.equal(searchParams.get('issuer'), 'app.example.com')
  t.strictSame(calls, ['users.find', 'secondFactors.startTotp'])
  t.strictSame(events, [])
  const { totp } = await storage.secondFactors.find({ userId: user.id })
  t.hasStrict(totp, { userId: user.id, createdAt: noon, confirmedAt: null, lastStep: null })
  t.notMatch(totp?.sealedSecret, secret)
})

t.test('apps show the name of the application, or else its issuer', async t => {
  const named = await testApplication(t, { mail: { appName: 'Söhne & Co' }, signedIn: true, options: offered })
  t.equal(new URL((await named.inject(start)).json().uri).searchParams.get('issuer'), 'Söhne & Co')
  const { inject } = await testApplication(t, { signedIn: true, options: { ...offered, issuer: 'my-service' } })
  t.equal(new URL((await inject(start)).json().uri).searchParams.get('issuer'), 'my-service')
})

t.test('a second start replaces the first one', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: offered })
  const first = (await inject(start)).json().secret
  const second = (await inject(start)).json().secret
  t.not(first, second)
  const confirm = (secret: string) =>
    inject({ ...start, url: `${start.url}/confirm`, payload: { code: totpCode(secret, noon) } })
  refused(t, await confirm(first), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.equal((await confirm(second)).statusCode, 200)
})

t.test('a user who has an app has to remove it first', async t => {
  const { session } = await protectedApplication(t)
  refused(t, await (await session()).send('POST', '/second-factor/totp'), 409, 'FAST_AUTH_TOTP_ALREADY_SET')
})

t.test('a session starts an enrolment up to five minutes after its sign-in', async t => {
  const { inject, advance } = await testApplication(t, { signedIn: true, options: offered })
  advance(300)
  t.equal((await inject(start)).statusCode, 201)
  advance(1)
  refused(t, await inject(start), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
})

t.test('a refresh does not make a session recent, and a new proof does', async t => {
  const { app, post, advance, refreshToken, accessToken } = await testApplication(t, {
    signedIn: true,
    options: offered,
  })
  advance(301)
  const refreshed = (await post('/refresh', { refreshToken })).json().accessToken
  const with_ = (token: string) => app.inject({ ...start, headers: bearer(token) })
  refused(t, await with_(refreshed), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  const proven = await post('/reauthenticate', { password: ada.password }, bearer(accessToken))
  t.equal((await with_(proven.json().accessToken)).statusCode, 201)
})

t.test('neither a visitor, nor an API key, nor a page of another site starts an enrolment', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: offered })
  const { key } = await owner.make()
  refused(t, await app.inject(start), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...start, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
  const cookie = await signUpForCookies(app, { ...ada, email: 'ben@example.com' })
  const from = (site: string) => app.inject({ ...start, headers: { cookie, 'sec-fetch-site': site } })
  refused(t, await from('cross-site'), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.equal((await from('same-origin')).statusCode, 201)
})

t.test('a session that another process has ended starts no enrolment', async t => {
  const storage = memoryStorage()
  const { inject, session, user } = await testApplication(t, { signedIn: true, options: { ...offered, storage } })
  await storage.sessions.revoke({ sessionId: session.id, now: noon })
  refused(t, await inject(start), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await storage.secondFactors.find({ userId: user.id })).totp, null)
})
