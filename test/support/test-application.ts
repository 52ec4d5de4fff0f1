import Fastify, { type FastifyInstance, type FastifyServerOptions, type LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { type AuthEvent, type FastAuthOptions, fastAuth } from '../../lib/index.js'
import { createTestClock, fastHasher } from '../../lib/testing/index.js'
import { countingStorage } from './counting-storage.js'
import { secret } from './secret.js'
import { createTestKeys, type KeySettings, type TestKeys } from './test-keys.js'
import { createTestMail, type MailSettings, type TestMail } from './test-mail.js'
import { signAdaUp, type TestSignIn } from './test-sign-in.js'
import { keepWarnings } from './test-warnings.js'

/** A hasher without cost. Tests that depend on the cost give another. */
export const cheapPasswords = { hasher: fastHasher } as const

/** The feed is read at the boot and not again within the time of a test. */
const feedReadOnce = { everySeconds: 60, maximumStalenessSeconds: 600 }

export interface TestApplication {
  readonly app: FastifyInstance
  /** The storage methods that were called since `testApplication` returned, in their order. */
  readonly calls: string[]
  readonly events: AuthEvent[]
  /** The codes of the warnings in the log, in their order; none if the test gives a logger. */
  readonly warned: string[]
  /** Lets time pass for the plugin. */
  advance(seconds: number): void
  /** Sets the plugin's clock forward or back, while no time passes. */
  jump(seconds: number): void
  /** Sends a POST request; `path` is the part behind the prefix `/auth`. */
  post(path: string, payload: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

export type MailApplication = TestApplication & TestMail
export type KeyApplication = TestApplication & TestKeys

type MaybeMail = MailSettings | undefined
type MaybeKeys = KeySettings | undefined
type MaybeSignedIn = true | undefined

export interface TestApplicationSettings<Mail = undefined, Keys = undefined, SignedIn = undefined> {
  /** Sends messages to a mailbox: `true`, or options of `email`. */
  readonly mail?: Mail
  /** Enables API keys, adds guarded routes and signs their owner up: `true`, or options of `apiKeys` and the owner's `account`. */
  readonly keys?: Keys
  /** Signs Ada up. */
  readonly signedIn?: SignedIn
  readonly options?: Partial<FastAuthOptions>
  readonly server?: FastifyServerOptions
  /** Runs before fast-auth is registered. */
  before?(app: FastifyInstance): Promise<void> | void
  /** Runs after fast-auth is registered, before the application is ready. */
  after?(app: FastifyInstance): Promise<void> | void
}

type PartOf<Setting, Part> = Setting extends undefined ? unknown : Part

/**
 * Makes an application with fast-auth on a memory storage and a clock that stands still, and closes it when the test
 * ends. The settings `mail`, `keys` and `signedIn` add their parts to the result.
 */
export async function testApplication<Mail extends MaybeMail, Keys extends MaybeKeys, SignedIn extends MaybeSignedIn>(
  t: Test,
  settings?: TestApplicationSettings<Mail, Keys, SignedIn>,
): Promise<TestApplication & PartOf<Mail, TestMail> & PartOf<Keys, TestKeys> & PartOf<SignedIn, TestSignIn>>
export async function testApplication(
  t: Test,
  settings: TestApplicationSettings<MaybeMail, MaybeKeys, MaybeSignedIn> = {},
): Promise<TestApplication & Partial<TestMail & TestKeys & TestSignIn>> {
  const { options = {}, before, after } = settings
  const mail = settings.mail && createTestMail(settings.mail)
  const keys = settings.keys && createTestKeys(settings.keys)
  const { warned, server } = keepWarnings(settings.server ?? {})
  const app = Fastify(server)
  t.teardown(() => app.close())
  const events: AuthEvent[] = []
  const { clock, advance, jump } = createTestClock(Date.UTC(2026, 0, 1, 12))
  const { storage, calls } = countingStorage((options.storage as Storage | undefined) ?? memoryStorage())
  await before?.(app)
  await app.register(fastAuth, {
    secrets: [secret],
    passwords: cheapPasswords,
    clock,
    onEvent: event => events.push(event),
    revocationFeed: feedReadOnce,
    limits: { enabled: false },
    purge: { everySeconds: 0 },
    ...mail?.options,
    ...keys?.options,
    ...options,
    storage,
  })
  keys?.addRoutes(app)
  await after?.(app)
  await app.ready()
  const parts = {
    ...mail?.mailOf(app, calls),
    ...(await keys?.keysOf(app)),
    ...(settings.signedIn && (await signAdaUp(app, mail?.mailbox))),
  }
  if (keys || settings.signedIn) events.length = 0
  calls.length = 0
  return {
    app,
    calls,
    events,
    warned,
    advance: seconds => advance({ seconds }),
    jump: seconds => jump({ seconds }),
    post: (path, payload, headers = {}) =>
      app.inject({ method: 'POST', url: `/auth${path}`, payload: payload as object, headers }),
    ...parts,
  }
}
