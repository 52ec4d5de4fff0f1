import assert from 'node:assert/strict'
import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import t from 'tap'
import { HashingBusyError } from '../../lib/errors/hashing-busy-error.js'
import { bcryptHasher } from '../../lib/hashing/formats/bcrypt-sha256.js'
import { createHashingQueue, defaultHashingConcurrency } from '../../lib/hashing/hashing-queue.js'
import type { Measure } from '../../lib/telemetry/create-measure.js'

const busy = { code: 'FAST_AUTH_HASHING_BUSY' }

/** A job that ends when the test says so. */
function heldJob() {
  let finish = () => {}
  const finished = new Promise<void>(resolve => {
    finish = resolve
  })
  return { job: () => finished, finish }
}

t.test('exactly as many hashes run concurrently as the queue allows', async t => {
  const queue = createHashingQueue({ concurrency: 3, queueLimit: 50 })
  let inside = 0
  let most = 0
  const hashOnce = async () => {
    inside += 1
    most = Math.max(most, inside)
    await bcryptHasher(6).hash('password')
    inside -= 1
  }
  await Promise.all(Array.from({ length: 20 }, () => queue.run(hashOnce)))
  t.equal(most, 3)
})

t.test('jobs run in order of arrival, and the surplus is refused immediately', async () => {
  const small = fc.integer({ min: 1, max: 5 })
  await fc.assert(
    fc.asyncProperty(small, fc.nat({ max: 5 }), fc.nat({ max: 15 }), async (concurrency, queueLimit, jobs) => {
      const queue = createHashingQueue({ concurrency, queueLimit })
      const started: number[] = []
      let inside = 0
      let most = 0
      const job = async (index: number) => {
        started.push(index)
        inside += 1
        most = Math.max(most, inside)
        await nextTurn()
        inside -= 1
        return index
      }
      const indexes = Array.from({ length: jobs }, (_, index) => index)
      const answers = await Promise.allSettled(indexes.map(index => queue.run(() => job(index))))
      const capacity = concurrency + queueLimit
      assert.deepEqual(started, indexes.slice(0, capacity))
      assert.equal(most, Math.min(jobs, concurrency))
      for (const [index, answer] of answers.entries()) {
        if (index < capacity) assert.deepEqual(answer, { status: 'fulfilled', value: index })
        else assert(answer.status === 'rejected' && answer.reason instanceof HashingBusyError)
      }
      assert.deepEqual([queue.running, queue.waiting], [0, 0])
    }),
  )
})

t.test('a new job does not run before the first job in the queue', async t => {
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 20 })
  const first = heldJob()
  const started: string[] = []
  let inside = 0
  const job = (name: string) => async () => {
    t.equal(inside, 0, `${name} runs alone`)
    inside += 1
    started.push(name)
    await nextTurn()
    inside -= 1
  }
  const jobs = [queue.run(first.job), queue.run(job('in line'))]
  first.finish()
  for (let tick = 0; tick < 10; tick += 1) {
    await null
    jobs.push(queue.run(job(`newcomer ${tick}`)))
  }
  await Promise.all(jobs)
  t.same(started, ['in line', ...Array.from({ length: 10 }, (_, tick) => `newcomer ${tick}`)])
})

t.test('a full queue refuses before it runs anything, and accepts jobs again when it has space', async t => {
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 1 })
  const held = heldJob()
  const running = queue.run(held.job)
  const waiting = queue.run(async () => 'waited')
  let refusedRan = false
  const refused = queue.run(async () => {
    refusedRan = true
  })
  await t.rejects(refused, { ...busy, retryAfterSeconds: 1, headers: { 'retry-after': '1' } })
  t.same([queue.running, queue.waiting], [1, 1])
  held.finish()
  await running
  t.equal(await waiting, 'waited')
  t.equal(await queue.run(async () => 'later'), 'later')
  t.equal(refusedRan, false)
})

t.test('a job that waits and loses its place to another network is refused, with a time to retry', async t => {
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 2 })
  const held = heldJob()
  const started: string[] = []
  const job = (name: string) => async () => void started.push(name)
  const other = (network: string) => ({ network, isFirst: false })
  const running = queue.run(held.job, other('a'))
  const waiting = queue.run(job('waiting'), other('a'))
  const displaced = t.rejects(queue.run(job('displaced'), other('a')), { ...busy, headers: { 'retry-after': '1' } })
  const newcomer = queue.run(job('newcomer'), other('b'))
  await displaced
  t.same([queue.running, queue.waiting], [1, 2])
  held.finish()
  await Promise.all([running, waiting, newcomer])
  t.same(started, ['waiting', 'newcomer'])
  t.same([queue.running, queue.waiting], [0, 0])
})

