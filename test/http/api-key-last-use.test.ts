import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { testApplication } from '../support/test-application.js'

function lastUses(storage: Storage, userId: string) {
  return storage.apiKeys.list({ userId, limit: 100, offset: 0, sortBy: 'name', sortOrder: 'asc' })
}

t.test('ten thousand requests with a key write at most once a minute, and once more at the end', async t => {
  const { app, owner, use, calls } = await testApplication(t, { keys: true })
  const { key } = await owner.make()
  calls.length = 0
  const startedAt = performance.now()
  for (let round = 0; round < 100; round += 1) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => use(key)))
    if (!answers.every(({ statusCode }) => statusCode === 200)) t.fail('a request was refused')
  }
  const minutes = Math.floor((performance.now() - startedAt) / 60_000)
  t.ok(calls.filter(method => method === 'apiKeys.touch').length <= minutes, 'no write is made early')
  t.strictSame(
    calls.filter(method => method !== 'apiKeys.touch').slice(100),
    [],
    'and the first uses, which are concurrent, ask for nothing else',
  )
  await app.close()
  t.ok(calls.filter(method => method === 'apiKeys.touch').length <= minutes + 1)
  t.equal(calls.at(-1), 'apiKeys.touch')
})

t.test('a stop writes the last uses before it closes the storage', async t => {
  const storage = memoryStorage()
  const { app, owner, use, advance } = await testApplication(t, {
    keys: true,
    options: { storage: { ...storage, close: async () => {} } },
  })
  const [used, remembered] = [await owner.make({ name: 'a' }), await owner.make({ name: 'b' })]
  await owner.make({ name: 'never' })
  await use(remembered.key)
  advance(5)
  for (const { key } of [used, remembered]) await use(key)
  await app.close()
  const { items } = await lastUses(storage, owner.user.id)
  const time = Date.UTC(2026, 0, 1, 12, 0, 5)
  t.strictSame(
    items.map(({ lastUsedAt }) => lastUsedAt),
    [time, time, null],
  )
})

t.test('a use that is refused leaves no trace in the storage', async t => {
  const storage = memoryStorage()
  const { app, owner, use, advance, calls } = await testApplication(t, {
    keys: true,
    options: { storage: { ...storage, close: async () => {} } },
  })
  const { key } = await owner.make({ expiresAt: '2026-01-01T12:00:01Z' })
  advance(1)
  await use(key)
  await app.close()
  t.notOk(calls.includes('apiKeys.touch'))
})

t.test('a use that cannot be written is in the log, and neither answers nor the stop show it', async t => {
  const storage = memoryStorage()
  const log: string[] = []
  const touch = () => Promise.reject(new Error('the disk is full'))
  const { app, owner, use } = await testApplication(t, {
    keys: true,
    options: { storage: { ...storage, apiKeys: { ...storage.apiKeys, touch } } },
    server: { logger: { level: 'error', stream: { write: (line: string) => log.push(line) } } },
  })
  const { key } = await owner.make()
  t.equal((await use(key)).statusCode, 200)
  await app.close()
  t.match(
    log.map(line => JSON.parse(line)),
    [{ msg: 'fast-auth: the last uses of API keys were not written', err: { message: /the disk is full/ } }],
  )
})
