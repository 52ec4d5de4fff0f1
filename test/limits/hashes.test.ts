import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer, cookieHeader, signUpForTokens } from '../support/account.js'
import { cheapPasswords, testApplication } from '../support/test-application.js'
import { signUpConfirmed } from './fixtures/mail-requests.js'

const unlimitedRequests = { requestsPerMinute: 0, costlyRequestsPerMinute: 0, freeGuesses: 0 }
const wrong = { ...ada, password: 'incorrect horse' }
const home = '192.0.2.1'
const elsewhere = '198.51.100.1'

/** Ada has an account, and a network has so many hashes a minute. */
async function hashLimited(
  t: Test,
  hashesPerNetworkPerMinute: number,
  passwords: FastAuthOptions['passwords'] = cheapPasswords,
) {
  const tested = await testApplication(t, {
    options: { passwords, limits: { ...unlimitedRequests, hashesPerNetworkPerMinute } },
  })
  const post = (path: string, payload: object, more: InjectOptions = {}) =>
    tested.app.inject({ method: 'POST', url: `/auth${path}`, remoteAddress: home, payload, ...more })
  const signIn = async (remoteAddress = home, payload: object = ada) =>
    (await post('/sign-in', payload, { remoteAddress })).statusCode
  const signedIn = await signUpForTokens(tested.app)
  tested.events.length = 0
  return { ...tested, post, signIn, headers: bearer(signedIn.accessToken) }
}

t.test('a network has so many hashes a minute, by all routes together, right passwords included', async t => {
  const { post, signIn, events, advance } = await hashLimited(t, 3)
  t.equal((await post('/sign-up', { email: 'bob@example.com', password: 'a different battery' })).statusCode, 201)
  t.equal(await signIn(home, wrong), 401)
  t.equal(await signIn(), 200)
  advance(20)
  const known = await post('/sign-in', ada)
  const unknown = await post('/sign-in', { ...ada, email: 'unknown@example.com' })
  t.equal(known.statusCode, 429)
  t.hasStrict(known.json(), { code: 'FAST_AUTH_TOO_MANY_REQUESTS' })
  t.hasStrict(known.headers, { 'retry-after': '40' })
  t.same([unknown.statusCode, unknown.body], [429, known.body])
  t.equal((await post('/sign-up', { email: 'eve@example.com', password: 'a different battery' })).statusCode, 429)
  t.hasStrict(
    events.filter(({ name }) => name === 'rate_limited'),
    [{ reason: 'hashes_of_network', ip: home, userId: null }],
  )
  t.equal(await signIn(elsewhere), 200, 'another network')
  advance(40)
  t.equal(await signIn(), 200)
})

t.test('a /24 has four times as many as an address, and a /48 as a /64', async t => {
  const { signIn } = await hashLimited(t, 1)
  for (const network of ['203.0.113.', '2001:db8:1:']) {
    const address = (index: number) => (network.endsWith('.') ? `${network}${index}` : `${network}${index}00::1`)
    for (const index of [1, 2, 3, 4]) t.equal(await signIn(address(index)), 200, address(index))
    t.equal(await signIn(address(5)), 429, address(5))
  }
})

t.test(
  'what a network has used up is no matter of live sessions and known devices, which have as many a user',
  async t => {
    const { app, post, signIn, headers, events } = await hashLimited(t, 4)
    const onDevice = await post('/sign-in', ada)
    const cookie = cookieHeader(onDevice)
    while ((await signIn(home, wrong)) !== 429);
    events.length = 0
    t.equal((await post('/sign-in', ada, { headers: { cookie } })).statusCode, 200)
    const change = { currentPassword: ada.password, newPassword: ada.password }
    t.equal((await post('/password/change', change, { headers })).statusCode, 200, 'two hashes')
    const deletion = { method: 'DELETE', url: '/auth/me', remoteAddress: home, headers } as const
    t.equal((await app.inject({ ...deletion, payload: { password: wrong.password } })).statusCode, 401)
    const refused = await app.inject({ ...deletion, payload: { password: ada.password } })
    t.equal(refused.statusCode, 429)
    t.hasStrict(refused.headers, { 'retry-after': '60' })
    t.hasStrict(events.at(-1), { name: 'rate_limited', reason: 'hashes_of_user' })
    t.equal(await signIn(elsewhere), 200, 'other networks are counted separately')
  },
)

t.test(
  'the password that a mailed link is asked for counts for its user, in a network that has had all its hashes',
  async t => {
    const limits = { freeGuesses: 0, hashesPerNetworkPerMinute: 1 }
    const { app, post, tokenTo, advance, mailbox } = await testApplication(t, {
      mail: true,
      options: { limits: { ...unlimitedRequests, ...limits } },
    })
    await signUpConfirmed(app, mailbox)
    advance(60)
    const guess = { method: 'POST', url: '/auth/sign-in', payload: wrong } as const
    t.equal((await app.inject(guess)).statusCode, 401)
    t.equal((await app.inject(guess)).statusCode, 429)
    await post('/password/forgot', { email: ada.email })
    const token = await tokenTo(ada.email, 'resetPassword')
    t.equal((await post('/password/reset', { token, password: 'a different battery' })).statusCode, 204)
  },
)

t.test('a hash that the queue has no place for is not counted', async t => {
  const { signIn } = await hashLimited(t, 2, { hasher: 'bcrypt:10', hashingConcurrency: 1, hashingQueueLimit: 0 })
  const statuses = await Promise.all(Array.from({ length: 2 }, () => signIn(elsewhere)))
  t.same(statuses.sort(), [200, 503])
  t.equal(await signIn(elsewhere), 200)
  t.equal(await signIn(elsewhere), 429)
})

t.test('a guess that the limit refuses is no guess, and one that guesses refuse is no hash', async t => {
  const { app, advance } = await testApplication(t, {
    options: { limits: { ...unlimitedRequests, freeGuesses: 2, maximumDelaySeconds: 1, hashesPerNetworkPerMinute: 4 } },
  })
  await signUpForTokens(app)
  const signIn = async (payload: object) =>
    (await app.inject({ method: 'POST', url: '/auth/sign-in', remoteAddress: home, payload })).statusCode
  t.same([await signIn(wrong), await signIn(wrong), await signIn(wrong)], [401, 401, 429])
  advance(1)
  t.same([await signIn(wrong), await signIn(wrong)], [401, 429])
  advance(1)
  t.equal(await signIn(ada), 200, 'the fourth hash')
  t.same([await signIn(wrong), await signIn(wrong), await signIn(wrong)], [429, 429, 429])
  advance(58)
  t.same([await signIn(wrong), await signIn(wrong), await signIn(wrong)], [401, 401, 429])
})

t.test('users that the application makes are not counted, and 0 turns the limit off', async t => {
  const { app, signIn } = await hashLimited(t, 1)
  for (const name of ['bob', 'eve', 'joe'])
    t.hasStrict(await app.fastAuth.createUser({ email: `${name}@example.com`, password: 'a different battery' }), {
      outcome: 'created',
    })
  t.equal(await signIn(elsewhere), 200)
  const unlimited = await hashLimited(t, 0)
  for (let index = 0; index < 130; index++) if ((await unlimited.signIn()) !== 200) t.fail(String(index))
})
