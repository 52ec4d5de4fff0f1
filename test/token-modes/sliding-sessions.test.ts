import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { jwtParts } from '../support/hand-made-jwt.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const generationOf = (accessToken: string) => jwtParts(accessToken).claims.gen

t.test('twenty concurrent refreshes with one token give one generation, and every answer is valid', async t => {
  const { refresh, me, accessToken, session, events } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(accessToken)))
  t.strictSame(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]))
  const tokens = answers.map(answer => answer.json().accessToken)
  t.strictSame(new Set(tokens.map(generationOf)), new Set([1]))
  t.strictSame(
    events.map(({ name, sessionId }) => [name, sessionId]),
    [['session_renewed', session.id]],
  )
  for (const token of tokens) t.equal((await me(token)).statusCode, 200)
  const next = await Promise.all(tokens.map(refresh))
  t.strictSame(new Set(next.map(answer => generationOf(answer.json().accessToken))), new Set([2]))
})

t.test('a retry within the grace time gets the same generation, and a token that ends with the session', async t => {
  const { refresh, accessToken, advance, events } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const first = (await refresh(accessToken)).json()
  advance(10)
  const retry = (await refresh(accessToken)).json()
  t.equal(generationOf(retry.accessToken), generationOf(first.accessToken))
  t.strictSame(retry.session, first.session)
  t.equal(retry.accessTokenExpiresAt, first.accessTokenExpiresAt)
  t.strictSame(
    events.map(({ name }) => name),
    ['session_renewed'],
  )
})

t.test(
  'a token that is exchanged again after the grace time ends its session, and the owner gets a message',
  async t => {
    const { refresh, me, accessToken, session, user, advance, events, mailbox } = await testApplication(t, {
      mail: true,
      signedIn: true,
      options: { tokenMode: 'sliding' },
    })
    const successor = (await refresh(accessToken)).json().accessToken
    advance(10.001)
    events.length = 0
    refused(t, await refresh(accessToken), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
    for (const token of [accessToken, successor]) {
      refused(t, await me(token), 401, 'FAST_AUTH_SESSION_REVOKED')
      refused(t, await refresh(token), 401, 'FAST_AUTH_SESSION_REVOKED')
    }
    t.hasStrict(events, [{ name: 'authn_token_reuse', userId: user.id, sessionId: session.id, ip: '127.0.0.1' }])
    t.equal(events.length, 1)
    t.match(await mailbox.waitForMessage(ada.email), { subject: /^A device was signed out/ })
  },
)

t.test('without grace time a second exchange ends the session, even in the same millisecond', async t => {
  const { refresh, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding', refreshGraceSeconds: 0 },
  })
  const successor = (await refresh(accessToken)).json().accessToken
  refused(t, await refresh(accessToken), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  refused(t, await refresh(successor), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('a token from before a password change ends the session when it is exchanged, even immediately', async t => {
  const { refresh, me, post, accessToken } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const passwords = { currentPassword: ada.password, newPassword: 'a horse of another colour' }
  const changed = await post('/password/change', passwords, bearer(accessToken))
  t.strictSame(Object.keys(changed.json()).includes('refreshToken'), false)
  t.equal((await me(accessToken)).statusCode, 200)
  t.equal((await me(changed.json().accessToken)).statusCode, 200)
  refused(t, await refresh(accessToken), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
})

t.test('the token in the answer to a password change is exchanged', async t => {
  const { refresh, post, accessToken, session } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const passwords = { currentPassword: ada.password, newPassword: 'a horse of another colour' }
  const changed = await post('/password/change', passwords, bearer(accessToken))
  t.equal((await refresh(changed.json().accessToken)).json().session.id, session.id)
})

t.test('no refreshing carries a session past its absolute lifetime', async t => {
  const lifetimes = { accessTokenLifetimeSeconds: 1000, sessionLifetimeSeconds: 2500 }
  const { refresh, me, accessToken, advance } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding', ...lifetimes },
  })
  const ends: string[] = []
  let token = accessToken
  for (const seconds of [800, 800, 800]) {
    advance(seconds)
    const answer = (await refresh(token)).json()
    token = answer.accessToken
    t.equal(answer.session.expiresAt, answer.accessTokenExpiresAt)
    ends.push(answer.accessTokenExpiresAt)
  }
  t.strictSame(ends, ['2026-01-01T12:30:00.000Z', '2026-01-01T12:41:40.000Z', '2026-01-01T12:41:40.000Z'])
  advance(99.999)
  t.equal((await me(token)).statusCode, 200)
  advance(0.001)
  refused(t, await me(token), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  refused(t, await refresh(token), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('a token can be exchanged to its last millisecond', async t => {
  const { refresh, accessToken, advance } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  advance(899.999)
  t.equal((await refresh(accessToken)).statusCode, 200)
})

t.test('a session that begins within a second ends when its token does', async t => {
  const storage = memoryStorage()
  const { app, advance, post } = await testApplication(t, { mail: true, options: { tokenMode: 'sliding', storage } })
  advance(0.777)
  const opened = await signUpUser(app)
  const renewed = (await post('/refresh', undefined, bearer(opened.accessToken))).json()
  t.equal(opened.session.expiresAt, '2026-01-01T12:15:00.000Z')
  for (const { session, accessToken } of [opened, renewed]) {
    t.equal(Date.parse(session.expiresAt) / 1000, jwtParts(accessToken).claims.exp)
  }
  const stored = await storage.sessions.find({ sessionId: opened.session.id, now: 0 })
  t.equal(stored?.absoluteExpiresAt, Date.UTC(2026, 0, 31, 12))
})

t.test('an unproven address is not refreshed once that is required, and nothing is written', async t => {
  const storage = memoryStorage()
  const { accessToken, session } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding', storage },
  })
  const stored = () => storage.sessions.find({ sessionId: session.id, now: 0 })
  const before = await stored()
  const after = await testApplication(t, {
    mail: true,
    options: { tokenMode: 'sliding', storage, requireEmailConfirmation: true },
  })
  const answer = await after.post('/refresh', undefined, bearer(accessToken))
  refused(t, answer, 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  t.strictSame(await stored(), before)
})
