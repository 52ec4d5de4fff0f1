import t from 'tap'
import { retryDelayMilliseconds } from '../../lib/mail/retry-delay.js'

const second = 1000
const middles = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600].map(seconds => seconds * second)

t.test('the delay is 5 s at first, doubles, and ends at an hour, give or take a fifth', async t => {
  for (const [index, middle] of middles.entries()) {
    const delays = Array.from({ length: 200 }, () => retryDelayMilliseconds(index + 1))
    t.ok(Math.min(...delays) >= 0.8 * middle && Math.max(...delays) <= 1.2 * middle, `attempt ${index + 1}`)
    t.ok(delays.every(Number.isInteger))
  }
})

t.test('the delay after the thousandth failure is still about an hour', async t => {
  t.ok(retryDelayMilliseconds(1000) <= 1.2 * 3600 * second)
})

t.test('messages that failed together are not all tried again together', async t => {
  const delays = new Set(Array.from({ length: 100 }, () => retryDelayMilliseconds(3)))
  t.ok(delays.size > 50)
})
