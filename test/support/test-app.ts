import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import type { Test } from 'tap'
import { type AuthEvent, type FastAuthOptions, fastAuth } from '../../lib/index.js'
import { memoryStorage } from '../../lib/storage/memory/index.js'
import { createTestClock, fastHasher } from '../../lib/testing/index.js'
import { countingStorage } from './counting-storage.js'
import { secret } from './secret.js'

/** Cheap enough for tests; the cost is checked where it matters. */
export const cheapPasswords = { hasher: fastHasher } as const

/** What others revoke later is not learned within the time of a test, unless it says so. */
const readAtTheBootAlone = { everySeconds: 60, maximumStalenessSeconds: 3600 }

export interface TestApp {
  readonly app: FastifyInstance
  /** Every storage method that was called since the boot, in order. Empty it with `calls.length = 0`. */
  readonly calls: string[]
  readonly events: AuthEvent[]
  /** Lets time pass for the plugin. */
  advance(seconds: number): void
  /** Sets the plugin's clock ahead or back, while no time passes. */
  jump(seconds: number): void
}

export interface TestAppSettings {
  readonly options?: Partial<FastAuthOptions>
  readonly server?: FastifyServerOptions
  /** Runs before fast-auth is registered. */
  before?(app: FastifyInstance): Promise<void> | void
  /** Runs after it, before the app is ready. */
  after?(app: FastifyInstance): Promise<void> | void
}

/** An app with fast-auth on a memory storage, a clock that stands still, and every event. Closed with the test. */
export async function testApp(
  t: Test,
  { options = {}, server = {}, before, after }: TestAppSettings = {},
): Promise<TestApp> {
  const app = Fastify(server)
  t.teardown(() => app.close())
  const events: AuthEvent[] = []
  const { clock, advance, jump } = createTestClock(Date.UTC(2026, 0, 1, 12))
  const { storage, calls } = countingStorage(options.storage ?? memoryStorage())
  await before?.(app)
  await app.register(fastAuth, {
    secrets: [secret],
    passwords: cheapPasswords,
    clock,
    onEvent: event => events.push(event),
    revocationFeed: readAtTheBootAlone,
    limits: { enabled: false },
    ...options,
    storage,
  })
  await after?.(app)
  await app.ready()
  calls.length = 0
  return {
    app,
    calls,
    events,
    advance: seconds => advance({ seconds }),
    jump: seconds => jump({ seconds }),
  }
}
