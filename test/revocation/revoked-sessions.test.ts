import t from 'tap'
import { createRevokedSessions } from '../../lib/revocation/revoked-sessions.js'

const noon = Date.UTC(2026, 0, 1, 12)

t.test('a session is revoked once it is added, and no other is', async t => {
  const revoked = createRevokedSessions(900)
  t.equal(revoked.has('a'), false)
  revoked.add(['a', 'b'], noon)
  t.equal(revoked.has('a'), true)
  t.equal(revoked.has('b'), true)
  t.equal(revoked.has('c'), false)
  t.equal(revoked.size, 2)
})

t.test('a session is remembered until its time is over, and forgotten then', async t => {
  const revoked = createRevokedSessions(900)
  revoked.add(['a'], noon)
  revoked.add([], noon + 899_999)
  t.equal(revoked.has('a'), true)
  revoked.add([], noon + 900_000)
  t.equal(revoked.has('a'), false)
  t.equal(revoked.size, 0)
})

t.test('a session that is revoked again is remembered for the whole time again', async t => {
  const revoked = createRevokedSessions(900)
  revoked.add(['a', 'b'], noon)
  revoked.add(['a'], noon + 600_000)
  t.equal(revoked.size, 2)
  revoked.add([], noon + 900_000)
  t.equal(revoked.has('b'), false)
  t.equal(revoked.has('a'), true)
  revoked.add([], noon + 1_500_000)
  t.equal(revoked.has('a'), false)
})

t.test('as many are held as were revoked within the time, however long the process runs', async t => {
  const revoked = createRevokedSessions(900)
  let largest = 0
  for (let second = 0; second < 10_000; second += 1) {
    revoked.add([`session ${second}`], noon + second * 1000)
    largest = Math.max(largest, revoked.size)
  }
  t.equal(largest, 900)
})

t.test('a clock that is set back makes nothing be forgotten too soon', async t => {
  const revoked = createRevokedSessions(900)
  revoked.add(['a'], noon)
  revoked.add(['b'], noon - 3_600_000)
  t.equal(revoked.has('a'), true)
  t.equal(revoked.has('b'), true)
  revoked.add(['c'], noon + 899_999)
  t.equal(revoked.has('a'), true)
  revoked.add(['c'], noon + 900_000)
  t.equal(revoked.has('a'), false)
  t.equal(revoked.has('b'), false)
})

t.test('of a session with a dead generation, that and older ones are dead, and newer ones alive', async t => {
  const revoked = createRevokedSessions(900)
  revoked.addGeneration('a', 3, noon)
  const dead = [2, 3, 4].map(generation => revoked.hasGeneration('a', generation))
  t.same(dead, [true, true, false])
  t.notOk(revoked.has('a'), 'the session goes on')
  t.notOk(revoked.hasGeneration('b', 0))
})

t.test('a late report about a generation revives nothing', async t => {
  const revoked = createRevokedSessions(900)
  revoked.addGeneration('a', 3, noon)
  revoked.addGeneration('a', 2, noon)
  t.ok(revoked.hasGeneration('a', 3))
  revoked.add(['a'], noon)
  revoked.addGeneration('a', 4, noon)
  t.ok(revoked.has('a'))
  t.ok(revoked.hasGeneration('a', 1_000_000))
})

t.test('a session that is refreshed in a loop is one entry, forgotten when its time is over', async t => {
  const revoked = createRevokedSessions(900)
  for (let generation = 0; generation < 10_000; generation += 1) revoked.addGeneration('a', generation, noon)
  t.equal(revoked.size, 1)
  revoked.addGeneration('b', 0, noon + 900_000)
  t.equal(revoked.size, 1)
  t.notOk(revoked.hasGeneration('a', 0))
})
