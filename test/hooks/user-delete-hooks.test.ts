import t from 'tap'
import type { PasswordHash, UserRecord } from '../../lib/composition/storage.js'
import { type HookCallDependencies, runAfterHook, runBeforeHook } from '../../lib/hooks/call-hook.js'
import type { Hooks } from '../../lib/hooks/hooks.js'
import type { AuthEvent } from '../../lib/index.js'

const user: UserRecord = {
  id: '6c2a4d0e-0000-4000-8000-000000000001',
  email: 'ada@example.com',
  emailConfirmedAt: null,
  username: null,
  passwordHash: '$c4n4ry$' as PasswordHash,
  profile: {},
  createdAt: 0,
  lastSignInAt: null,
  disabledAt: null,
}
const client = { ip: '192.0.2.1', userAgent: 'curl', requestId: 'req-1' }
const hookInput = { user, client, now: 0 }

/** The arguments with which an operation calls hooks, and their effects. */
function dependenciesWith(given: Partial<Hooks>) {
  const events: AuthEvent[] = []
  const logged: unknown[] = []
  const dependencies: HookCallDependencies = {
    hooks: {
      given,
      timeoutMilliseconds: 1000,
      underWay: new Set(),
      onFailure: (hook, error) => logged.push([hook, error]),
    },
    emit: event => events.push(event),
  }
  return { dependencies, events, logged }
}

t.test('without hooks nothing is waited for', async t => {
  const { dependencies } = dependenciesWith({})
  t.equal(runBeforeHook(dependencies, 'beforeUserDelete', hookInput), undefined)
  t.equal(runAfterHook(dependencies, 'afterUserDelete', hookInput), undefined)
})

t.test('both hooks get the user, without the hash', async t => {
  const hookCalls: object[] = []
  const { dependencies } = dependenciesWith({
    beforeUserDelete: context => void hookCalls.push(context),
    afterUserDelete: context => void hookCalls.push(context),
  })
  await runBeforeHook(dependencies, 'beforeUserDelete', hookInput)
  await runAfterHook(dependencies, 'afterUserDelete', hookInput)
  const { passwordHash: _, ...visible } = user
  for (const context of hookCalls) t.matchOnly(context, { user: visible, client, signal: AbortSignal })
  t.equal(hookCalls.length, 2)
  t.equal(user.passwordHash, '$c4n4ry$', 'the operation’s own record is as it was')
})

t.test('a beforeUserDelete that throws stops the deletion, with a fixed text and the cause', async t => {
  const cause = new Error('an invoice is open')
  const { dependencies, events, logged } = dependenciesWith({
    beforeUserDelete: () => {
      throw cause
    },
  })
  await t.rejects(runBeforeHook(dependencies, 'beforeUserDelete', hookInput) ?? Promise.resolve(), {
    code: 'FAST_AUTH_INTERNAL_ERROR',
    message: 'Something went wrong on the server',
    cause,
  })
  const at = '1970-01-01T00:00:00.000Z'
  const event = { name: 'hook_failed', hook: 'beforeUserDelete', reason: 'failed', at }
  t.same(events, [{ ...event, userId: user.id, sessionId: null, ...client }])
  t.same(logged, [], 'it goes into the log with the answer')
})

t.test('an afterUserDelete that throws is logged and emitted, and does not fail the request', async t => {
  const cause = new Error('the CRM is away')
  const { dependencies, events, logged } = dependenciesWith({ afterUserDelete: () => Promise.reject(cause) })
  await runAfterHook(dependencies, 'afterUserDelete', hookInput)
  t.hasStrict(events, [{ name: 'hook_failed', hook: 'afterUserDelete', reason: 'failed', userId: user.id }])
  t.same(logged, [['afterUserDelete', cause]])
})
