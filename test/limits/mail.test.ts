import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { mailApp } from '../support/mail-app.js'

const unlimitedRequests = { requestsPerMinute: 0, costlyRequestsPerMinute: 0 }

async function mailScene(t: Test, limits: FastAuthOptions['limits'] = {}, more: Partial<FastAuthOptions> = {}) {
  const { email: _, ...options } = more
  const tested = await mailApp(t, { options: { ...options, limits: { ...unlimitedRequests, ...limits } } })
  const statuses = async (count: number, path: string, payload: object) => {
    const answers: number[] = []
    for (let index = 0; index < count; index++) answers.push((await tested.post(path, payload)).statusCode)
    return answers
  }
  return { ...tested, statuses }
}

const nobody = { email: 'nobody@example.com' }

t.test('an address gets so many messages that strangers cause, whether it is known or not', async t => {
  const { app, post, statuses, advance } = await mailScene(t, { mailsPerAddressPerHour: 3 })
  await signUpForTokens(app)
  t.same(await statuses(3, '/password/forgot', { email: ada.email }), [202, 202, 429], 'the sign-up has mailed one')
  t.same(await statuses(4, '/password/forgot', nobody), [202, 202, 202, 429])
  const { headers: ofKnown, ...known } = await post('/password/forgot', { email: ada.email })
  const { headers: ofUnknown, ...unknown } = await post('/password/forgot', nobody)
  t.equal(known.body, unknown.body)
  t.same({ ...ofKnown, date: '' }, { ...ofUnknown, date: '' })
  t.equal(ofKnown['retry-after'], '3600')
  advance(3600)
  t.same(await statuses(1, '/password/forgot', { email: ada.email }), [202])
})

t.test('the routes that mail an address count together, however it is written', async t => {
  const { statuses } = await mailScene(t, { mailsPerAddressPerHour: 2 }, { requireEmailConfirmation: true })
  t.same(await statuses(1, '/password/forgot', { email: 'Ben@example.com' }), [202])
  t.same(await statuses(1, '/email/confirm/send', { email: 'ben@EXAMPLE.com' }), [202])
  t.same(await statuses(1, '/sign-up', { ...ada, email: 'ben@example.com' }), [429])
})

t.test('a refused request mails nobody, asks the storage nothing and hashes nothing', async t => {
  const { post, statuses, calls, everythingTo } = await mailScene(
    t,
    { mailsPerAddressPerHour: 1 },
    { requireEmailConfirmation: true },
  )
  await post('/sign-up', ada)
  calls.length = 0
  t.same(await statuses(2, '/password/forgot', { email: ada.email }), [429, 429])
  t.same(await statuses(1, '/sign-up', ada), [429])
  t.same(
    calls.filter(call => !call.startsWith('outbox.')),
    [],
  )
  t.equal((await everythingTo(ada.email)).length, 1)
})

t.test('the link that came before the limit still sets the password', async t => {
  const { app, post, statuses, tokenTo } = await mailScene(t, {
    mailsPerAddressPerHour: 2,
    failuresPerAccountPerHour: 1,
  })
  await signUpForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, password: 'incorrect horse' } })
  t.equal((await post('/sign-in', ada)).statusCode, 429, 'the account is attacked')
  t.same(await statuses(10, '/password/forgot', { email: ada.email }), [202, ...Array<number>(9).fill(429)])
  const token = await tokenTo(ada.email, 'resetPassword')
  t.equal((await post('/password/reset', { token, password: 'a different battery' })).statusCode, 204)
})

t.test('one account cannot make us write to everybody', async t => {
  const { app, post, events } = await mailScene(t, { mailsPerAccountPerHour: 2 })
  const { accessToken, user } = await signUpForTokens(app)
  const change = async (email: string) =>
    (await post('/email/change', { email, password: ada.password }, bearer(accessToken))).statusCode
  t.same([await change('a@example.com'), await change('b@example.com'), await change('c@example.com')], [202, 202, 429])
  t.match(events.at(-1), { name: 'rate_limited', reason: 'mail_of_account', userId: user.id })
})

t.test('one network cannot use up what there is in all', async t => {
  const { post, events } = await mailScene(t, { mailsPerNetworkPerHour: 2, mailsPerHour: 3 })
  const forgot = async (email: string) => (await post('/password/forgot', { email })).statusCode
  t.same([await forgot('a@example.com'), await forgot('b@example.com'), await forgot('c@example.com')], [202, 202, 429])
  t.match(events.at(-1), { name: 'rate_limited', reason: 'mail_of_network', userId: null })
})

t.test('there are so many messages in all', async t => {
  const { post, events } = await mailScene(t, { mailsPerHour: 2 })
  const forgot = async (email: string) => (await post('/password/forgot', { email })).statusCode
  t.same([await forgot('a@example.com'), await forgot('b@example.com'), await forgot('c@example.com')], [202, 202, 429])
  t.match(events.at(-1), { name: 'rate_limited', reason: 'mail_in_all', userId: null })
})

t.test('what an address is refused does not use up what there is in all', async t => {
  const { post, statuses } = await mailScene(t, { mailsPerAddressPerHour: 1, mailsPerHour: 2 })
  await statuses(10, '/password/forgot', nobody)
  t.equal((await post('/password/forgot', { email: 'ben@example.com' })).statusCode, 202)
})

t.test('where no address of the network is known, an address gets as many messages all the same', async t => {
  const { app } = await mailScene(t, { mailsPerAddressPerHour: 1, mailsPerNetworkPerHour: 1 })
  const forgot = async (email: string) =>
    (await app.inject({ method: 'POST', url: '/auth/password/forgot', remoteAddress: 'nowhere', payload: { email } }))
      .statusCode
  t.same([await forgot('a@example.com'), await forgot('b@example.com'), await forgot('b@example.com')], [202, 202, 429])
})
