import fastify from 'fastify'
import t from 'tap'
import { HashingBusyError } from '../../lib/errors/hashing-busy-error.js'

t.test('an application that is too busy to hash answers 503 and says when to come back', async t => {
  const app = fastify()
  t.teardown(() => app.close())
  app.get('/', async () => {
    throw new HashingBusyError(7)
  })
  const response = await app.inject('/')
  t.equal(response.statusCode, 503)
  t.equal(response.headers['retry-after'], '7')
  t.same(response.json(), {
    statusCode: 503,
    code: 'FAST_AUTH_HASHING_BUSY',
    error: 'Service Unavailable',
    message: 'Too many sign-ins at the moment. Try again in 7 seconds.',
  })
})

t.test('a caller can read the estimate and distinguish the error from others', async t => {
  const error: unknown = new HashingBusyError(7)
  t.ok(error instanceof HashingBusyError)
  t.ok(error instanceof Error)
  t.notOk(new Error('another') instanceof HashingBusyError)
  t.hasStrict(error, { retryAfterSeconds: 7 })
})
