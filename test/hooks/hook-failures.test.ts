import t, { type Test } from 'tap'
import type { HookName } from '../../lib/index.js'
import { refused } from '../support/refusal.js'
import { type HookCall, type HookedApp, hookedApp, rowsOf } from './fixtures/hooked-app.js'
import { type HookedOperation, hookedOperations } from './fixtures/operations.js'

const problem = 'the CRM of c4n4ry.internal is away'

/** The ways in which a hook may fail, and how each is reported. */
const faults = {
  throws: {
    reason: 'failed',
    behave: () => {
      throw new Error(problem)
    },
  },
  'rejects with an error that has a status': {
    reason: 'failed',
    behave: async () => {
      throw Object.assign(new Error(problem), { statusCode: 418 })
    },
  },
  hangs: { reason: 'timed_out', behave: () => new Promise<void>(() => {}) },
} as const

type Rows = Awaited<ReturnType<typeof rowsOf>>

/** The rows of all users, without the values that differ at every run. */
function outcome(before: Rows, after: Rows) {
  return after.map(({ user: { id, passwordHash, ...user }, sessions }) => ({
    ...user,
    hasOldHash: before.some(({ user: old }) => old.id === id && old.passwordHash === passwordHash),
    sessions: sessions.map(({ generation, rotatedAt, expiresAt }) => ({ generation, rotatedAt, expiresAt })),
  }))
}

/** Prepares, and sends while the hooks behave so. */
async function run(tested: HookedApp, { prepare }: HookedOperation, behave: (call: HookCall) => void | Promise<void>) {
  const send = await prepare(tested)
  const before = await rowsOf(tested.storage)
  tested.listen(behave)
  const answer = await send()
  const after = await rowsOf(tested.storage)
  return { answer, before, after, outcome: outcome(before, after) }
}

/** Resolves with the outcome if every hook succeeds; runs the operation once. */
async function undisturbed(t: Test, operation: HookedOperation) {
  const known = outcomes.get(operation) ?? (await run(await hookedApp(t), operation, () => {})).outcome
  outcomes.set(operation, known)
  return known
}
const outcomes = new Map<HookedOperation, ReturnType<typeof outcome>>()

function failures({ events }: HookedApp) {
  return events.flatMap(event => (event.name === 'hook_failed' ? [[event.hook, event.reason]] : []))
}

for (const [name, operation] of Object.entries(hookedOperations)) {
  const hooks = new Set(operation.calls.map(([hook]) => hook))
  for (const failing of hooks) {
    for (const [how, { reason, behave }] of Object.entries(faults)) {
      const isBefore = failing.startsWith('before')
      const consequence = isBefore ? 'nothing has happened' : 'it is done all the same'
      t.test(`${name}: if ${failing} ${how}, ${consequence}`, async t => {
        const tested = await hookedApp(t, { hooks: { timeoutSeconds: 0.1 } })
        const { answer, before, after, outcome } = await run(tested, operation, ({ hook }) =>
          hook === failing ? behave() : undefined,
        )
        t.notMatch(answer.body, 'c4n4ry')
        const calls = operation.calls.filter(([hook]) => hook === failing)
        t.same(
          failures(tested),
          calls.map(([hook]) => [hook, reason]),
          'and it is reported, once for each call',
        )
        if (isBefore) {
          refused(t, answer, 500, 'FAST_AUTH_INTERNAL_ERROR')
          t.same(after, before)
          t.equal(tested.hookCalls.at(-1)?.hook, failing, 'no hook is called after it')
          t.match(JSON.stringify(tested.log), reason === 'failed' ? problem : 'took longer than 0.1 seconds')
        } else {
          t.equal(answer.statusCode, operation.status)
          t.same(outcome, await undisturbed(t, operation))
          t.equal(tested.hookCalls.length, operation.calls.length, 'the other hooks are called as ever')
          const message = reason === 'failed' ? problem : 'The hook took longer than 0.1 seconds'
          t.match(
            tested.log.filter(({ msg }) => msg === 'fast-auth: a hook failed after the fact'),
            calls.map(([hook]) => ({ level: 50, hook, err: { message } })),
          )
        }
        t.equal(tested.hookCalls.find(({ hook }) => hook === failing)?.context.signal.aborted, reason === 'timed_out')
      })
    }

    t.test(`${name}: if ${failing} takes a while, the answer waits for it`, async t => {
      const tested = await hookedApp(t)
      const finished: HookName[] = []
      const { answer, outcome } = await run(tested, operation, async ({ hook }) => {
        await new Promise(resolve => setTimeout(resolve, 10))
        if (hook.startsWith('before')) t.notMatch(tested.calls.join(), /create|open/, 'nothing is written yet')
        finished.push(hook)
      })
      t.equal(answer.statusCode, operation.status)
      t.same(
        finished,
        operation.calls.map(([hook]) => hook),
      )
      t.same(outcome, await undisturbed(t, operation))
      t.same(failures(tested), [])
    })
  }
}

t.test('after a before-hook has failed, the same request succeeds', async t => {
  const tested = await hookedApp(t)
  tested.listen(faults.throws.behave)
  const { prepare } = hookedOperations['a sign-up'] as HookedOperation
  const send = await prepare(tested)
  t.equal((await send()).statusCode, 500)
  tested.listen()
  t.equal((await send()).statusCode, 201)
})

t.test('a hook that throws after its timeout has no effect', async t => {
  const tested = await hookedApp(t, { hooks: { timeoutSeconds: 0.1 } })
  const untilAborted = ({ context: { signal } }: HookCall) =>
    new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error(problem))))
  const { answer } = await run(tested, hookedOperations['a sign-in'] as HookedOperation, untilAborted)
  refused(t, answer, 500, 'FAST_AUTH_INTERNAL_ERROR')
  await new Promise(setImmediate)
  t.same(failures(tested), [['beforeSignIn', 'timed_out']])
  t.notMatch(JSON.stringify(tested.log), problem)
})

t.test('for sessions that end together the hook is called concurrently', async t => {
  const tested = await hookedApp(t, { hooks: { timeoutSeconds: 0.5 } })
  let letGo = () => {}
  const areBothTold = new Promise<void>(resolve => {
    letGo = resolve
  })
  await run(tested, hookedOperations['ending all other sessions'] as HookedOperation, () => {
    if (tested.hookCalls.length === 2) letGo()
    return areBothTold
  })
  t.same(failures(tested), [])
})
