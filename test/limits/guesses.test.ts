import t from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { guess, guesses, repeated, wrong } from './fixtures/guesses.js'
import { unlimitedRequests } from './fixtures/unlimited-requests.js'

t.test(
  'after five wrong passwords a client waits, and each wait is twice as long, up to a quarter of an hour',
  async t => {
    const { app, advance } = await testApplication(t, {
      signedIn: true,
      options: { limits: { ...unlimitedRequests, failuresPerAccountPerHour: 0 } },
    })
    t.same(await guesses(app, 5), repeated(5, 401))
    for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      const refused = await guess(app)
      t.equal(refused.statusCode, 429)
      t.equal(refused.headers['retry-after'], String(seconds))
      advance(seconds)
      t.equal((await guess(app)).statusCode, 401)
    }
  },
)

t.test('a refused guess is not looked at: no storage call, not even with the right password', async t => {
  const { app, calls } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  await guesses(app, 5)
  calls.length = 0
  const refused = await guess(app, undefined, ada)
  t.equal(refused.statusCode, 429)
  t.same(refused.json(), {
    statusCode: 429,
    code: 'FAST_AUTH_TOO_MANY_REQUESTS',
    error: 'Too Many Requests',
    message: 'Too many requests. Try again after the time in Retry-After.',
  })
  t.same(calls, [])
})

t.test('refused guesses do not extend the wait', async t => {
  const { app, advance } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  await guesses(app, 5)
  t.same(await guesses(app, 50), repeated(50, 429))
  advance(1)
  t.equal((await guess(app, undefined, ada)).statusCode, 200)
})

t.test('of two hundred concurrent guesses as many are checked as of two hundred in a row', async t => {
  const { app, calls } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  const answers = await Promise.all(Array.from({ length: 200 }, () => guess(app)))
  const checked = answers.filter(({ statusCode }) => statusCode === 401)
  t.equal(checked.length, 5)
  t.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 195)
  t.same(
    calls,
    repeated(5, 0).map(() => 'users.findByEmail'),
  )
})

t.test('the right password ends the count of its account and network', async t => {
  const { app } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  t.same(await guesses(app, 4), repeated(4, 401))
  t.equal((await guess(app, undefined, ada)).statusCode, 200)
  t.same(await guesses(app, 5), repeated(5, 401))
})

t.test('an attacker who signs in to their own account does not get more guesses at another', async t => {
  const { app } = await testApplication(t, {
    signedIn: true,
    options: { limits: { ...unlimitedRequests, failuresPerNetworkPerHour: 6 } },
  })
  const mallory = { email: 'mallory@example.com', password: 'a different battery' }
  await signUpForTokens(app, mallory)
  await guesses(app, 5)
  for (let index = 0; index < 7; index++) t.equal((await guess(app, undefined, mallory)).statusCode, 200)
  t.equal((await guess(app)).statusCode, 429, 'the account still waits')
  t.equal((await guess(app, undefined, { email: 'ben@example.com' })).statusCode, 401)
  t.equal((await guess(app, undefined, { email: 'cid@example.com' })).statusCode, 429, 'and so does the network')
})

t.test('a network that tries many accounts is refused, and others are not', async t => {
  const { app } = await testApplication(t, {
    signedIn: true,
    options: { limits: { ...unlimitedRequests, failuresPerNetworkPerHour: 3 } },
  })
  const statuses: number[] = []
  for (const name of ['a', 'b', 'c', 'd'])
    statuses.push((await guess(app, '192.0.2.1', { email: `${name}@example.com` })).statusCode)
  t.same(statuses, [401, 401, 401, 429])
  t.equal((await guess(app, '192.0.2.2', ada)).statusCode, 200)
})

t.test('a network that is refused does not use up what the account has', async t => {
  const { app } = await testApplication(t, {
    signedIn: true,
    options: { limits: { ...unlimitedRequests, failuresPerAccountPerHour: 6 } },
  })
  t.same(await guesses(app, 100), [...repeated(5, 401), ...repeated(95, 429)])
  t.equal((await guess(app, '192.0.2.2', ada)).statusCode, 200)
})

t.test('an account is free again when its hour is over: there is no lock', async t => {
  const { app, advance } = await testApplication(t, {
    signedIn: true,
    options: { limits: { ...unlimitedRequests, failuresPerAccountPerHour: 1 } },
  })
  await guess(app, '192.0.2.2')
  const refused = await guess(app, '192.0.2.3', ada)
  t.equal(refused.statusCode, 429)
  advance(Number(refused.headers['retry-after']))
  t.equal((await guess(app, '192.0.2.3', ada)).statusCode, 200)
})

