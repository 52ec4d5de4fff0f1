import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/storage/sql/sqlite.js'
import { type FailingStorage, failingStorage, storageFaults } from '../support/failing-storage.js'
import { refused } from '../support/refusal.js'
import { type TestApp, testApp } from '../support/test-app.js'
import { apiKeyFlows } from './fixtures/api-key-flows.js'
import { type Flow, flows as otherFlows } from './fixtures/flows.js'
import { signedInTwice } from './fixtures/person.js'

const flows = [...otherFlows, ...apiKeyFlows]
const profileSchema = Type.Object({ city: Type.Optional(Type.String()) })
const storageTimeoutSeconds = 0.2
/** The default of the option: the deadline that was set is the one that holds. */
const muchTooLateMilliseconds = 5000

interface FailingApp extends TestApp, Pick<FailingStorage, 'failNext'> {
  readonly operationIds: readonly string[]
}

/** In strict mode every route asks the storage for all that it asks in the default mode, and for the session too. */
async function failingApp(t: Test): Promise<FailingApp> {
  const { storage, failNext } = failingStorage(sqliteStorage({ file: ':memory:' }))
  const operationIds: string[] = []
  const testing = await testApp(t, {
    options: { storage, storageTimeoutSeconds, revocation: 'strict', profileSchema },
    before(app) {
      app.addHook('onRoute', ({ schema }) => {
        if (schema?.operationId !== undefined) operationIds.push(schema.operationId)
      })
    },
  })
  return { ...testing, failNext, operationIds }
}

/** The verbs that the operation calls when nothing fails. */
async function verbsOf({ app, calls }: TestApp, flow: Flow): Promise<ReadonlySet<string>> {
  const person = await signedInTwice(app)
  calls.length = 0
  await app.inject(flow.request(person))
  return new Set(calls)
}

t.test('every operation that asks the storage has a flow here', async t => {
  const { operationIds } = await failingApp(t)
  const asking = operationIds.filter(operationId => operationId !== 'getJwks')
  t.same(new Set(asking), new Set(flows.map(({ operationId }) => operationId)))
})

for (const flow of flows) {
  t.test(`${flow.operationId}: a verb that fails makes a 503, and a retry ends well`, async t => {
    const testing = await failingApp(t)
    const { app, failNext } = testing
    const verbs = await verbsOf(testing, flow)
    t.ok(flow.writes === null ? verbs.size > 0 : verbs.has(flow.writes))

    for (const verb of verbs) {
      for (const fault of storageFaults) {
        await t.test(`${verb} ${fault}`, async t => {
          const person = await signedInTwice(app)
          failNext(verb, fault)
          const startedAt = performance.now()
          refused(t, await app.inject(flow.request(person)), 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
          t.ok(performance.now() - startedAt < muchTooLateMilliseconds, 'within the deadline')

          const wasApplied = verb === flow.writes && fault.startsWith('apply')
          const answer = await app.inject(flow.request(person))
          t.equal(answer.statusCode, wasApplied ? flow.retried.applied : flow.retried.untouched)
          await flow.settled(t, app, person, { answer, wasApplied })
        })
      }
    }
    t.comment(`${[...verbs].join(', ')}: ${storageFaults.length} faults each`)
  })
}
