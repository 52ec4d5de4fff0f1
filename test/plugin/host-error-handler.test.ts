import type { FastifyError } from 'fastify'
import t, { type Test } from 'tap'
import { ada, signUpForTokens } from '../support/account.js'
import { answerHeaders } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

/** An app whose error handler answers in a shape of its own, and the errors that it saw. */
async function appWithHandler(t: Test) {
  const seen: FastifyError[] = []
  const tested = await testApplication(t, {
    before: app => {
      app.setErrorHandler<FastifyError>((error, _request, reply) => {
        seen.push(error)
        return reply
          .code(error.statusCode ?? 500)
          .header('x-handled', 'yes')
          .send({ problem: error.code, fields: error.validation?.map(({ instancePath }) => instancePath) })
      })
    },
    after: app => {
      app.get('/members', { onRequest: app.fastAuth.authenticate }, async () => 'in')
    },
  })
  return { ...tested, seen }
}

t.test("the host's error handler sees ordinary errors, and its answers go out in its own shape", async t => {
  const { app, seen } = await appWithHandler(t)
  await signUpForTokens(app)
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })
  const answers = [
    await post('/auth/sign-in', { ...ada, password: 'incorrect horse' }),
    await post('/auth/sign-up', ada),
    await post('/auth/sign-in', { email: 1 }),
    await post('/auth/sign-in', { email: 'not an address', password: 'x' }),
    await app.inject({ method: 'POST', url: '/auth/sign-in', payload: 'x', headers: { 'content-type': 'text/plain' } }),
    await app.inject('/members'),
  ]
  t.strictSame(
    answers.map(answer => [answer.statusCode, answer.json()]),
    [
      [401, { problem: 'FAST_AUTH_INVALID_CREDENTIALS' }],
      [409, { problem: 'FAST_AUTH_USER_EXISTS' }],
      [400, { problem: 'FST_ERR_VALIDATION', fields: [''] }],
      [400, { problem: 'FST_ERR_VALIDATION', fields: ['/email'] }],
      [415, { problem: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' }],
      [401, { problem: 'FAST_AUTH_UNAUTHENTICATED' }],
    ],
  )
  for (const { headers } of answers) t.equal(headers['x-handled'], 'yes')
  for (const { headers } of answers.slice(0, -1)) t.hasStrict(headers, answerHeaders)
  t.equal(answers[0]?.headers['www-authenticate'], 'Bearer')
  t.equal(answers[5]?.headers['www-authenticate'], 'Bearer')
  t.equal(seen.length, answers.length)
  for (const error of seen) t.ok(error instanceof Error)
})

t.test('an error handler that sends the error on answers as Fastify does', async t => {
  const { app } = await testApplication(t, {
    before: app => {
      app.setErrorHandler((error, _request, reply) => reply.send(error))
    },
  })
  const answer = await app.inject('/auth/me')
  t.strictSame(answer.json(), {
    statusCode: 401,
    code: 'FAST_AUTH_UNAUTHENTICATED',
    error: 'Unauthorized',
    message: 'Sign in first',
  })
  t.equal(answer.statusCode, 401)
})

t.test('an error handler that answers with a page is not turned into JSON', async t => {
  const { app } = await testApplication(t, {
    before: app => {
      app.setErrorHandler((_error, _request, reply) => reply.code(401).type('text/html').send('<h1>Sign in</h1>'))
    },
  })
  const answer = await app.inject('/auth/me')
  t.equal(answer.body, '<h1>Sign in</h1>')
  t.match(answer.headers['content-type'], /^text\/html/)
})

t.test("the host's error handler sees which rule a password breaks", async t => {
  const { app, seen } = await appWithHandler(t)
  await app.inject({ method: 'POST', url: '/auth/sign-up', payload: { ...ada, password: 'kurz' } })
  t.hasStrict(seen, [{ code: 'FAST_AUTH_PASSWORD_TOO_WEAK', statusCode: 400, rule: 'minimumLength' }])
})
