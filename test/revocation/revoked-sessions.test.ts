import t from 'tap'
import { createRevokedSessions } from '../../lib/revocation/revoked-sessions.js'

function memory() {
  let seconds = 0
  const revoked = createRevokedSessions({ rememberForSeconds: 900, uptime: () => seconds * 1000 })
  const passUntil = (second: number) => {
    seconds = second
  }
  return { revoked, passUntil }
}

t.test('a session is revoked once it is added, and no other is', async t => {
  const { revoked } = memory()
  t.equal(revoked.has('a'), false)
  revoked.add(['a', 'b'])
  t.equal(revoked.has('a'), true)
  t.equal(revoked.has('b'), true)
  t.equal(revoked.has('c'), false)
  t.equal(revoked.size, 2)
})

t.test('a session is remembered until its time is over, and forgotten then', async t => {
  const { revoked, passUntil } = memory()
  revoked.add(['a'])
  passUntil(899.999)
  revoked.add([])
  t.equal(revoked.has('a'), true)
  passUntil(900)
  revoked.add([])
  t.equal(revoked.has('a'), false)
  t.equal(revoked.size, 0)
})

t.test('a session that is revoked again is remembered for the whole time again', async t => {
  const { revoked, passUntil } = memory()
  revoked.add(['a', 'b'])
  passUntil(600)
  revoked.add(['a'])
  t.equal(revoked.size, 2)
  passUntil(900)
  revoked.add([])
  t.equal(revoked.has('b'), false)
  t.equal(revoked.has('a'), true)
  passUntil(1500)
  revoked.add([])
  t.equal(revoked.has('a'), false)
})

t.test('as many are held as were revoked within the time, however long the process runs', async t => {
  const { revoked, passUntil } = memory()
  let largest = 0
  for (let second = 0; second < 10_000; second += 1) {
    passUntil(second)
    revoked.add([`session ${second}`])
    largest = Math.max(largest, revoked.size)
  }
  t.equal(largest, 900)
})

t.test('if a generation of a session is revoked, older ones are revoked too, and newer ones are valid', async t => {
  const { revoked } = memory()
  revoked.addGeneration('a', 3)
  const dead = [2, 3, 4].map(generation => revoked.hasGeneration('a', generation))
  t.same(dead, [true, true, false])
  t.notOk(revoked.has('a'), 'the session goes on')
  t.notOk(revoked.hasGeneration('b', 0))
})

t.test('a late report about a generation revives nothing', async t => {
  const { revoked } = memory()
  revoked.addGeneration('a', 3)
  revoked.addGeneration('a', 2)
  t.ok(revoked.hasGeneration('a', 3))
  revoked.add(['a'])
  revoked.addGeneration('a', 4)
  t.ok(revoked.has('a'))
  t.ok(revoked.hasGeneration('a', 1_000_000))
})

t.test('a session that is refreshed in a loop is one entry, forgotten when its time is over', async t => {
  const { revoked, passUntil } = memory()
  for (let generation = 0; generation < 10_000; generation += 1) revoked.addGeneration('a', generation)
  t.equal(revoked.size, 1)
  passUntil(900)
  revoked.addGeneration('b', 0)
  t.equal(revoked.size, 1)
  t.notOk(revoked.hasGeneration('a', 0))
})
