import t, { type Test } from 'tap'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { type TestApplication, testApplication } from '../support/test-application.js'

const day = 86_400
const statusOf = async ({ app }: TestApplication, accessToken: string) =>
  (await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode

function signOut({ app }: TestApplication, refreshToken: string) {
  return app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
}

for (const seconds of [day, -day]) {
  const direction = seconds > 0 ? 'ahead' : 'back'

  t.test(`a signed-out access token stays refused when the clock jumps a day ${direction} and returns`, async t => {
    const tested = await testApplication(t)
    const first = await signUpForTokens(tested.app)
    const second = await signInForTokens(tested.app)
    await signOut(tested, first.refreshToken)
    tested.jump(seconds)
    // Another sign-out is what makes the process forget those whose time is over.
    await signOut(tested, second.refreshToken)
    tested.jump(-seconds)
    t.equal(await statusOf(tested, first.accessToken), 401)
    t.equal(await statusOf(tested, second.accessToken), 401)
  })

  t.test(`a limit ends after its window, and not a day later, when the clock jumps a day ${direction}`, async t => {
    const tested = await testApplication(t, { options: { limits: { requestsPerMinute: 2 } } })
    const ask = () => tested.app.inject('/auth/me')
    const refused = async (t: Test) => {
      const { statusCode, headers } = await ask()
      t.equal(statusCode, 429)
      const wait = Number(headers['retry-after'])
      t.ok(wait > 0 && wait <= 60, `${wait} s`)
    }
    tested.jump(seconds)
    await ask()
    await ask()
    await refused(t)
    tested.jump(-seconds)
    await refused(t)
    tested.advance(59)
    await refused(t)
    tested.advance(1)
    t.equal((await ask()).statusCode, 401)
  })

  t.test(`an API key is remembered for as long as ever when the clock jumps a day ${direction}`, async t => {
    const tested = await testApplication(t, { keys: true })
    const { key } = await tested.owner.make()
    const readsOf = async () => {
      tested.calls.length = 0
      await tested.use(key)
      return tested.calls.filter(method => method === 'apiKeys.findByHash').length
    }
    t.equal(await readsOf(), 1)
    tested.jump(seconds)
    t.equal(await readsOf(), 0)
    tested.advance(59)
    t.equal(await readsOf(), 0)
    tested.jump(-seconds)
    tested.advance(1)
    t.equal(await readsOf(), 1)
  })
}

for (const seconds of [day, -day]) {
  const direction = seconds > 0 ? 'ahead' : 'back'

  t.test(
    `the revocation feed is stale after its time, and no earlier, when the clock jumps a day ${direction}`,
    async t => {
      const revocationFeed = { everySeconds: 60, maximumStalenessSeconds: 600 }
      const { app, jump, advance } = await testApplication(t, { options: { revocationFeed } })
      const state = () => app.fastAuth.health().revocationFeed
      jump(seconds)
      t.equal(state(), 'current')
      advance(600)
      t.equal(state(), 'current')
      jump(-seconds)
      t.equal(state(), 'current')
      advance(0.001)
      t.equal(state(), 'stale')
    },
  )

  t.test(`failed counters get their pause, and no more, when the clock jumps a day ${direction}`, async t => {
    let asked = 0
    const fail = async () => {
      asked += 1
      throw new Error('connection refused')
    }
    const counters = () => ({ penalty: fail, reward: fail, get: fail, delete: fail })
    const tested = await testApplication(t, { options: { limits: { counters } } })
    const askedBy = async () => {
      asked = 0
      await tested.app.inject({ method: 'POST', url: '/auth/sign-in', payload: ada })
      return asked
    }
    t.equal(await askedBy(), 1)
    tested.jump(seconds)
    t.equal(await askedBy(), 0)
    tested.advance(0.999)
    t.equal(await askedBy(), 0)
    tested.jump(-seconds)
    tested.advance(0.001)
    t.equal(await askedBy(), 1)
  })
}

t.test('a signed-out access token that a clock set back makes good for longer stays refused', async t => {
  const tested = await testApplication(t)
  const { accessToken, refreshToken } = await signUpForTokens(tested.app)
  const other = await signInForTokens(tested.app)
  tested.advance(600)
  await signOut(tested, refreshToken)
  tested.jump(-600)
  tested.advance(899)
  await signOut(tested, other.refreshToken)
  t.equal(await statusOf(tested, accessToken), 401)
})

t.test('a clock without a monotonic one beside it does not move the limits', async t => {
  let now = Date.now()
  const { app } = await testApplication(t, { options: { clock: () => now, limits: { requestsPerMinute: 1 } } })
  t.equal((await app.inject('/auth/me')).statusCode, 401)
  now += day * 1000
  const { statusCode, headers } = await app.inject('/auth/me')
  t.equal(statusCode, 429)
  t.ok(Number(headers['retry-after']) <= 60)
})
