import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { storageMethods } from '../../lib/composition/storage-methods.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { createTestClock } from '../../lib/testing/index.js'
import { type FailingStorage, failingStorage, storageFaults } from '../support/failing-storage.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { standInProvider } from '../support/stand-in-provider.js'
import { type MailApplication, testApplication } from '../support/test-application.js'
import { apiKeyFlows } from './fixtures/api-key-flows.js'
import { codeFlows } from './fixtures/code-flows.js'
import { type Flow, flows } from './fixtures/flows.js'
import { identityFlows } from './fixtures/identity-flows.js'
import { invitationFlows } from './fixtures/invitation-flows.js'
import { mailFlows } from './fixtures/mail-flows.js'
import { organizationFlows } from './fixtures/organization-flows.js'
import { passkeyFlows, passkeys } from './fixtures/passkey-flows.js'
import { type Person, signedInTwice } from './fixtures/person.js'
import { quickPasswords } from './fixtures/quick-passwords.js'
import { reportCells } from './fixtures/report.js'
import { secondFactorFlows } from './fixtures/second-factor-flows.js'
import { accessOnlyFlows, slidingFlows } from './fixtures/single-token-flows.js'

const flowsOfMode = {
  pair: [
    ...flows,
    ...apiKeyFlows,
    ...mailFlows,
    ...secondFactorFlows,
    ...passkeyFlows,
    ...codeFlows,
    ...identityFlows,
    ...organizationFlows,
    ...invitationFlows,
  ],
  sliding: slidingFlows,
  'access-only': accessOnlyFlows,
} as const satisfies Record<NonNullable<FastAuthOptions['tokenMode']>, readonly Flow[]>

const profileSchema = Type.Object({ city: Type.Optional(Type.String()) })
const storageTimeoutSeconds = 0.1
/** The default of the option: the deadline that was set is the one that holds. */
const muchTooLateMilliseconds = 5000

interface FailingApp extends MailApplication, Pick<FailingStorage, 'failNext'> {
  readonly operationIds: readonly string[]
}

/** In strict mode every route asks the storage for all that it asks in the default mode, and for the session too. */
async function failingApp(t: Test, tokenMode: keyof typeof flowsOfMode): Promise<FailingApp> {
  const { storage, failNext } = failingStorage(sqliteStorage({ file: ':memory:' }))
  const operationIds: string[] = []
  const { clock: still } = createTestClock(noon)
  // A request that waits for another one with its flow looks again without a pause.
  const clock = Object.assign(() => still(), { monotonic: still.monotonic, sleep: async () => {} })
  const testing = await testApplication(t, {
    mail: true,
    options: {
      clock,
      storage,
      storageTimeoutSeconds,
      tokenMode,
      revocation: 'strict',
      profileSchema,
      usernames: true,
      secondFactor: 'offered',
      passkeys,
      emailSignIn: { signUp: true },
      providers: [standInProvider()],
      organizations: {},
      passwords: quickPasswords,
    },
    before(app) {
      app.addHook('onRoute', ({ schema }) => {
        if (schema?.operationId !== undefined) operationIds.push(schema.operationId)
      })
    },
  })
  return { ...testing, failNext, operationIds }
}

async function personFor(testing: FailingApp, { before }: Flow): Promise<Person> {
  const person = await signedInTwice(testing.app)
  return before === undefined ? person : { ...person, ...(await before(testing, person)) }
}

interface StorageCall {
  readonly method: string
  /** Which of the calls of this method that the request makes. */
  readonly nth: number
}

/** The calls of an operation when nothing fails. */
async function callsOf(testing: FailingApp, flow: Flow): Promise<readonly StorageCall[]> {
  const person = await personFor(testing, flow)
  testing.asked()
  await testing.app.inject(flow.request(person))
  const methods = testing.asked()
  return methods.map((method, index) => ({
    method,
    nth: methods.slice(0, index + 1).filter(other => other === method).length,
  }))
}

/** The status of a retry that finds what these methods have written, but not the change of the operation. */
function unappliedStatus({ begins, retried }: Flow, written: readonly string[]): number {
  return begins !== undefined && written.includes(begins.with) ? begins.retried : retried.untouched
}

t.test('every operation that asks the storage has a flow here', async t => {
  const { operationIds } = await failingApp(t, 'pair')
  const asking = operationIds.filter(
    operationId =>
      !/^getJwks$|^getRelatedOrigins$|^startPasskeySignIn$|^startProviderSignIn$|^receiveProviderForm$|Page$/.test(
        operationId,
      ),
  )
  t.same(new Set(asking), new Set(flowsOfMode.pair.map(({ operationId }) => operationId)))
})

const covered = new Set<string>()
let cells = 0

for (const [mode, flowsHere] of Object.entries(flowsOfMode)) {
  t.test(`in token mode ${mode}`, async t => {
    const testing = await failingApp(t, mode as keyof typeof flowsOfMode)
    const { app, failNext } = testing

    for (const flow of flowsHere) {
      const name = [flow.operationId, flow.variant ?? ''].join(' ').trim()
      t.test(`${name}: a call that fails makes a 503, and a retry ends well`, async t => {
        const calls = await callsOf(testing, flow)
        t.ok(flow.writes === null ? calls.length > 0 : calls.some(({ method }) => method === flow.writes))

        for (const [index, { method, nth }] of calls.entries()) {
          covered.add(method)
          for (const fault of storageFaults) {
            cells += 1
            await t.test(`${method} ${nth} ${fault}`, async t => {
              const person = await personFor(testing, flow)
              failNext(method, fault, nth)
              const startedAt = performance.now()
              refused(t, await app.inject(flow.request(person)), 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
              t.ok(performance.now() - startedAt < muchTooLateMilliseconds, 'within the deadline')

              const isWritten = fault.startsWith('apply')
              const wasApplied = isWritten && method === flow.writes
              const answer = await app.inject(flow.request(person))
              const written = calls.slice(0, isWritten ? index + 1 : index).map(call => call.method)
              t.equal(answer.statusCode, wasApplied ? flow.retried.applied : unappliedStatus(flow, written))
              await flow.settled(t, app, person, { answer, wasApplied }, testing)
            })
          }
        }
        t.comment(`${calls.map(({ method }) => method).join(', ')}: ${storageFaults.length} faults each`)
      })
    }
  })
}

t.test(
  'every method that a request calls has failed; the others work in the background, or for the application',
  async t => {
    const all = Object.entries(storageMethods).flatMap(([group, methods]) =>
      methods.map(method => `${group}.${method}`),
    )
    t.same(
      new Set(all.filter(method => !covered.has(method))),
      new Set([
        'users.list',
        'users.count',
        // After the sign-in is done; its failure shows nowhere.
        'users.replacePasswordHash',
        'users.markEmailConfirmed',
        'users.disable',
        'users.enable',
        'apiKeys.touch',
        'revocations.list',
        // Called for a repeated refresh only: see `test/security/repeated-refresh-notices`.
        'outbox.add',
        'outbox.claim',
        'outbox.remove',
        'outbox.postpone',
        'events.add',
        'events.list',
        'secondFactors.clear',
      ]),
    )
    reportCells(t, cells)
  },
)