t.test('a job of the application itself goes before those of requests', async t => {
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 1 })
  const held = heldJob()
  const running = queue.run(held.job)
  const displaced = t.rejects(
    queue.run(async () => {}, { network: 'a', isFirst: false }),
    busy,
  )
  const own = queue.run(async () => 'ran')
  await displaced
  held.finish()
  await running
  t.equal(await own, 'ran')
})

t.test('a queue that lets no job wait still runs as many as it has slots', async t => {
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 0 })
  const held = heldJob()
  const running = queue.run(held.job)
  await t.rejects(
    queue.run(async () => {}),
    busy,
  )
  held.finish()
  await running
  t.equal(await queue.run(async () => 'ran'), 'ran')
})

t.test('a job that fails hands its error on and its place back', async t => {
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 5 })
  const rejecting = queue.run(async () => {
    throw new Error('rejected')
  })
  const throwing = queue.run(() => {
    throw new Error('thrown')
  })
  const success = queue.run(async () => 'ran')
  await Promise.all([t.rejects(rejecting, { message: 'rejected' }), t.rejects(throwing, { message: 'thrown' })])
  t.equal(await success, 'ran')
  t.same([queue.running, queue.waiting], [0, 0])
})

t.test('the refusal says how long the jobs ahead will take together', async t => {
  let milliseconds = 0
  const queue = createHashingQueue({ concurrency: 2, queueLimit: 4, clock: () => milliseconds })
  await queue.run(async () => {
    milliseconds += 3000
  })
  const held = heldJob()
  const ahead = Array.from({ length: 6 }, () => queue.run(held.job))
  await t.rejects(queue.run(held.job), { ...busy, retryAfterSeconds: 9 })
  held.finish()
  await Promise.all(ahead)
})

t.test('the estimate follows the jobs of late without forgetting those before', async t => {
  let milliseconds = 0
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 0, clock: () => milliseconds })
  for (const duration of [8000, 2000]) {
    await queue.run(async () => {
      milliseconds += duration
    })
  }
  const held = heldJob()
  const ahead = queue.run(held.job)
  await t.rejects(queue.run(held.job), { ...busy, retryAfterSeconds: 7 })
  held.finish()
  await ahead
})

t.test('real hashes of some milliseconds make the estimate one second, not a thousand', async t => {
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 0 })
  await queue.run(() => bcryptHasher(4).hash('password'))
  const ahead = queue.run(() => bcryptHasher(4).hash('password'))
  await t.rejects(
    queue.run(async () => {}),
    { ...busy, retryAfterSeconds: 1 },
  )
  await ahead
})

t.test('by default one processor is left to the rest, and one hash can always run', async t => {
  t.teardown(syncBuiltinESMExports)
  for (const [processors, hashes] of [
    [1, 1],
    [2, 1],
    [8, 7],
  ]) {
    t.intercept(os, 'availableParallelism', { value: () => processors })
    syncBuiltinESMExports()
    t.equal(defaultHashingConcurrency(), hashes, `${processors} processors`)
  }
})

t.test('each job is measured: how long it waited and ran, and how many do either, before it and after it', async t => {
  const measured: string[] = []
  const measure: Measure = ({ name, value, labels }) => {
    t.same(labels, {})
    measured.push(`${name.replace('fast_auth_hash', '')} ${value}`)
  }
  let milliseconds = 1000
  const queue = createHashingQueue({ concurrency: 1, queueLimit: 1, clock: () => milliseconds, measure })
  const held = heldJob()
  const jobs = [queue.run(held.job), queue.run(async () => {})]
  await t.rejects(
    queue.run(async () => {}),
    busy,
  )
  milliseconds += 3000
  held.finish()
  await Promise.all(jobs)
  const started = ['es_running 1', 'es_waiting 0', 'es_running 1', 'es_waiting 1']
  const refused = ['es_refused_total 1', 'es_running 1', 'es_waiting 1', '_wait_seconds 0']
  const ended = ['_run_seconds 3', 'es_running 1', 'es_waiting 0', '_wait_seconds 3']
  t.same(measured, [...started, ...refused, ...ended, '_run_seconds 0', 'es_running 0', 'es_waiting 0'])
})
