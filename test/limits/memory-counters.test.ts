import t from 'tap'
import { createMemoryCounters } from '../../lib/limits/memory-counters.js'

function counting(maximumKeys = 1000) {
  let now = 0
  const counters = createMemoryCounters({ maximumKeys, uptime: () => now })
  const pass = (seconds: number) => {
    now += seconds * 1000
  }
  return { counters, pass }
}

const minute = { customDuration: 60 }

t.test('a counter ends at the time that its first point sets, whatever is added later', async t => {
  const { counters, pass } = counting()
  t.same(await counters.penalty('a:x', 1, minute), { consumedPoints: 1, msBeforeNext: 60_000 })
  pass(59)
  t.same(await counters.penalty('a:x', 2, { customDuration: 600 }), { consumedPoints: 3, msBeforeNext: 1000 })
  t.same(await counters.get('a:x'), { consumedPoints: 3, msBeforeNext: 1000 })
  pass(1)
  t.equal(await counters.get('a:x'), null)
  t.same(await counters.penalty('a:x', 1, minute), { consumedPoints: 1, msBeforeNext: 60_000 })
})

t.test('points that are taken away again leave no credit', async t => {
  const { counters } = counting()
  await counters.penalty('a:x', 1, minute)
  await counters.reward('a:x', 5, minute)
  await counters.reward('a:never', 1, minute)
  t.hasStrict(await counters.penalty('a:x', 1, minute), { consumedPoints: 1 })
  t.hasStrict(await counters.penalty('a:never', 1, minute), { consumedPoints: 1 })
})

t.test('a counter that is deleted begins again', async t => {
  const { counters } = counting()
  await counters.penalty('a:x', 5, minute)
  t.equal(await counters.delete('a:x'), true)
  t.equal(await counters.delete('a:x'), false)
  t.hasStrict(await counters.penalty('a:x', 1, minute), { consumedPoints: 1 })
})

t.test('a million different names take the memory of as many as there may be', async t => {
  const { counters } = counting(20_000)
  for (let index = 0; index < 1_000_000; index++) counters.add(`a:${index}`, 1, 60)
  t.equal(counters.size(), 20_000)
})

t.test('invented names do not evict the counter of an account under attack', async t => {
  const { counters } = counting(1000)
  counters.add('a:victim', 5, 60)
  for (let index = 0; index < 100_000; index++) counters.add(`a:${index}`, 1, 60)
  t.hasStrict(await counters.get('a:victim'), { consumedPoints: 5 })
})

t.test('when all slots are taken, the lowest counter is evicted', async t => {
  const { counters } = counting(16)
  for (let index = 0; index < 16; index++) counters.add(`a:${index}`, index + 2, 60)
  counters.add('a:new', 1, 60)
  t.equal(await counters.get('a:0'), null)
  t.hasStrict(await counters.get('a:1'), { consumedPoints: 3 })
  t.equal(counters.size(), 16)
})

t.test('a counter that has expired is evicted before a live one, however high it was', async t => {
  const { counters, pass } = counting(100)
  for (let index = 0; index < 99; index++) counters.add(`a:${index}`, 9, 60)
  pass(59)
  counters.add('a:alive', 1, 60)
  pass(1)
  counters.add('a:new', 1, 60)
  t.hasStrict(await counters.get('a:alive'), { consumedPoints: 1 })
})

t.test('a flood of one kind of counters evicts none of another', async t => {
  const { counters } = counting(100)
  counters.add('account:ada', 1, 60)
  for (let index = 0; index < 10_000; index++) counters.add(`requests:${index}`, 9, 60)
  t.hasStrict(await counters.get('account:ada'), { consumedPoints: 1 })
})
