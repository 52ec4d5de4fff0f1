import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { ListenForRevocations } from '../../lib/composition/storage.js'
import { createRevocationPush, type RevocationPushSettings } from '../../lib/revocation/revocation-push.js'
import { soon } from '../support/soon.js'

/** A storage that pushes, refuses to, or never answers; and the reports of the push. */
function testPush(t: Test, settings: Partial<RevocationPushSettings> = {}) {
  const reported: string[] = []
  const connections: ListenForRevocations[] = []
  const state = { connects: 'immediately', pings: 'immediately', closed: 0, asked: 0, pinged: 0, closes: 'immediately' }
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
    onRevocation: () => reported.push('revoked'),
    onFailure: error => reported.push((error as Error).message),
    onRecovery: () => reported.push('recovered'),
    ...settings,
  })
  // Its timers keep no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(async () => {
    clearInterval(alive)
    await push.stop()
  })
  const newest = () => connections.at(-1) ?? t.bailout('no listener')
  return { ...push, reported, connections, state, newest }
}

t.test('notifications are passed on, and one at the connection, since earlier revocations are unknown', async t => {
  const { start, reported, connections, newest } = testPush(t)
  start()
  await soon(() => connections.length === 1 && reported.length === 1)
  newest()?.onRevocation()
  t.same(reported, ['revoked', 'revoked'])
})

t.test('a lost connection is opened again, and both are reported', async t => {
  const { start, reported, connections, newest } = testPush(t, { pingEverySeconds: 60 })
  start()
  await soon(() => reported.length === 1)
  newest()?.onLoss(new Error('cut off'))
  newest()?.onLoss(new Error('cut off again'))
  await soon(() => connections.length === 2 && reported.length === 4)
  t.same(reported, ['revoked', 'cut off', 'recovered', 'revoked'])
})

t.test('a failed connection is tried again, and the first failure is reported', async t => {
  const { start, reported, state } = testPush(t)
  state.connects = 'not'
  start()
  await soon(() => state.asked >= 4)
  t.same(reported, ['refused'])
  state.connects = 'immediately'
  await soon(() => reported.length === 3)
  t.same(reported, ['refused', 'recovered', 'revoked'])
})

t.test('between attempts that fail the pauses grow', async t => {
  const { start, state } = testPush(t, { shortestPauseSeconds: 0.02, pingEverySeconds: 60 })
  state.connects = 'not'
  start()
  await sleep(200)
  t.ok(state.asked >= 2 && state.asked <= 6, `${state.asked} attempts`)
})

t.test('a connection that gives no sign of life is closed, and another one made', async t => {
  const { start, reported, state, connections } = testPush(t)
  start()
  await soon(() => state.pinged >= 2)
  t.equal(connections.length, 1, 'one that answers is kept')
  state.pings = 'never'
  await soon(() => state.closed === 1)
  state.pings = 'immediately'
  await soon(() => connections.length === 2)
  t.same(reported, ['revoked', 'The storage did not answer within 0.03 s', 'recovered', 'revoked'])
})

t.test('one that is lost while it is asked is lost once', async t => {
  const { start, reported, state, connections } = testPush(t)
  state.pings = 'after a loss'
  start()
  await soon(() => connections.length >= 2)
  t.same(reported.slice(0, 3), ['revoked', 'lost', 'recovered'])
  t.equal(state.closed, 0)
})

t.test('one that is made too late is closed, not used', async t => {
  const { start, state, reported } = testPush(t)
  state.connects = 'late'
  state.closes = 'not'
  start()
  await soon(() => state.closed >= 1)
  t.same(reported, ['The storage did not answer within 0.03 s'])
})

t.test('a stop closes the connection, and nothing is reported after it', async t => {
  const { start, stop, reported, state, newest } = testPush(t)
  start()
  await soon(() => reported.length === 1)
  await stop()
  t.equal(state.closed, 1)
  newest()?.onLoss(new Error('cut off'))
  await sleep(50)
  t.same([reported, state.asked], [['revoked'], 1])
})

t.test('a stop waits for no storage, and what connects later is closed', async t => {
  const { start, stop, state, reported } = testPush(t, { patienceSeconds: 60 })
  state.connects = 'late'
  start()
  await stop()
  t.equal(state.closed, 0)
  await soon(() => state.closed === 1)
  t.same(reported, [])
})

t.test('a failure after the stop is not reported', async t => {
  const { start, stop, state, reported } = testPush(t)
  state.connects = 'not'
  start()
  await stop()
  await sleep(10)
  t.same(reported, [])
})

t.test('a connection that is lost before it was made is not taken for one', async t => {
  const reported: string[] = []
  let attempts = 0
  const closed: number[] = []
  const { start } = testPush(t, {
    async listen({ onLoss }) {
      const attempt = ++attempts
      if (attempt === 1) onLoss(new Error('lost immediately'))
      return { ping: async () => undefined, close: async () => void closed.push(attempt) }
    },
    onFailure: error => reported.push((error as Error).message),
    onRecovery: () => reported.push('recovered'),
  })
  start()
  await soon(() => reported.length === 2)
  t.same([reported, closed], [['lost immediately', 'recovered'], [1]])
})
