import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createQuantizer } from '../../lib/http/quantize-response-time.js'

const quantizeResponseTime = createQuantizer({ uptime: () => performance.now(), sleep })

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

for (const [title, workMilliseconds, least] of [
  ['no time', 0, 250],
  ['less than a step', 20, 250],
  ['more than a step', 270, 500],
] as const) {
  t.test(`what takes ${title} takes whole steps of 250 ms, and no less`, async t => {
    t.ok((await millisecondsOf(() => quantizeResponseTime(() => sleep(workMilliseconds)))) >= least - 1)
  })
}

t.test('the result is that of the work, or its error, equally late', async t => {
  t.equal(await quantizeResponseTime(async () => 'made'), 'made')
  const failing = () => quantizeResponseTime(() => Promise.reject(new Error('thrown')))
  t.ok((await millisecondsOf(() => t.rejects(failing(), { message: 'thrown' }))) >= 249)
})

t.test('each response time is a whole number of steps, for work of any duration', async t => {
  for (const workMilliseconds of [0, 0.5, 1, 249.5, 250, 251, 499, 1000.5]) {
    let now = 17
    const startedAt = now
    const quantize = createQuantizer({
      uptime: () => now,
      sleep: async milliseconds => {
        now += milliseconds
      },
    })
    await quantize(async () => {
      now += workMilliseconds
    })
    t.ok(
      (now - startedAt) % 250 < 1,
      `${workMilliseconds} ms take ${now - startedAt} ms: whole steps, and less than a millisecond`,
    )
    t.ok(now - startedAt > workMilliseconds)
  }
})
