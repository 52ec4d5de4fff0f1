import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { withDeadline } from '../../lib/async/with-deadline.js'

const late = () => new Error('late')

t.test('a call that settles in time has its own result or error', async t => {
  t.equal(await withDeadline(Promise.resolve('done'), { milliseconds: 1000, late }), 'done')
  await t.rejects(withDeadline(Promise.reject(new Error('failed')), { milliseconds: 1000, late }), {
    message: 'failed',
  })
})

t.test('a call that never settles is rejected at the deadline with the error that is made then', async t => {
  const startedAt = performance.now()
  await t.rejects(withDeadline(new Promise(() => {}), { milliseconds: 20, late }), { message: 'late' })
  t.ok(performance.now() - startedAt >= 19)
})

t.test('the error is made at the deadline only, so it may abort the call', async t => {
  const controller = new AbortController()
  const abort = () => {
    controller.abort()
    return late()
  }
  await withDeadline(Promise.resolve(), { milliseconds: 1, late: abort })
  await sleep(10)
  t.notOk(controller.signal.aborted)
  await t.rejects(withDeadline(new Promise(() => {}), { milliseconds: 1, late: abort }), { message: 'late' })
  t.ok(controller.signal.aborted)
})

t.test('an error that comes after the deadline is ignored', async t => {
  const failing = sleep(10).then(() => Promise.reject(new Error('failed')))
  await t.rejects(withDeadline(failing, { milliseconds: 1, late }), { message: 'late' })
  await t.rejects(failing, { message: 'failed' })
})
