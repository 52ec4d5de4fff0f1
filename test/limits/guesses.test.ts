import t from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { rest, scene, wrong } from './fixtures/guessing-scene.js'

t.test('after five wrong passwords one waits, and each wait is twice as long, up to a quarter of an hour', async t => {
  const { guess, guesses, advance } = await scene(t, { limits: { failuresPerAccountPerHour: 0 } })
  t.same(await guesses(5), rest(5, 401))
  for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
    const refused = await guess()
    t.equal(refused.statusCode, 429)
    t.equal(refused.headers['retry-after'], String(seconds))
    advance(seconds)
    t.equal((await guess()).statusCode, 401)
  }
})

t.test('a refused guess is not looked at: no storage call, not even with the right password', async t => {
  const { guess, guesses, calls } = await scene(t)
  await guesses(5)
  calls.length = 0
  const refused = await guess(undefined, ada)
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
  const { guess, guesses, advance } = await scene(t)
  await guesses(5)
  t.same(await guesses(50), rest(50, 429))
  advance(1)
  t.equal((await guess(undefined, ada)).statusCode, 200)
})

t.test('of two hundred concurrent guesses as many are checked as of two hundred in a row', async t => {
  const { guess, calls } = await scene(t)
  const answers = await Promise.all(Array.from({ length: 200 }, () => guess()))
  const checked = answers.filter(({ statusCode }) => statusCode === 401)
  t.equal(checked.length, 5)
  t.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 195)
  t.same(
    calls,
    rest(5, 0).map(() => 'users.findByEmail'),
  )
})

t.test('the right password ends the count of its account and network', async t => {
  const { guess, guesses } = await scene(t)
  t.same(await guesses(4), rest(4, 401))
  t.equal((await guess(undefined, ada)).statusCode, 200)
  t.same(await guesses(5), rest(5, 401))
})

t.test('an attacker who signs in to their own account does not get more guesses at another', async t => {
  const { app, guess, guesses } = await scene(t, { limits: { failuresPerNetworkPerHour: 6 } })
  const mallory = { email: 'mallory@example.com', password: 'a different battery' }
  await signUpForTokens(app, mallory)
  await guesses(5)
  for (let index = 0; index < 7; index++) t.equal((await guess(undefined, mallory)).statusCode, 200)
  t.equal((await guess()).statusCode, 429, 'the account still waits')
  t.equal((await guess(undefined, { email: 'ben@example.com' })).statusCode, 401)
  t.equal((await guess(undefined, { email: 'cid@example.com' })).statusCode, 429, 'and so does the network')
})

t.test('a network that tries many accounts is refused, and others are not', async t => {
  const { guess } = await scene(t, { limits: { failuresPerNetworkPerHour: 3 } })
  const statuses: number[] = []
  for (const name of ['a', 'b', 'c', 'd'])
    statuses.push((await guess('192.0.2.1', { email: `${name}@example.com` })).statusCode)
  t.same(statuses, [401, 401, 401, 429])
  t.equal((await guess('192.0.2.2', ada)).statusCode, 200)
})

t.test('a network that is refused does not use up what the account has', async t => {
  const { guess, guesses } = await scene(t, { limits: { failuresPerAccountPerHour: 6 } })
  t.same(await guesses(100), [...rest(5, 401), ...rest(95, 429)])
  t.equal((await guess('192.0.2.2', ada)).statusCode, 200)
})

t.test('an account is free again when its hour is over: there is no lock', async t => {
  const { guess, advance } = await scene(t, { limits: { failuresPerAccountPerHour: 1 } })
  await guess('192.0.2.2')
  const refused = await guess('192.0.2.3', ada)
  t.equal(refused.statusCode, 429)
  advance(Number(refused.headers['retry-after']))
  t.equal((await guess('192.0.2.3', ada)).statusCode, 200)
})

t.test(
  'a user name and an address of one account are counted apart, so that nobody learns that they are one',
  async t => {
    const { app, guess } = await scene(t, { options: { usernames: true } })
    const { accessToken } = await signUpForTokens(app, { email: 'ben@example.com', password: ada.password })
    await app.inject({ method: 'PATCH', url: '/auth/me', headers: bearer(accessToken), payload: { username: 'ben' } })
    const byName = (username: string) => guess('192.0.2.5', { email: undefined, username })
    for (let index = 0; index < 5; index++) t.equal((await byName('ben')).statusCode, 401)
    t.equal((await byName('BEN')).statusCode, 429)
    t.equal((await guess('192.0.2.5', { email: 'ben@example.com' })).statusCode, 401)
    for (let index = 0; index < 5; index++) t.equal((await byName('nobody')).statusCode, 401)
    t.equal((await byName('nobody')).statusCode, 429)
  },
)

t.test('a guess that could not be checked is not counted', async t => {
  const { guess, guesses } = await scene(t, {
    options: { passwords: { hasher: 'bcrypt:10', hashingConcurrency: 1, hashingQueueLimit: 1 } },
    limits: { freeGuesses: 10 },
  })
  const answers = await Promise.all(Array.from({ length: 9 }, () => guess()))
  t.equal(answers.filter(({ statusCode }) => statusCode === 503).length, 7)
  t.same(await guesses(7), rest(7, 401))
})

t.test('a refusal is emitted once for each wait, however often it occurs', async t => {
  const { guess, guesses, events, advance } = await scene(t)
  const { name, reason, ip, userId } = { name: 'rate_limited', reason: 'sign_ins', ip: '192.0.2.1', userId: null }
  await guesses(5)
  events.length = 0
  await guesses(20)
  t.equal(events.length, 1)
  t.match(events, [{ name, reason, ip, userId }])
  advance(1)
  await guess()
  await guesses(20)
  t.match(
    events.map(event => event.name),
    ['rate_limited', 'authn_login_fail', 'rate_limited'],
  )
})

t.test(
  'whoever is signed in and asked for the password again guesses as slowly, on all three routes together',
  async t => {
    const { app } = await scene(t)
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
  },
)

t.test('an attack at the sign-in leaves those alone who are signed in', async t => {
  const { app, guess, advance } = await scene(t, { limits: { failuresPerAccountPerHour: 3 } })
  const { accessToken, refreshToken } = await (async () => (await guess('192.0.2.77', ada)).json())()
  for (let index = 1; index <= 5; index++) await guess(`198.51.100.${index}`)
  t.equal((await guess('198.51.100.9', ada)).statusCode, 429, 'the account is exhausted')
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
    const { guess, guesses } = await scene(t, { limits })
    t.same(await guesses(8), rest(8, 401))
    t.equal((await guess(undefined, ada)).statusCode, 200)
  }
})
