import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { bearer, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { otherSecret, secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

/** An application in which Ada is signed in, and requests with a refresh token. */
async function signedInApp(t: Test, options: Partial<FastAuthOptions> = {}) {
  const tested = await testApplication(t, { options })
  const ada = await signUpForTokens(tested.app)
  tested.events.length = 0
  tested.calls.length = 0
  const refresh = (refreshToken: string) =>
    tested.app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  const me = (accessToken: string) => tested.app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  return { ...tested, ...ada, refresh, me }
}

t.test('twenty concurrent refreshes with one token get the same successor', async t => {
  const { refresh, refreshToken, session, events, me } = await signedInApp(t)
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)))
  t.strictSame(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]))
  const successors = new Set(answers.map(answer => answer.json().refreshToken))
  t.equal(successors.size, 1)
  t.notOk(successors.has(refreshToken))
  t.strictSame(
    events.map(({ name, sessionId }) => [name, sessionId]),
    [['session_renewed', session.id]],
  )
  for (const answer of answers) t.equal((await me(answer.json().accessToken)).statusCode, 200)
  const [successor = ''] = successors
  t.equal((await refresh(successor)).statusCode, 200)
})

t.test('a retry within the grace time gets the same successor, to its last millisecond', async t => {
  const { refresh, refreshToken, advance, events } = await signedInApp(t)
  const first = await refresh(refreshToken)
  advance(10)
  const retry = await refresh(refreshToken)
  t.equal(retry.statusCode, 200)
  t.equal(retry.json().refreshToken, first.json().refreshToken)
  t.strictSame(retry.json().session, first.json().session)
  t.strictSame(
    events.map(({ name }) => name),
    ['session_renewed'],
  )
})

t.test('a token exchanged twice outside the grace time ends its session immediately', async t => {
  const { app, refresh, refreshToken, accessToken, session, user, advance, events, me } = await signedInApp(t)
  const successor = (await refresh(refreshToken)).json()
  advance(10.001)
  events.length = 0
  const reuse = await refresh(refreshToken)
  refused(t, reuse, 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  t.equal(reuse.headers['www-authenticate'], 'Bearer error="invalid_token"')
  for (const token of [accessToken, successor.accessToken]) {
    refused(t, await me(token), 401, 'FAST_AUTH_SESSION_REVOKED')
  }
  refused(t, await refresh(successor.refreshToken), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  refused(t, await refresh(refreshToken), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  t.hasStrict(events, [
    { name: 'authn_token_reuse', userId: user.id, sessionId: session.id, ip: '127.0.0.1' },
    { name: 'authn_token_fail', reason: 'refresh_token_invalid' },
  ])
  t.equal(events.length, 2)
  const elsewhere = await app.inject({
    method: 'POST',
    url: '/auth/sign-in',
    payload: { email: 'ada@example.com', password: 'correct horse battery' },
  })
  t.equal(elsewhere.statusCode, 200, 'the person can sign in again')
})

t.test('a token two generations old ends the session even within the grace time', async t => {
  const { refresh, refreshToken, events } = await signedInApp(t)
  const second = (await refresh(refreshToken)).json().refreshToken
  await refresh(second)
  refused(t, await refresh(refreshToken), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  t.equal(events.at(-1)?.name, 'authn_token_reuse')
})

t.test('a reuse does not affect the other sessions of the user', async t => {
  const { app, refresh, refreshToken, advance, me } = await signedInApp(t)
  const payload = { email: 'ada@example.com', password: 'correct horse battery', transport: 'token' }
  const other = (await app.inject({ method: 'POST', url: '/auth/sign-in', payload })).json()
  await refresh(refreshToken)
  advance(11)
  refused(t, await refresh(refreshToken), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  t.equal((await me(other.accessToken)).statusCode, 200)
  t.equal((await refresh(other.refreshToken)).statusCode, 200)
})

t.test('without grace time a second use ends the session, even in the same millisecond', async t => {
  const { refresh, refreshToken } = await signedInApp(t, { refreshGraceSeconds: 0 })
  const successor = (await refresh(refreshToken)).json().refreshToken
  refused(t, await refresh(refreshToken), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  refused(t, await refresh(successor), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
})

t.test('an authentic token ahead of a storage that lost writes goes on, and is no reuse', async t => {
  const { refresh, refreshToken, session, user, advance, events } = await signedInApp(t)
  const { issue, read } = createRefreshTokens(createKeyring([secret]))
  const ahead = issue({ sessionId: session.id, generation: 7 })
  t.strictSame(read(refreshToken), { sessionId: session.id, generation: 0 })
  const answer = await refresh(ahead)
  t.equal(answer.statusCode, 200)
  t.equal(answer.json().refreshToken, issue({ sessionId: session.id, generation: 8 }))
  t.hasStrict(events, [{ name: 'session_renewed', userId: user.id }])
  advance(11)
  refused(t, await refresh(refreshToken), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
})

t.test('a token of an older secret is exchanged for one of the newest, and is refused without its secret', async t => {
  const storage = { ...memoryStorage(), close: async () => {} }
  const { refreshToken, session } = await signedInApp(t, { storage })
  const refresh = { method: 'POST', url: '/auth/refresh', payload: { refreshToken } } as const
  const { app: rotated } = await testApplication(t, { options: { storage, secrets: [otherSecret, secret] } })
  const answer = await rotated.inject(refresh)
  t.equal(answer.statusCode, 200)
  const newest = createRefreshTokens(createKeyring([otherSecret]))
  t.strictSame(newest.read(answer.json().refreshToken), { sessionId: session.id, generation: 1 })
  const { app: withoutOld } = await testApplication(t, { options: { storage, secrets: [otherSecret] } })
  refused(t, await withoutOld.inject(refresh), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
})
