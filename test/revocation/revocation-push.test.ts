import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { createRevocationPush, type RevocationPushSettings } from '../../lib/revocation/revocation-push.js'
import type { ListenForRevocations } from '../../lib/storage/storage.js'
import { soon } from '../support/soon.js'

/** A storage that tells, refuses to, or never answers; and what becomes of it. */
function testPush(t: Test, settings: Partial<RevocationPushSettings> = {}) {
  const told: string[] = []
  const connections: ListenForRevocations[] = []
  const state = { connects: 'at once', pings: 'at once', closed: 0, asked: 0, pinged: 0, closes: 'at once' }
  const never = () => new Promise<never>(() => {})

  async function listen(request: ListenForRevocations) {
    state.asked += 1
    if (state.connects === 'never') await never()
    if (state.connects === 'late') await sleep(60)
    if (state.connects === 'not') throw new Error('refused')
    connections.push(request)
    return {
      async ping() {
        state.pinged += 1
        if (state.pings === 'never') await never()
        if (state.pings === 'after a loss') {
          request.onLoss(new Error('lost'))
          throw new Error('gone')
        }
      },
      async close() {
        state.closed += 1
        if (state.closes === 'not') throw new Error('closed already')
      },
    }
  }

  const push = createRevocationPush({
    listen,
    patienceSeconds: 0.03,
    pingEverySeconds: 0.02,
    shortestPauseSeconds: 0.002,
    onRevocation: () => told.push('revoked'),
    onFailure: error => told.push((error as Error).message),
    onRecovery: () => told.push('recovered'),
    ...settings,
  })
  // Its timers keep no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(async () => {
    clearInterval(alive)
    await push.stop()
  })
  const newest = () => connections.at(-1) ?? t.bailout('nobody listens')
  return { ...push, told, connections, state, newest }
}

t.test('notifications are passed on, and one at the connection, since earlier revocations are unknown', async t => {
  const { start, told, connections, newest } = testPush(t)
  start()
  await soon(() => connections.length === 1 && told.length === 1)
  newest()?.onRevocation()
  t.same(told, ['revoked', 'revoked'])
})

t.test('a lost connection is opened again, and both are reported', async t => {
  const { start, told, connections, newest } = testPush(t, { pingEverySeconds: 60 })
  start()
  await soon(() => told.length === 1)
  newest()?.onLoss(new Error('cut off'))
  newest()?.onLoss(new Error('cut off again'))
  await soon(() => connections.length === 2 && told.length === 4)
  t.same(told, ['revoked', 'cut off', 'recovered', 'revoked'])
})

t.test('a failed connection is tried again, and the first failure is reported', async t => {
  const { start, told, state } = testPush(t)
  state.connects = 'not'
  start()
  await soon(() => state.asked >= 4)
  t.same(told, ['refused'])
  state.connects = 'at once'
  await soon(() => told.length === 3)
  t.same(told, ['refused', 'recovered', 'revoked'])
})

t.test('between attempts that fail the pauses grow', async t => {
  const { start, state } = testPush(t, { shortestPauseSeconds: 0.02, pingEverySeconds: 60 })
  state.connects = 'not'
  start()
  await sleep(200)
  t.ok(state.asked >= 2 && state.asked <= 6, `${state.asked} attempts`)
})

t.test('a connection that gives no sign of life is closed, and another one made', async t => {
  const { start, told, state, connections } = testPush(t)
  start()
  await soon(() => state.pinged >= 2)
  t.equal(connections.length, 1, 'one that answers is kept')
  state.pings = 'never'
  await soon(() => state.closed === 1)
  state.pings = 'at once'
  await soon(() => connections.length === 2)
  t.same(told, ['revoked', 'The storage did not answer within 0.03 s', 'recovered', 'revoked'])
})

t.test('one that is lost while it is asked is lost once', async t => {
  const { start, told, state, connections } = testPush(t)
  state.pings = 'after a loss'
  start()
  await soon(() => connections.length >= 2)
  t.same(told.slice(0, 3), ['revoked', 'lost', 'recovered'])
  t.equal(state.closed, 0)
})

t.test('one that is made too late is closed, not used', async t => {
  const { start, state, told } = testPush(t)
  state.connects = 'late'
  state.closes = 'not'
  start()
  await soon(() => state.closed >= 1)
  t.same(told, ['The storage did not answer within 0.03 s'])
})

t.test('a stop closes the connection, and nothing is reported after it', async t => {
  const { start, stop, told, state, newest } = testPush(t)
  start()
  await soon(() => told.length === 1)
  await stop()
  t.equal(state.closed, 1)
  newest()?.onLoss(new Error('cut off'))
  await sleep(50)
  t.same([told, state.asked], [['revoked'], 1])
})

t.test('a stop waits for no storage, and what connects later is closed', async t => {
  const { start, stop, state, told } = testPush(t, { patienceSeconds: 60 })
  state.connects = 'late'
  start()
  await stop()
  t.equal(state.closed, 0)
  await soon(() => state.closed === 1)
  t.same(told, [])
})

t.test('a failure after the stop is not reported', async t => {
  const { start, stop, state, told } = testPush(t)
  state.connects = 'not'
  start()
  await stop()
  await sleep(10)
  t.same(told, [])
})

t.test('a connection that is lost before it was made is not taken for one', async t => {
  const told: string[] = []
  let attempts = 0
  const closed: number[] = []
  const { start } = testPush(t, {
    async listen({ onLoss }) {
      const attempt = ++attempts
      if (attempt === 1) onLoss(new Error('lost at once'))
      return { ping: async () => undefined, close: async () => void closed.push(attempt) }
    },
    onFailure: error => told.push((error as Error).message),
    onRecovery: () => told.push('recovered'),
  })
  start()
  await soon(() => told.length === 2)
  t.same([told, closed], [['lost at once', 'recovered'], [1]])
})
