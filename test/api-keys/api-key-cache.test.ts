import t from 'tap'
import { type CachedApiKey, createApiKeyCache } from '../../lib/features/api-keys/api-key-cache.js'
import type { ApiKeyHash } from '../../lib/features/api-keys/api-key-record.js'

const hashOf = (id: string) => `hash of ${id}` as ApiKeyHash
const apiKeyOf = (apiKeyId: string): CachedApiKey => ({
  apiKeyId,
  userId: 'ada',
  email: 'ada@example.com',
  scopes: [],
  expiresAt: null,
  organization: null,
})

/** Keys that are remembered for a minute, at most two of them. */
function memory(settings = {}) {
  let time = 0
  const keys = createApiKeyCache({ rememberSeconds: 60, maximumSize: 2, uptime: () => time, ...settings })
  const verify = (id: string, now = 0) => {
    time = now
    return keys.verify(hashOf(id), async () => apiKeyOf(id))
  }
  const knows = (id: string, now = 0) => {
    time = now
    return keys.recall(hashOf(id))?.apiKeyId === id
  }
  return { keys, verify, knows }
}

t.test('a key that was found is recalled, and no other', async t => {
  const { keys, verify, knows } = memory()
  t.equal(keys.recall(hashOf('a')), null)
  t.same(await verify('a'), apiKeyOf('a'))
  t.same(keys.recall(hashOf('a')), apiKeyOf('a'))
  t.notOk(knows('b'))
})

t.test('a key that was not found is not cached', async t => {
  const { keys } = memory()
  t.equal(await keys.verify(hashOf('a'), async () => null), null)
  t.equal(keys.size, 0)
})

t.test('an error of the storage goes to the caller, and nothing is cached', async t => {
  const { keys } = memory()
  await t.rejects(
    keys.verify(hashOf('a'), () => Promise.reject(new Error('down'))),
    { message: 'down' },
  )
  t.equal(keys.size, 0)
})

t.test('a key is recalled until the configured time is over, however often that is done', async t => {
  const { verify, knows } = memory()
  await verify('a', 1_000)
  for (const now of [1_000, 30_000, 60_999]) t.ok(knows('a', now), `${now}`)
  t.notOk(knows('a', 61_000))
})

t.test('asking the storage again begins a new time', async t => {
  const { verify, knows } = memory()
  await verify('a', 0)
  await verify('a', 50_000)
  t.ok(knows('a', 100_000))
})

t.test('with 0 seconds nothing is recalled', async t => {
  const { verify, knows } = memory({ rememberSeconds: 0 })
  await verify('a')
  t.notOk(knows('a'))
})

t.test('beyond the bound those that were asked for first are forgotten', async t => {
  const { keys, verify, knows } = memory()
  for (const id of ['a', 'b', 'a', 'c']) await verify(id)
  t.same([knows('a'), knows('b'), knows('c'), keys.size], [true, false, true, 2])
})

t.test('a thousand keys take no more space than the bound', async t => {
  const { keys, verify } = memory({ maximumSize: 10 })
  for (let index = 0; index < 1000; index += 1) await verify(`key ${index}`)
  t.equal(keys.size, 10)
})

t.test('a key that is forgotten is not recalled, the others are', async t => {
  const { keys, verify, knows } = memory()
  await verify('a')
  await verify('b')
  keys.forget(['a', 'never known'])
  t.same([knows('a'), knows('b')], [false, true])
})

t.test('a key that is forgotten while the storage is asked is not remembered from the answer', async t => {
  const { keys, verify, knows } = memory()
  let answer = (_apiKey: CachedApiKey) => {}
  const asking = keys.verify(hashOf('a'), () => new Promise(resolve => (answer = resolve)))
  keys.forget(['a'])
  answer(apiKeyOf('a'))
  t.same(await asking, apiKeyOf('a'), 'a caller from before gets the answer')
  t.notOk(knows('a'))
  await verify('a')
  t.ok(knows('a'), 'and the answer to a later caller is cached')
})

t.test('after two concurrent first uses the cache has one entry', async t => {
  const { keys, verify, knows } = memory()
  await Promise.all([verify('a'), verify('a')])
  t.equal(keys.size, 1)
  keys.forget(['a'])
  t.notOk(knows('a'))
})
