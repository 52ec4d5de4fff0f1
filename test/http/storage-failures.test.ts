import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForTokens, type TokenPair } from '../support/account.js'
import { type Fault, faultyStorage } from '../support/faulty-storage.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

/** Every operation, as Ada would use it. */
const operations = {
  signUp: () => ({ method: 'POST', url: '/auth/sign-up', payload: { ...ada, email: 'ben@example.com' } }),
  signIn: () => ({ method: 'POST', url: '/auth/sign-in', payload: ada }),
  refreshInBody: ({ refreshToken }) => ({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } }),
  refreshByCookie: ({ accessToken, refreshToken }) => ({
    method: 'POST',
    url: '/auth/refresh',
    headers: { cookie: `__Host-access_token=${accessToken}; __Secure-refresh_token=${refreshToken}` },
  }),
  signOut: ({ refreshToken }) => ({
    method: 'POST',
    url: '/auth/sign-out',
    headers: { cookie: `__Secure-refresh_token=${refreshToken}` },
  }),
  getMe: ({ accessToken }) => ({ url: '/auth/me', headers: bearer(accessToken) }),
  listSessions: ({ accessToken }) => ({ url: '/auth/sessions', headers: bearer(accessToken) }),
  revokeSession: ({ accessToken, session }) => ({
    method: 'DELETE',
    url: `/auth/sessions/${session.id}`,
    headers: bearer(accessToken),
  }),
  revokeOtherSessions: ({ accessToken }) => ({
    method: 'DELETE',
    url: '/auth/sessions',
    headers: bearer(accessToken),
  }),
  changePassword: ({ accessToken }) => ({
    method: 'POST',
    url: '/auth/password/change',
    headers: bearer(accessToken),
    payload: { currentPassword: ada.password, newPassword: 'a horse of another colour' },
  }),
  deleteMe: ({ accessToken }) => ({
    method: 'DELETE',
    url: '/auth/me',
    headers: bearer(accessToken),
    payload: { password: ada.password },
  }),
} satisfies Record<string, (tokens: TokenPair) => InjectOptions>

async function signedInApp(t: Test, revocation: 'feed' | 'strict' = 'feed') {
  const { storage, fail } = faultyStorage(memoryStorage())
  const log: string[] = []
  const tested = await testApplication(t, {
    options: { storage, storageTimeoutSeconds: 0.1, revocation },
    server: { logger: { level: 'trace', stream: { write: (line: string) => log.push(line) } } },
    after: app => {
      const { authenticate, authenticateOptional } = app.fastAuth
      app.get('/protected', { onRequest: authenticate }, async () => 'protected')
      app.get('/greeting', { onRequest: authenticateOptional }, async () => 'greeting')
    },
  })
  const tokens = await signUpForTokens(tested.app)
  tested.events.length = 0
  return { ...tested, tokens, fail, log }
}

for (const fault of ['rejects', 'throws', 'hangs'] satisfies Fault[]) {
  t.test(`a storage that ${fault} is a 503, never a 401, and clears no cookie`, async t => {
    const { app, tokens, fail, events, log } = await signedInApp(t)
    fail(fault)
    const requests = Object.values(operations).map(request => app.inject(request(tokens)))
    for (const answer of await Promise.all(requests)) {
      refused(t, answer, 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
      t.equal(answer.headers['retry-after'], '1')
      t.notMatch(answer.body, /db\.internal|ms/)
    }
    t.strictSame(events, [])
    const cause = fault === 'hangs' ? 'did not answer within 100 ms' : 'connection refused by db.internal'
    t.ok(
      log.some(line => line.includes(cause)),
      'the cause is in the log',
    )
  })
}

t.test('when the storage answers again, everything works as if nothing had happened', async t => {
  const { app, tokens, fail } = await signedInApp(t)
  fail('rejects')
  for (const request of Object.values(operations)) await app.inject(request(tokens))
  fail('none')
  // After a password change its password is wrong; the flow of a failed deletion is a test of its own.
  const { revokeSession, signOut, deleteMe: _, ...others } = operations
  for (const [name, request] of Object.entries({ ...others, revokeSession, signOut })) {
    const answer = await app.inject(request(tokens))
    t.ok(answer.statusCode < 300, `${name} answers ${answer.statusCode}`)
  }
})

t.test('a refresh whose answer was lost is repeated with the same successor', async t => {
  const { app, tokens, fail, advance } = await signedInApp(t)
  const refresh = (refreshToken: string) =>
    app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  fail('losesAnswer')
  refused(t, await refresh(tokens.refreshToken), 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
  fail('none')
  advance(1)
  const first = await refresh(tokens.refreshToken)
  const second = await refresh(tokens.refreshToken)
  t.strictSame([first.statusCode, second.statusCode], [200, 200])
  t.equal(first.json().refreshToken, second.json().refreshToken)
  t.equal((await refresh(first.json().refreshToken)).statusCode, 200)
})

t.test('a storage that breaks its contract is a 500 of fixed text, with the cause in the log', async t => {
  const { app, tokens, fail, log } = await signedInApp(t)
  fail('answersUndefined')
  for (const [name, request] of Object.entries(operations)) {
    log.length = 0
    const answer = await app.inject(request(tokens))
    t.equal(answer.statusCode, 500, name)
    t.equal(
      answer.body,
      '{"statusCode":500,"code":"FAST_AUTH_INTERNAL_ERROR","error":"Internal Server Error","message":"Something went wrong on the server"}',
    )
    t.hasStrict(answer.headers, answerHeaders)
    t.equal(answer.headers['set-cookie'], undefined)
    t.ok(
      log.some(line => line.includes('TypeError')),
      'the cause is in the log',
    )
  }
})

t.test('a protected route goes on while the storage is down', async t => {
  const { app, tokens, fail } = await signedInApp(t)
  fail('hangs')
  const answer = await app.inject({ url: '/protected', headers: bearer(tokens.accessToken) })
  t.strictSame([answer.statusCode, answer.body], [200, 'protected'])
})

t.test('in strict mode a storage that is down does not turn users into anonymous visitors', async t => {
  const { app, tokens, fail } = await signedInApp(t, 'strict')
  fail('rejects')
  for (const url of ['/protected', '/greeting']) {
    for (const headers of [bearer(tokens.accessToken), { cookie: `__Host-access_token=${tokens.accessToken}` }]) {
      const answer = await app.inject({ url, headers })
      t.equal(answer.statusCode, 503)
      t.equal(answer.json().code, 'FAST_AUTH_STORAGE_UNAVAILABLE')
      t.equal(answer.headers['retry-after'], '1')
    }
  }
})
