import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { AccessTokenInvalidError, CrossSiteRequestError, UserExistsError } from '../../lib/errors/index.js'
import type { AuthEvent } from '../../lib/events/auth-event.js'
import { createRefusalEvents } from '../../lib/http/refusal-events.js'
import { createMemoryCounters } from '../../lib/limits/memory-counters.js'
import type { Measurement } from '../../lib/telemetry/metric-catalogue.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

async function refusing(t: Test, isMeasured = true) {
  let now = Date.UTC(2026, 0, 1)
  const events: AuthEvent[] = []
  const measurements: Measurement[] = []
  const emitted = createMemoryCounters({ maximumKeys: 10_000, uptime: () => now })
  const emitRefusal = createRefusalEvents({
    emitted,
    measure: isMeasured ? measurement => measurements.push(measurement) : undefined,
    emit: event => events.push(event),
    clock: () => now,
  })
  const app = Fastify()
  t.teardown(() => app.close())
  app.get('/', async request => {
    const error = request.headers.site === 'cross' ? new CrossSiteRequestError() : new AccessTokenInvalidError()
    for (const _ of [1, 2]) emitRefusal(request, error, null)
    emitRefusal(request, new UserExistsError('email'), null)
    emitRefusal(request, 'no error', null)
  })
  return {
    events,
    measurements,
    ask: (remoteAddress: string, site = 'own') => app.inject({ url: '/', remoteAddress, headers: { site } }),
    advance: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

t.test('a refusal is emitted once a minute for each reason and network, and every further one is measured', async t => {
  const { ask, events, measurements, advance } = await refusing(t)
  for (const _ of [1, 2, 3]) await ask('192.0.2.1')
  await ask('192.0.2.2')
  await ask('192.0.2.1', 'cross')
  t.hasStrict(events, [
    { name: 'authn_token_fail', reason: 'access_token_invalid', ip: '192.0.2.1', userId: null },
    { name: 'authn_token_fail', reason: 'access_token_invalid', ip: '192.0.2.2' },
    { name: 'authz_fail', reason: 'cross_site_request', ip: '192.0.2.1' },
  ])
  t.equal(events.length, 3)
  const counted = {
    name: 'fast_auth_events_total',
    value: 1,
    labels: { event: 'authn_token_fail', reason: 'access_token_invalid' },
  }
  t.strictSame(measurements, [counted, counted])
  advance(60)
  await ask('192.0.2.1')
  t.equal(events.length, 4)
})

t.test('an attack from many networks is emitted 600 times a minute, and hides no other reason', async t => {
  const { ask, events } = await refusing(t, false)
  for (let index = 0; index < 610; index += 1) await ask(`198.51.${index >> 8}.${index & 255}`)
  t.equal(events.length, 600)
  await ask('192.0.2.1', 'cross')
  t.hasStrict(events.at(-1), { reason: 'cross_site_request' })
})

t.test('a guard of a route of the application names the user whom it refuses', async t => {
  const { app, events, advance } = await testApplication(t, {
    after: app =>
      void app.get('/recent', { onRequest: app.fastAuth.requireRecentSignIn({ maxAgeSeconds: 60 }) }, async () => 'in'),
  })
  const { user, accessToken } = await signUpForTokens(app, ada)
  advance(61)
  events.length = 0
  t.equal((await app.inject({ url: '/recent', headers: bearer(accessToken) })).statusCode, 403)
  t.hasStrict(events, [{ name: 'authz_fail', reason: 'recent_sign_in_required', userId: user.id }])
  t.equal(events.length, 1)
})
