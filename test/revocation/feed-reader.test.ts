import { join } from 'node:path'
import t from 'tap'
import type { Revocation, RevocationStore } from '../../lib/composition/storage.js'
import { createFeedReader } from '../../lib/revocation/feed-reader.js'
import { openHandle, openStorage } from '../storage/sql/fixtures/open-storage.js'
import { noon, revokingStorage } from './fixtures/revoking-storage.js'

const second = 1000
const minute = 60_000

/** A reader that reaches fifteen minutes back and overlaps by one, and the ids of all that it has read. */
function readerOf(revocations: RevocationStore) {
  const seen: string[] = []
  let takings = 0
  const take = (lines: readonly Revocation[]) => {
    seen.push(...lines.map(({ id }) => id))
    takings += 1
  }
  const { readOn } = createFeedReader({ revocations, reachSeconds: 900, overlapSeconds: 60, take })
  return { readOn, seen, takings: () => takings }
}

t.test('revocations since the last reading are reported once', async t => {
  const { revocations, endSession } = await revokingStorage()
  const { readOn, seen } = readerOf(revocations)
  await readOn(noon)
  t.same(seen, [])
  const first = await endSession(noon + second)
  await readOn(noon + 2 * second)
  t.same(seen, [first])
  const other = await endSession(noon + 2 * second)
  for (let seconds = 3; seconds < 200; seconds += 1) await readOn(noon + seconds * second)
  t.same(seen, [first, other])
})

t.test('the first reading reaches back as far as was said, and no further', async t => {
  const { revocations, endSession } = await revokingStorage()
  const { readOn, seen } = readerOf(revocations)
  await endSession(noon - 15 * minute - 1)
  const old = await endSession(noon - 15 * minute)
  await readOn(noon)
  t.same(seen, [old])
})

t.test('a reading begins before the last one by the overlap', async t => {
  const { revocations, requests } = await revokingStorage()
  const { readOn } = readerOf(revocations)
  for (const now of [noon, noon + second, noon + 10 * minute]) await readOn(now)
  t.same(
    requests.map(({ since }) => since),
    [noon - 15 * minute, noon - minute, noon + second - minute],
  )
})

t.test('a server whose clock is behind by less than the overlap is heard', async t => {
  const { revocations, endSession } = await revokingStorage()
  const { readOn, seen } = readerOf(revocations)
  await readOn(noon)
  const behind = await endSession(noon - minute)
  await readOn(noon + second)
  t.same(seen, [behind])
})

t.test('revocations of a server whose clock is ahead are read, and do not hide others', async t => {
  const { revocations, endSession } = await revokingStorage()
  const { readOn, seen } = readerOf(revocations)
  await readOn(noon)
  const ahead = await endSession(noon + 60 * minute)
  await readOn(noon + second)
  const other = await endSession(noon + second)
  await readOn(noon + 2 * second)
  t.same(seen, [ahead, other])
})

t.test('a line whose transaction is committed late is reported when it becomes visible', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const storage = openStorage(t, { file })
  await storage.migrate()
  const { readOn, seen } = readerOf(storage.revocations)
  await readOn(noon)
  const writer = openHandle(t, file)
  writer.exec('begin immediate')
  writer
    .prepare('insert into fast_auth_revocations (revoked_at, kind, id, generation) values (?, ?, ?, ?)')
    .run([noon + second, 'session', 'slow', -1])
  for (const seconds of [2, 20, 40]) await readOn(noon + seconds * second)
  t.same(seen, [], 'no reader sees it yet')
  writer.exec('commit')
  await readOn(noon + 61 * second)
  t.same(seen, ['slow'])
})

t.test('all lines with the same time are reported, however many', async t => {
  const { revocations, endSessions, requests } = await revokingStorage()
  const { readOn, seen } = readerOf(revocations)
  const ids = await endSessions(1_200, noon)
  await readOn(noon)
  t.same(new Set(seen), new Set(ids))
  t.equal(seen.length, 1_200)
  t.same(
    requests.map(({ limit }) => limit),
    [500, 500, 500],
  )
  await readOn(noon + second)
  t.equal(seen.length, 1_200)
})

t.test('if nothing was revoked, a reading is one query', async t => {
  const { revocations, requests } = await revokingStorage()
  const { readOn, takings } = readerOf(revocations)
  await readOn(noon)
  await readOn(noon + second)
  t.equal(requests.length, 2)
  t.equal(takings(), 2)
})

t.test('after a reading that failed in the middle nothing is missed', async t => {
  const { revocations, endSessions } = await revokingStorage()
  let failsAt = 2
  const list: RevocationStore['list'] = request => {
    failsAt -= 1
    return failsAt === 0 ? Promise.reject(new Error('connection lost')) : revocations.list(request)
  }
  const { readOn, seen } = readerOf({ list })
  const ids = await endSessions(600, noon)
  await t.rejects(readOn(noon), { message: 'connection lost' })
  t.equal(seen.length, 500)
  await readOn(noon + second)
  t.same(new Set(seen), new Set(ids))
})

t.test('after a time without an answer it continues from the last entry', async t => {
  const { revocations, endSession, failWith } = await revokingStorage()
  const { readOn, seen } = readerOf(revocations)
  await readOn(noon)
  failWith(new Error('down'))
  const meanwhile = await endSession(noon + second)
  for (const minutes of [1, 10, 30]) await t.rejects(readOn(noon + minutes * minute))
  failWith(null)
  await readOn(noon + 31 * minute)
  t.same(seen, [meanwhile])
})

t.test('a clock that is set back misses nothing', async t => {
  const { revocations, endSession } = await revokingStorage()
  const { readOn, seen } = readerOf(revocations)
  const wrong = noon + 60 * minute
  await readOn(wrong)
  const whileWrong = await endSession(noon - 5 * minute)
  await readOn(wrong + second)
  t.same(seen, [], 'to a clock that is an hour ahead it is old')
  await readOn(noon)
  t.same(seen, [whileWrong])
})
