import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import { browser } from '../support/browser.js'
import { jwtParts } from '../support/hand-made-jwt.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

/** Ada is signed in on a storage that another process may write. */
async function endedElsewhere(t: Test, revocation: 'none' | 'strict') {
  const storage = memoryStorage()
  return {
    storage,
    ...(await testApplication(t, {
      mail: true,
      signedIn: true,
      options: { tokenMode: 'sliding', storage, revocation },
    })),
  }
}

const post = { method: 'POST', url: '/auth/refresh' } as const

t.test('an access token in the header is exchanged for its successor in the body, without a cookie', async t => {
  const { app, calls, events, advance, accessToken, session, user, refresh, me } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  advance(600)
  const answer = await refresh(accessToken)
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  t.matchOnly(answer.json(), {
    user,
    session: { ...session, expiresAt: '2026-01-01T12:25:00.000Z' },
    accessTokenExpiresAt: '2026-01-01T12:25:00.000Z',
    accessToken: /^[\w-]+\.[\w-]+\.[\w-]+$/,
    tokenType: 'Bearer',
    expiresIn: 900,
  })
  t.strictSame(calls, ['sessions.rotate'])
  t.hasStrict(events, [
    { name: 'session_renewed', userId: user.id, sessionId: session.id, at: '2026-01-01T12:10:00.000Z' },
  ])
  t.equal(events.length, 1)
  const [before, after] = [accessToken, answer.json().accessToken].map(token => jwtParts(token).claims)
  t.strictSame([before?.gen, after?.gen], [0, 1])
  t.equal(after?.auth_time, before?.auth_time, 'no password was checked')
  t.equal((await me(accessToken)).statusCode, 200, 'the one before is good until it expires')
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(answer.json().accessToken) })).statusCode, 200)
})

t.test('the access cookie is exchanged for its successor in the cookie, without a token in the body', async t => {
  const { app, advance } = await testApplication(t, { options: { tokenMode: 'sliding', transport: 'token' } })
  const ben = browser(app)
  await ben.send({ method: 'POST', url: '/auth/sign-up', payload: { ...ada, transport: 'cookie' } })
  const before = await ben.cookies('/auth/refresh')
  advance(899)
  const answer = await ben.send(post)
  t.strictSame(Object.keys(answer.json()), ['user', 'session', 'accessTokenExpiresAt'])
  t.strictSame(
    answer.cookies.map(({ name, path, maxAge }) => [name, path, maxAge]),
    [['__Host-access_token', '/', 900]],
  )
  t.not((await ben.cookies('/auth/refresh'))[0]?.value, before[0]?.value)
  advance(899)
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('an expired token is not exchanged, costs no storage call and clears no cookie', async t => {
  const { app, calls, advance, accessToken, refresh, me } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  advance(900)
  for (const answer of [
    await refresh(accessToken),
    await app.inject({ ...post, headers: { cookie: `__Host-access_token=${accessToken}` } }),
    await me(accessToken),
  ]) {
    refused(t, answer, 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  }
  t.strictSame(calls, [])
})

t.test("another site's page cannot refresh with the cookie, and leaves it usable", async t => {
  const { app, calls } = await testApplication(t, { options: { tokenMode: 'sliding' } })
  const cookie = await signUpForCookies(app)
  calls.length = 0
  const attack = await app.inject({ ...post, headers: { cookie, 'sec-fetch-site': 'cross-site' } })
  refused(t, attack, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(calls, [])
  t.equal((await app.inject({ ...post, headers: { cookie } })).statusCode, 200)
})

t.test('a bearer token needs no trust in the page that sends it', async t => {
  const { app, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const headers = { ...bearer(accessToken), 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
  t.equal((await app.inject({ ...post, headers })).statusCode, 200)
})

t.test('with an Authorization header, a valid cookie is not exchanged', async t => {
  const { app, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const cookie = `__Host-access_token=${accessToken}`
  for (const authorization of ['Bearer x', 'Basic YWRhOnB3', '']) {
    refused(t, await app.inject({ ...post, headers: { authorization, cookie } }), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  }
})

t.test('a refresh without a token is refused as not signed in', async t => {
  const { app, calls } = await testApplication(t, { mail: true, signedIn: true, options: { tokenMode: 'sliding' } })
  refused(t, await app.inject(post), 401, 'FAST_AUTH_UNAUTHENTICATED')
  t.strictSame(calls, [])
})

t.test('an API key cannot be exchanged', async t => {
  const {
    post: send,
    accessToken,
    refresh,
    events,
  } = await testApplication(t, { mail: true, signedIn: true, options: { tokenMode: 'sliding' } })
  const { key } = (await send('/api-keys', { name: 'deploy' }, bearer(accessToken))).json()
  events.length = 0
  refused(t, await refresh(key), 403, 'FAST_AUTH_SESSION_REQUIRED')
  t.hasStrict(events, [{ name: 'authz_fail', reason: 'session_required', sessionId: null }])
  t.equal(events.length, 1)
})

t.test('a body is refused, and the token in it is not exchanged', async t => {
  const { app, calls, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const payload = { refreshToken: accessToken }
  const answer = await app.inject({ ...post, payload, headers: bearer(accessToken) })
  refused(t, answer, 400, 'FST_ERR_VALIDATION')
  t.strictSame(answer.json().validation, [
    { instancePath: '', keyword: 'unread', message: 'must be left out: nothing of it is read here' },
  ])
  t.strictSame(calls, [])
  t.equal((await app.inject({ ...post, payload: {}, headers: bearer(accessToken) })).statusCode, 200)
})

t.test('in strict mode a token of a session that another process ended is refused', async t => {
  const { app, storage, accessToken, session } = await endedElsewhere(t, 'strict')
  await storage.sessions.revoke({ sessionId: session.id, now: 0 })
  refused(t, await app.inject({ ...post, headers: bearer(accessToken) }), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('a token of a session that another process ended is refused, here and from then on everywhere', async t => {
  const { app, storage, accessToken, session, me } = await endedElsewhere(t, 'none')
  await storage.sessions.revoke({ sessionId: session.id, now: 0 })
  t.equal((await me(accessToken)).statusCode, 200, 'this process does not know yet')
  refused(t, await app.inject({ ...post, headers: bearer(accessToken) }), 401, 'FAST_AUTH_SESSION_REVOKED')
  refused(t, await me(accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('the claims of the application are asked for again', async t => {
  let role = 'member'
  const { refresh, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding', claims: () => ({ role }) },
  })
  role = 'admin'
  const { claims } = jwtParts((await refresh(accessToken)).json().accessToken)
  t.equal(claims.role, 'admin')
})

t.test('an exchange affects only its own session', async t => {
  const { app, accessToken, session, refresh } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const other = await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, transport: 'token' } })
  const renewed = await refresh(other.json().accessToken)
  t.not(renewed.json().session.id, session.id)
  t.equal((await refresh(accessToken)).json().session.id, session.id)
})
