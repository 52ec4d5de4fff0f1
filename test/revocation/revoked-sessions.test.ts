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
