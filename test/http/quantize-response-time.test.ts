import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { quantizeResponseTime } from '../../lib/http/quantize-response-time.js'

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
    t.ok((await millisecondsOf(() => quantizeResponseTime(() => pause(workMilliseconds)))) >= least - 1)
  })
}

t.test('what comes out is what the work has made, or thrown, as late', async t => {
  t.equal(await quantizeResponseTime(async () => 'made'), 'made')
  const failing = () => quantizeResponseTime(() => Promise.reject(new Error('thrown')))
  t.ok((await millisecondsOf(() => t.rejects(failing(), { message: 'thrown' }))) >= 249)
})
