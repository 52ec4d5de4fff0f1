import t from 'tap'
import { createTestClock, signUpUser } from '../../lib/testing/index.js'
import { testApplication } from '../support/test-application.js'

t.test('a clock stands still at its start until it is moved', t => {
  const time = createTestClock(1000)
  t.strictSame([time.clock(), time.now], [1000, 1000])
  time.advance({ seconds: 1.5 })
  t.strictSame([time.clock(), time.now], [2500, 2500])
  t.end()
})

t.test('a clock starts at the present', t => {
  const before = Date.now()
  const { now } = createTestClock()
  t.ok(now >= before && now <= Date.now())
  t.end()
})

t.test('an application ages with the clock', async t => {
  const { clock, advance } = createTestClock()
  const { app } = await testApplication(t, { options: { clock } })
  const { inject } = await signUpUser(app)
  advance({ seconds: 900 })
  t.equal((await inject('/auth/me')).json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test(
  'an application with this clock does not delay answers, and one with its own sleep delays them by this',
  async t => {
    const { clock } = createTestClock()
    const delays: number[] = []
    const sleep = async (milliseconds: number) => void delays.push(milliseconds)
    const { post } = await testApplication(t, {
      mail: true,
      options: { clock: Object.assign(() => clock(), { ...clock, sleep }) },
    })
    for (const path of ['/password/forgot', '/email/confirm/send'])
      t.equal((await post(path, { email: 'ada@example.com' })).statusCode, 202)
    t.strictSame(delays, [250, 250])
  },
)

t.test('a clock that is set shows another time, and no time has passed', t => {
  const time = createTestClock(1000)
  time.advance({ seconds: 1 })
  time.jump({ seconds: -0.5 })
  t.strictSame([time.clock(), time.clock.monotonic()], [1500, 1000])
  t.end()
})