t.test(
  'a user name and an address of one account are counted separately, so that no client learns that they belong together',
  async t => {
    const { app } = await testApplication(t, {
      signedIn: true,
      options: { limits: unlimitedRequests, usernames: true },
    })
    const { accessToken } = await signUpForTokens(app, { email: 'ben@example.com', password: ada.password })
    await app.inject({ method: 'PATCH', url: '/auth/me', headers: bearer(accessToken), payload: { username: 'ben' } })
    const byName = (username: string) => guess(app, '192.0.2.5', { email: undefined, username })
    for (let index = 0; index < 5; index++) t.equal((await byName('ben')).statusCode, 401)
    t.equal((await byName('BEN')).statusCode, 429)
    t.equal((await guess(app, '192.0.2.5', { email: 'ben@example.com' })).statusCode, 401)
    for (let index = 0; index < 5; index++) t.equal((await byName('unknown')).statusCode, 401)
    t.equal((await byName('unknown')).statusCode, 429)
  },
)

t.test('a guess that could not be checked is not counted', async t => {
  const { app } = await testApplication(t, {
    signedIn: true,
    options: {
      limits: { ...unlimitedRequests, freeGuesses: 10 },
      passwords: { hasher: 'bcrypt:10', hashingConcurrency: 1, hashingQueueLimit: 1 },
    },
  })
  const answers = await Promise.all(Array.from({ length: 9 }, () => guess(app)))
  t.equal(answers.filter(({ statusCode }) => statusCode === 503).length, 7)
  t.same(await guesses(app, 7), repeated(7, 401))
})

t.test('a refusal is emitted once for each wait, however often it occurs', async t => {
  const { app, events, advance } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  const { name, reason, ip, userId } = { name: 'rate_limited', reason: 'sign_ins', ip: '192.0.2.1', userId: null }
  await guesses(app, 5)
  events.length = 0
  await guesses(app, 20)
  t.equal(events.length, 1)
  t.hasStrict(events, [{ name, reason, ip, userId }])
  advance(1)
  await guess(app)
  await guesses(app, 20)
  t.hasStrict(
    events.map(event => event.name),
    ['rate_limited', 'authn_login_fail', 'rate_limited'],
  )
})

t.test('a signed-in user who has to repeat the password guesses as slowly, on all three routes together', async t => {
  const { app } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  const { accessToken } = await signUpForTokens(app, { email: 'ben@example.com', password: ada.password })
  const ask = (method: 'POST' | 'DELETE', path: string, payload: object) =>
    app.inject({ method, url: `/auth${path}`, headers: bearer(accessToken), payload })
  const change = (currentPassword: string) =>
    ask('POST', '/password/change', { currentPassword, newPassword: 'a different battery' })
  for (let index = 0; index < 3; index++) t.equal((await change(wrong)).statusCode, 401)
  for (let index = 0; index < 2; index++) t.equal((await ask('DELETE', '/me', { password: wrong })).statusCode, 401)
  const refused = await change(ada.password)
  t.equal(refused.statusCode, 429)
  t.equal(refused.headers['retry-after'], '1')
  t.equal((await ask('DELETE', '/me', { password: ada.password })).statusCode, 429)
})

t.test('an attack at the sign-in leaves those alone who are signed in', async t => {
  const { app, advance } = await testApplication(t, {
    signedIn: true,
    options: { limits: { ...unlimitedRequests, failuresPerAccountPerHour: 3 } },
  })
  const { accessToken, refreshToken } = await (async () => (await guess(app, '192.0.2.77', ada)).json())()
  for (let index = 1; index <= 5; index++) await guess(app, `198.51.100.${index}`)
  t.equal((await guess(app, '198.51.100.9', ada)).statusCode, 429, 'the account is exhausted')
  const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  t.equal(refresh.statusCode, 200)
  advance(5)
  const change = { currentPassword: ada.password, newPassword: 'a different battery' }
  const headers = bearer(accessToken)
  t.equal(
    (await app.inject({ method: 'POST', url: '/auth/password/change', headers, payload: change })).statusCode,
    200,
  )
})

t.test('with every figure at 0 nothing is limited, and the limits may be off as a whole', async t => {
  const zero = { freeGuesses: 0, failuresPerNetworkPerHour: 0, failuresPerAccountPerHour: 0 }
  for (const limits of [zero, { enabled: false }]) {
    const { app } = await testApplication(t, {
      signedIn: true,
      options: { limits: { ...unlimitedRequests, ...limits } },
    })
    t.same(await guesses(app, 8), repeated(8, 401))
    t.equal((await guess(app, undefined, ada)).statusCode, 200)
  }
})
