import t from 'tap'
import { soon } from '../support/soon.js'
import { noon } from './fixtures/revoking-storage.js'
import { slowFeed, testFeed } from './fixtures/test-feed.js'

const patienceSeconds = 60

t.test('an early reading begins immediately if there was no recent one', async t => {
  const { start, pollSoon, endSession, revokedSessions } = await testFeed(t, { everySeconds: 60 })
  await start(patienceSeconds)
  await new Promise(resolve => setTimeout(resolve, 60))
  const ended = await endSession(noon)
  pollSoon()
  t.ok((await soon(() => revokedSessions.has(ended))) < 1)
})

t.test('ten thousand revocations, each of them notified, are read in few readings', async t => {
  let count = 0
  let underWay = 0
  const list = async () => {
    count += 1
    underWay += 1
    t.equal(underWay, 1, 'never beside each other')
    await new Promise(resolve => setTimeout(resolve, 5))
    underWay -= 1
    return []
  }
  const { start, pollSoon } = await testFeed(t, { revocations: { list }, everySeconds: 60 })
  await start(patienceSeconds)
  const startedAt = performance.now()
  for (let count = 0; count < 10_000; count += 1) {
    pollSoon()
    if (count % 100 === 0) await new Promise(setImmediate)
  }
  const before = count
  await soon(() => count > before)
  const milliseconds = performance.now() - startedAt
  t.ok(count <= 2 + milliseconds / 50, `${count} readings in ${milliseconds} ms`)
})

t.test('a notification during a reading causes another reading after it', async t => {
  const feed = slowFeed()
  const { start, pollSoon } = await testFeed(t, { revocations: feed, everySeconds: 60 })
  const starting = start(patienceSeconds)
  pollSoon()
  pollSoon()
  feed.finish()
  await starting
  await soon(() => feed.count === 2)
  await new Promise(resolve => setTimeout(resolve, 120))
  t.equal(feed.count, 2)
})

t.test('after long readings the pause before an early one is longer, so the process does not only read', async t => {
  const began: number[] = []
  const list = async () => {
    began.push(performance.now())
    await new Promise(resolve => setTimeout(resolve, 40))
    return []
  }
  const uptime = () => performance.now()
  const { start, pollSoon } = await testFeed(t, { revocations: { list }, everySeconds: 60, uptime })
  await start(patienceSeconds)
  pollSoon()
  await soon(() => began.length === 2)
  const [first = 0, second = 0] = began
  t.ok(second - first >= 5 * 38, `${second - first} ms`)
})

t.test('after a stop there is no early reading', async t => {
  let count = 0
  const list = async () => {
    count += 1
    return []
  }
  const { start, stop, pollSoon } = await testFeed(t, { revocations: { list } })
  await start(patienceSeconds)
  await stop()
  const before = count
  pollSoon()
  await new Promise(resolve => setTimeout(resolve, 80))
  t.equal(count, before)
})
