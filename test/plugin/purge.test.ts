import { EventEmitter, once } from 'node:events'
import type { FastifyServerOptions } from 'fastify'
import t, { type Test } from 'tap'
import type { Purge, Purged } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

/** An application that purges within seconds; each purge emits `asked`, and `purged` with its result. */
async function purgingApp(t: Test, purge: FastAuthOptions['purge'], stream?: object) {
  const storage = memoryStorage()
  const signals = new EventEmitter()
  const watched = {
    ...storage,
    async purge(request: Purge): Promise<Purged> {
      signals.emit('asked', request)
      if (stream !== undefined) throw new Error('connection refused')
      const purged = await storage.purge(request)
      signals.emit('purged', purged)
      return purged
    },
  }
  const asked = once(signals, 'asked')
  const server: FastifyServerOptions = stream === undefined ? {} : { logger: { level: 'error', stream } as object }
  const tested = await testApplication(t, { options: { storage: watched, purge: purge ?? {} }, server })
  // Its timer keeps no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  return { ...tested, signals, asked }
}

t.test('an application purges unasked, by its own clock, in batches of the size that was set', async t => {
  const { asked } = await purgingApp(t, { everySeconds: 1, batchSize: 3, eventLifetimeSeconds: 60 })
  const [request] = await asked
  const now = Date.UTC(2026, 0, 1, 12)
  t.same(request, { now, revokedBefore: now - 90_000_000, eventsBefore: now - 60_000, limit: 3 })
})

t.test('a session that has expired is removed in the next round', async t => {
  const { app, signals, asked, advance } = await purgingApp(t, { everySeconds: 1 })
  await asked
  await signUpForTokens(app)
  advance(15 * 86_400)
  const [purged] = await once(signals, 'purged')
  t.same(purged, {
    sessions: 1,
    oneTimeTokens: 0,
    messages: 0,
    revocations: 0,
    events: 0,
    passkeyUses: 0,
    signInCodes: 0,
    providerFlows: 0,
    invitations: 0,
  })
})

t.test('purge.everySeconds of 0 turns it off', async t => {
  const { signals } = await purgingApp(t, { everySeconds: 0 })
  let count = 0
  signals.on('asked', () => {
    count += 1
  })
  await new Promise(resolve => setTimeout(resolve, 20))
  t.equal(count, 0)
})

t.test('a purge that fails is logged', async t => {
  const lines: string[] = []
  const logged = new EventEmitter()
  const stream = {
    write(line: string) {
      lines.push(line)
      logged.emit('line')
    },
  }
  const line = once(logged, 'line')
  const { app } = await purgingApp(t, { everySeconds: 1 }, stream)
  await line
  await app.close()
  t.match(JSON.parse(lines[0] ?? ''), {
    level: 50,
    msg: 'fast-auth: what has expired was not purged',
    err: { message: /storage/i },
  })
})
