import { EventEmitter, once } from 'node:events'
import t from 'tap'
import { createApiKeyUses } from '../../lib/features/api-keys/api-key-uses.js'

type Uses = readonly { readonly apiKeyId: string; readonly lastUsedAt: number }[]

/** A writer of uses whose writes the test sees; each write emits `written`. */
function noting(everySeconds: number, fails = () => false) {
  const writes: Uses[] = []
  const failures: unknown[] = []
  const signals = new EventEmitter()
  const uses = createApiKeyUses({
    everySeconds,
    apiKeys: {
      async touch({ uses }) {
        if (fails()) throw new Error('the disk is full')
        writes.push(uses)
        signals.emit('written')
      },
    },
    onFailure: error => failures.push(error),
  })
  return { uses, writes, failures, written: () => once(signals, 'written') }
}

const hour = 3600

t.test('nothing is written before it is time', async t => {
  const { uses, writes } = noting(hour)
  for (let index = 0; index < 10_000; index += 1) uses.note('a', index)
  await new Promise(setImmediate)
  t.same(writes, [])
})

t.test('ten thousand uses of a key are one write, with the last of them', async t => {
  const { uses, writes } = noting(hour)
  for (let index = 0; index < 10_000; index += 1) uses.note('a', index)
  uses.note('b', 7)
  await uses.flush()
  t.same(writes, [
    [
      { apiKeyId: 'a', lastUsedAt: 9_999 },
      { apiKeyId: 'b', lastUsedAt: 7 },
    ],
  ])
})

t.test('when it is time they are written unasked, and what comes later the next time', async t => {
  // Its timer keeps no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  const { uses, writes, written } = noting(0.01)
  uses.note('a', 1)
  await written()
  uses.note('a', 2)
  await written()
  t.same(writes.flat(), [
    { apiKeyId: 'a', lastUsedAt: 1 },
    { apiKeyId: 'a', lastUsedAt: 2 },
  ])
})

t.test('a flushed use is not written again', async t => {
  const { uses, writes } = noting(0.01)
  uses.note('a', 1)
  await uses.flush()
  await uses.flush()
  await new Promise(resolve => setTimeout(resolve, 50))
  t.equal(writes.length, 1)
})

t.test('more than a thousand keys are written in several steps', async t => {
  const { uses, writes } = noting(hour)
  for (let index = 0; index < 2_500; index += 1) uses.note(`key ${index}`, index)
  await uses.flush()
  t.same(
    writes.map(({ length }) => length),
    [1000, 1000, 500],
  )
})

t.test('a failed write is reported and never thrown, and the next write includes its data', async t => {
  let isDown = true
  const { uses, writes, failures } = noting(hour, () => isDown)
  for (let index = 0; index < 1_500; index += 1) uses.note(`key ${index}`, index)
  await uses.flush()
  t.match(failures, [{ message: 'the disk is full' }])
  t.equal(failures.length, 1, 'the rest waits too')
  uses.note('key 3', 5_000)
  isDown = false
  await uses.flush()
  t.equal(writes.flat().length, 1_500)
  t.equal(writes.flat().find(({ apiKeyId }) => apiKeyId === 'key 3')?.lastUsedAt, 5_000)
})

t.test('a key that is used during a write that fails keeps its later time', async t => {
  const writes: Uses[] = []
  let fail = (_error: Error) => {}
  let isFirst = true
  const uses = createApiKeyUses({
    everySeconds: hour,
    apiKeys: {
      touch({ uses: written }) {
        if (isFirst) return new Promise((_resolve, reject) => (fail = reject))
        writes.push(written)
        return Promise.resolve()
      },
    },
    onFailure: () => {
      isFirst = false
    },
  })
  uses.note('a', 1)
  const flushing = uses.flush()
  await new Promise(setImmediate)
  uses.note('a', 9)
  fail(new Error('down'))
  await flushing
  await uses.flush()
  t.same(writes, [[{ apiKeyId: 'a', lastUsedAt: 9 }]])
})

t.test('a flush waits for the write that is under way', async t => {
  const order: string[] = []
  let finish = () => {}
  const uses = createApiKeyUses({
    everySeconds: hour,
    apiKeys: {
      async touch() {
        await new Promise<void>(resolve => (finish = resolve))
        order.push('written')
      },
    },
    onFailure: () => order.push('failed'),
  })
  uses.note('a', 1)
  const first = uses.flush()
  const second = uses.flush().then(() => order.push('flushed'))
  await new Promise(setImmediate)
  finish()
  await Promise.all([first, second])
  t.same(order, ['written', 'flushed'])
})
