import type { FastifyServerOptions } from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { serializeErrorAnswer } from '../../lib/http/error-answers.js'
import { faultyStorage } from '../support/faulty-storage.js'
import { answerHeaders } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const unexpected =
  '{"statusCode":500,"code":"FAST_AUTH_INTERNAL_ERROR","error":"Internal Server Error","message":"Something went wrong on the server"}'

/** Returns the answer of a route of the plugin if a hook of the host throws, and its lines in the log. */
async function answerTo(t: Test, thrown: unknown, server: FastifyServerOptions = {}) {
  const log: string[] = []
  const { app } = await testApplication(t, {
    server: { logger: { level: 'info', stream: { write: (line: string) => log.push(line) } }, ...server },
    before: app => {
      app.addHook('preHandler', async () => {
        throw thrown
      })
    },
  })
  return { answer: await app.inject({ method: 'POST', url: '/auth/sign-out' }), log: log.join('') }
}

t.test("a refusal by one of the host's hooks is answered as the host means it", async t => {
  const limit = { statusCode: 429, code: 'TOO_FAST', headers: { 'retry-after': '7' } }
  const { answer, log } = await answerTo(t, Object.assign(new Error('Slow down'), limit))
  t.strictSame(answer.json(), {
    statusCode: 429,
    code: 'TOO_FAST',
    error: 'Too Many Requests',
    message: 'Slow down',
  })
  t.equal(answer.headers['retry-after'], '7')
  t.hasStrict(answer.headers, answerHeaders)
  t.notMatch(log, 'unexpected')
})

t.test("the host's own 503 stays one, with or without a code", async t => {
  for (const code of ['FST_UNDER_PRESSURE', undefined]) {
    const shed = Object.assign(new Error('Service Unavailable'), { statusCode: 503, ...(code && { code }) })
    t.equal((await answerTo(t, shed)).answer.statusCode, 503)
  }
})

t.test('any other thrown value is answered with a fixed text, with its cause in the log', async t => {
  const accidents = [
    new TypeError('canary of db.internal'),
    Object.assign(new Error('canary'), { statusCode: 500 }),
    Object.assign(new Error('canary'), { code: 'FST_ERR_CANARY', statusCode: 500 }),
    Object.assign(new Error('canary'), { statusCode: 200 }),
    Object.assign(new Error('canary'), { statusCode: 600 }),
    Object.assign(new Error('canary'), { statusCode: '400' }),
    Object.assign(new Error('canary'), { code: 'ECONNREFUSED' }),
    'canary',
    { canary: true },
  ]
  for (const accident of accidents) {
    const { answer, log } = await answerTo(t, accident)
    t.equal(answer.body, unexpected)
    t.hasStrict(answer.headers, answerHeaders)
    t.match(log, 'canary')
    t.match(log, 'fast-auth: unexpected error')
  }
})

t.test('even nothing can be thrown', async t => {
  for (const nothing of [null, undefined]) t.equal((await answerTo(t, nothing)).answer.statusCode, 500)
})

t.test('the cause of a 503 is in the log, with any error handler of the host', async t => {
  const { storage, fail } = faultyStorage(memoryStorage())
  const log: string[] = []
  const { app } = await testApplication(t, {
    options: { storage },
    server: { logger: { level: 'error', stream: { write: (line: string) => log.push(line) } } },
    before: app => {
      app.setErrorHandler((_error, _request, reply) => reply.code(503).send({ sorry: true }))
    },
  })
  fail('rejects')
  const payload = { email: 'ada@example.com', password: 'correct horse battery' }
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-in', payload })
  t.strictSame(answer.json(), { sorry: true })
  t.equal(log.length, 1)
  t.match(log[0], 'connection refused by db.internal')
})

t.test('a refusal by the host that names no cause is not logged as an error', async t => {
  const { log } = await answerTo(t, Object.assign(new Error('No'), { statusCode: 403 }))
  t.notMatch(log, '"level":50')
})

t.test("the host's wording of validation errors is used, and stays a 400", async t => {
  const formatted: FastifyServerOptions = {
    schemaErrorFormatter: (errors, part) =>
      Object.assign(new Error(`${part}: ${errors.length}`), { code: 'BAD_INPUT' }),
  }
  const { app } = await testApplication(t, { server: formatted })
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-in', payload: {} })
  t.hasStrict(answer.json(), { statusCode: 400, code: 'BAD_INPUT', message: 'body: 1' })
})

t.test('a refusal is exactly these bytes', async t => {
  const { app } = await testApplication(t)
  const unknown = await app.inject({ url: '/auth/me' })
  t.equal(
    unknown.body,
    '{"statusCode":401,"code":"FAST_AUTH_UNAUTHENTICATED","error":"Unauthorized","message":"Sign in first"}',
  )
  t.equal(unknown.headers['content-type'], 'application/json; charset=utf-8')
  const invalid = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken: 1 } })
  t.equal(
    invalid.body,
    '{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body/refreshToken must be string","validation":[{"instancePath":"/refreshToken","keyword":"type","message":"must be string"}]}',
  )
})

t.test('a thrown value that is not an error is serialised unchanged', async t => {
  t.equal(serializeErrorAnswer({ problem: { nested: [1, null] } }), '{"problem":{"nested":[1,null]}}')
})
