import t from 'tap'
import { ada } from '../support/account.js'
import { type TestApplication, testApplication } from '../support/test-application.js'
import { guess, guesses, repeated, wrong } from './fixtures/guesses.js'
import { unlimitedRequests } from './fixtures/unlimited-requests.js'

t.test('addresses of one IPv6 network are one guesser', async t => {
  const { app } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  const statuses: number[] = []
  for (let index = 1; index <= 6; index++) statuses.push((await guess(app, `2001:db8::${index}`)).statusCode)
  t.same(statuses, [...repeated(5, 401), 429])
})

t.test('an IPv4 address in the notation of IPv6 is the same guesser', async t => {
  const { app } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  await guesses(app, 5, '192.0.2.1')
  t.equal((await guess(app, '::ffff:192.0.2.1')).statusCode, 429)
})

t.test('headers that name another address change nothing, unless the host trusts its proxy', async t => {
  const attempt = ({ app }: TestApplication, index: number) =>
    app.inject({
      method: 'POST',
      url: '/auth/sign-in',
      remoteAddress: '192.0.2.1',
      headers: {
        'x-forwarded-for': `198.51.100.${index}`,
        'x-real-ip': `198.51.100.${index}`,
        forwarded: 'for=1.2.3.4',
      },
      payload: { email: ada.email, password: wrong },
    })
  const careful = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  const trusting = await testApplication(t, {
    signedIn: true,
    options: { limits: unlimitedRequests },
    server: { trustProxy: true },
  })
  const last = async (tested: TestApplication) => {
    let answer = await attempt(tested, 0)
    for (let index = 1; index < 6; index++) answer = await attempt(tested, index)
    return answer.statusCode
  }
  t.equal(await last(careful), 429)
  t.equal(await last(trusting), 401)
})

t.test('an address in another notation is the same account', async t => {
  const { app } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  await guesses(app, 5)
  for (const email of ['ADA@EXAMPLE.COM', 'Ada@Example.com', 'ada@EXAMPLE.com'])
    t.equal((await guess(app, undefined, { email })).statusCode, 429, email)
})

t.test('fields that the schema does not have choose no counter', async t => {
  const { app } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  t.same(await guesses(app, 10, undefined, { ip: '1.2.3.4' }), repeated(10, 400))
  t.same(await guesses(app, 5), repeated(5, 401))
  t.equal((await guess(app)).statusCode, 429)
})

t.test('bodies that are refused use up no guess', async t => {
  const { app } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  await guesses(app, 10, undefined, { email: 'ada' })
  await guesses(app, 10, undefined, { password: '' })
  t.equal((await guess(app, undefined, ada)).statusCode, 200)
})

t.test('an account is guessed at from many networks as often as it may be, and then from none', async t => {
  const { app } = await testApplication(t, {
    signedIn: true,
    options: { limits: { ...unlimitedRequests, failuresPerAccountPerHour: 4 } },
  })
  const statuses: number[] = []
  for (let index = 1; index <= 6; index++) statuses.push((await guess(app, `192.0.2.${index}`)).statusCode)
  t.same(statuses, [...repeated(4, 401), 429, 429])
})

t.test('known and unknown addresses are refused at the same guess, with the same bytes', async t => {
  const { app } = await testApplication(t, {
    signedIn: true,
    options: { limits: { ...unlimitedRequests, failuresPerAccountPerHour: 7 } },
  })
  const answersTo = async (email: string, network: string) => {
    const answers: unknown[] = []
    for (let index = 0; index < 12; index++) {
      const { statusCode, headers, body } = await guess(app, index < 7 ? network : `2001:db8:${index}::1`, { email })
      const { date: _, ...others } = headers
      answers.push({ statusCode, headers: others, body })
    }
    return answers
  }
  t.strictSame(await answersTo('unknown@example.com', '192.0.2.8'), await answersTo(ada.email, '192.0.2.9'))
})

t.test('guesses from unreadable addresses are as slow', async t => {
  const { app } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  t.same(await guesses(app, 6, 'nowhere'), [...repeated(5, 401), 429])
})
