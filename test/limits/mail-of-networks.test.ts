import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { forgotFrom, signUpConfirmed, statusesOf } from './fixtures/mail-requests.js'
import { unlimitedRequests } from './fixtures/unlimited-requests.js'

t.test('one network causes so many messages', async t => {
  const { post, events } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerNetworkPerHour: 2 } },
  })
  const forgot = async (email: string) => (await post('/password/forgot', { email })).statusCode
  t.same([await forgot('a@example.com'), await forgot('b@example.com'), await forgot('c@example.com')], [202, 202, 429])
  t.hasStrict(events.at(-1), { name: 'rate_limited', reason: 'mail_of_network', userId: null })
})

for (const { network, addressOf } of [
  { network: 'IPv4 /24', addressOf: (index: number) => `192.0.2.${index % 250}` },
  { network: 'IPv6 /64', addressOf: (index: number) => `2001:db8::${index}` },
  { network: 'IPv6 /56', addressOf: (index: number) => `2001:db8:0:${(index % 250).toString(16)}::1` },
  { network: 'IPv6 /48', addressOf: (index: number) => `2001:db8:0:${index.toString(16)}00::1` },
]) {
  t.test(`one ${network} cannot use up the total`, async t => {
    const { app } = await testApplication(t, {
      mail: true,
      options: { limits: { ...unlimitedRequests, mailsPerHour: 40 } },
    })
    const forgot = forgotFrom(app)
    const statuses: number[] = []
    for (let index = 0; index < 60; index++) statuses.push(await forgot(`a${index}@example.com`, addressOf(index)))
    t.equal(statuses.filter(status => status === 202).length, 10, 'a quarter')
    t.equal(await forgot('b@example.com', '198.51.100.1'), 202)
  })
}

t.test('a wider network causes more than a narrow one, by its factor', async t => {
  const { app } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerNetworkPerHour: 2 } },
  })
  const forgot = forgotFrom(app)
  const admitted = async (addressOf: (index: number) => string) => {
    let count = 0
    for (let index = 0; index < 12; index++)
      if ((await forgot(`c${index}@example.com`, addressOf(index))) === 202) count += 1
    return count
  }
  t.equal(await admitted(() => '198.51.100.1'), 2)
  t.equal(await admitted(index => `192.0.2.${index}`), 8)
  t.equal(await admitted(index => `2001:db8:1:${index}::1`), 4)
  t.equal(await admitted(index => `2001:db8:2:${index}00::1`), 8)
})

/** Six networks use up a total of six. */
async function exhausted(t: Test, more: Partial<FastAuthOptions> = {}) {
  const tested = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerHour: 6 }, ...more },
  })
  await signUpConfirmed(tested.app, tested.mailbox)
  const forgot = forgotFrom(tested.app)
  for (let index = 1; index < 6; index++) await forgot(`a${index}@example.com`, `203.0.${index}.1`)
  return { ...tested, forgot }
}

t.test('past the total a reset is answered as ever, for known and unknown addresses, and a sign-up waits', async t => {
  const { app, forgot, events } = await exhausted(t)
  t.equal(await forgot(ada.email, '198.51.100.1'), 202)
  t.equal(await forgot('unknown@example.com', '198.51.101.1'), 202)
  const limited = events.filter(({ name }) => name === 'rate_limited')
  t.hasStrict(limited.at(-1), { name: 'rate_limited', reason: 'mail_in_all', userId: null })
  const signUp = await app.inject({
    method: 'POST',
    url: '/auth/sign-up',
    remoteAddress: '198.51.102.1',
    payload: { ...ada, email: 'new@example.com' },
  })
  t.equal(signUp.statusCode, 429)
  t.equal(signUp.headers['retry-after'], '3600')
})

t.test(
  'past the total a reset waits in the outbox, and its link is good for its whole lifetime from then on',
  async t => {
    const storage = memoryStorage()
    const { forgot, post, advance, mailbox, tokenTo } = await exhausted(t, { storage })
    await forgot(ada.email, '198.51.100.1')
    const later = (minutes: number) => Date.UTC(2026, 0, 1, 12, minutes)
    t.same(await storage.outbox.claim({ now: later(59), leaseUntil: later(59), limit: 1 }), [])
    t.notMatch(mailbox.messages.map(({ subject }) => subject).join(), /password/i)
    advance(3600 + 600)
    await forgot('unknown@example.com', '198.51.100.1')
    const token = await tokenTo(ada.email, 'resetPassword')
    advance(3599)
    t.equal((await post('/password/reset', { token, password: 'a different battery' })).statusCode, 204)
  },
)

t.test('past the total resets wait for an hour and one more at most, each for its turn', async t => {
  const storage = memoryStorage()
  const { forgot } = await exhausted(t, { storage })
  for (let index = 0; index < 12; index++) await forgot(`late${index}@example.com`, `198.18.${index}.1`)
  await forgot(ada.email, '198.51.100.1')
  const at = (minutes: number) => Date.UTC(2026, 0, 1, 12, minutes)
  const claim = (minutes: number) => storage.outbox.claim({ now: at(minutes), leaseUntil: at(minutes), limit: 100 })
  const isDue = async (minutes: number) => (await claim(minutes)).some(({ userId }) => userId !== null)
  t.notOk(await isDue(119))
  t.ok(await isDue(120))
})

t.test('a refused message to an address does not count towards the total', async t => {
  const { app, post } = await testApplication(t, {
    mail: true,
    options: {
      limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1, mailsPerNetworkPerHour: 2, mailsPerHour: 8 },
    },
  })
  await statusesOf(app, 10, '/password/forgot', { email: 'unknown@example.com' })
  t.equal((await post('/password/forgot', { email: 'ben@example.com' })).statusCode, 202)
})

t.test('with a total of 0 there is none, and the figures of networks stand', async t => {
  const { app } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerNetworkPerHour: 2, mailsPerHour: 0 } },
  })
  const forgot = forgotFrom(app)
  const from = (email: string) => forgot(email, '192.0.2.1')
  t.same([await from('a@example.com'), await from('b@example.com'), await from('c@example.com')], [202, 202, 429])
})

t.test('clients without a readable address share the count of one network', async t => {
  const { app } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerNetworkPerHour: 2 } },
  })
  const forgot = forgotFrom(app)
  t.same(
    [await forgot('a@example.com', 'x'), await forgot('b@example.com', 'y'), await forgot('c@example.com', 'z')],
    [202, 202, 429],
  )
})
