import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

t.test('a storm of sign-ins is turned away in part, while protected routes go on answering', async t => {
  const { app } = await testApplication(t, {
    options: { passwords: { hasher: 'bcrypt:12', hashingConcurrency: 1 } },
    after: app => {
      app.get('/protected', { onRequest: app.fastAuth.authenticate }, async request => request.user?.email)
    },
  })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const { accessToken } = await signUpForTokens(app)
  const signIn = () =>
    fetch(`${base}/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...ada, transport: 'token' }),
    })

  const waiting = { storm: true }
  const storm = Promise.all(
    Array.from({ length: 64 }, async () => {
      const answer = await signIn()
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() }
    }),
  ).finally(() => {
    waiting.storm = false
  })
  const protectedStatuses: number[] = []
  while (waiting.storm) {
    const answer = await fetch(`${base}/protected`, { headers: bearer(accessToken) })
    protectedStatuses.push(answer.status)
    await answer.text()
    await pause(10)
  }

  const answers = await storm
  const admitted = answers.filter(({ status }) => status === 200)
  const turnedAway = answers.filter(({ status }) => status === 503)
  t.equal(admitted.length + turnedAway.length, 64, 'every sign-in is answered, with 200 or 503')
  t.ok(admitted.length >= 17, 'those that run or wait are served')
  t.ok(turnedAway.length > 0, 'the queue is bounded')
  for (const { retryAfter, body } of turnedAway) {
    t.match(retryAfter, /^[1-9]\d*$/)
    t.hasStrict(body, { statusCode: 503, code: 'FAST_AUTH_HASHING_BUSY', error: 'Service Unavailable' })
  }
  t.ok(protectedStatuses.length > admitted.length, 'more protected requests than sign-ins were answered meanwhile')
  t.strictSame(new Set(protectedStatuses), new Set([200]))
  t.equal((await signIn()).status, 200)
})
