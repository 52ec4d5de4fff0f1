import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createFallbackCounters } from '../../lib/limits/fallback-counters.js'
import type { LimitCounters } from '../../lib/limits/limit-counters.js'
import { createMemoryCounters } from '../../lib/limits/memory-counters.js'

type Mood = 'well' | 'failing' | 'silent'

/** Fallback counters over shared ones that the test makes fail or stop answering. */
function fallbackCounters() {
  let mood: Mood = 'well'
  let uptime = 0
  let asked = 0
  const inMemory = () => createMemoryCounters({ maximumKeys: 100, uptime: () => 0 })
  const store = inMemory()
  async function as<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    asked++
    if (mood === 'failing') throw new Error('the store is down')
    return mood === 'silent' ? new Promise<Answer>(() => {}) : answer()
  }
  const shared: LimitCounters = {
    penalty: (...args) => as(() => store.penalty(...args)),
    reward: (...args) => as(() => store.reward(...args)),
    get: key => as(() => store.get(key)),
    delete: key => as(() => store.delete(key)),
  }
  const changes: (string | null)[] = []
  const counters = createFallbackCounters({
    shared,
    local: inMemory(),
    deadlineMilliseconds: 20,
    pauseMilliseconds: 1000,
    uptime: () => uptime,
    onChange: failure => changes.push(failure === null ? null : String(failure.error)),
  })
  const count = async () => (await counters.penalty('a:x', 1, { customDuration: 60 })).consumedPoints
  return {
    counters,
    changes,
    count,
    asked: () => asked,
    become(next: Mood) {
      mood = next
    },
    pass(milliseconds: number) {
      uptime += milliseconds
    },
  }
}

t.test('while the store answers, it counts', async t => {
  const { counters, count, changes } = fallbackCounters()
  await count()
  t.equal(await count(), 2)
  await counters.reward('a:x', 1, { customDuration: 60 })
  t.hasStrict(await counters.get('a:x'), { consumedPoints: 1 })
  t.equal(await counters.delete('a:x'), true)
  t.equal(await count(), 1)
  t.same(changes, [])
})

t.test('while the store is down this process counts, and the failure is reported once', async t => {
  const { count, become, changes } = fallbackCounters()
  become('failing')
  t.same([await count(), await count(), await count()], [1, 2, 3])
  t.same(changes, ['Error: the store is down'])
})

t.test('a store that does not answer is given up after the deadline, and then causes no further delay', async t => {
  const { count, become, changes, asked } = fallbackCounters()
  become('silent')
  t.equal(await count(), 1)
  t.same(changes, ['Error: The counters of the limits did not answer within 20 ms'])
  const before = asked()
  await Promise.all(Array.from({ length: 10 }, count))
  t.equal(asked(), before)
})

t.test('after the pause one call tries the store, and the others do not wait for it', async t => {
  const { count, become, pass, asked } = fallbackCounters()
  become('silent')
  await count()
  pass(1000)
  const before = asked()
  await Promise.all(Array.from({ length: 10 }, count))
  t.equal(asked(), before + 1)
})

t.test('a store that is available again counts again, and that is reported once', async t => {
  const { count, become, pass, changes } = fallbackCounters()
  await count()
  become('failing')
  await count()
  become('well')
  t.equal(await count(), 2, 'not before the pause is over')
  pass(1000)
  t.equal(await count(), 2, 'where it was in the store')
  await count()
  t.same(changes, ['Error: the store is down', null])
})

t.test('calls that fail together are reported once', async t => {
  const { count, become, changes } = fallbackCounters()
  become('silent')
  await Promise.all(Array.from({ length: 10 }, count))
  await sleep(0)
  t.equal(changes.length, 1)
})
