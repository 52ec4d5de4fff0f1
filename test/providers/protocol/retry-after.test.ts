import t from 'tap'
import { retryAfterSeconds } from '../../../lib/features/providers/protocol/retry-after.js'

const now = Date.parse('2026-01-01T00:00:00Z')

t.test('a number of seconds is taken, from 1 to 300', async t => {
  for (const [header, seconds] of [
    ['17', 17],
    ['0', 1],
    ['300', 300],
    ['301', 300],
    ['999999999', 300],
  ] as const)
    t.equal(retryAfterSeconds(header, now), seconds, header)
})

t.test('a date is taken as the seconds until then', async t => {
  t.equal(retryAfterSeconds('Thu, 01 Jan 2026 00:00:42 GMT', now), 42)
  t.equal(retryAfterSeconds('Thu, 01 Jan 2026 00:00:42 GMT', now + 500), 42)
  t.equal(retryAfterSeconds('Wed, 31 Dec 2025 00:00:00 GMT', now), 1)
})

t.test('everything else means 5 seconds', async t => {
  for (const header of [null, '', 'soon', 'NaN', '17s', 's17'])
    t.equal(retryAfterSeconds(header, now), 5, String(header))
})
