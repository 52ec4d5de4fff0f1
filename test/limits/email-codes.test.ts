import t from 'tap'
import { ada, cookieHeader } from '../support/account.js'
import { codeApplication, codeOf, stranger } from '../support/code-application.js'
import { unlimitedRequests } from './fixtures/unlimited-requests.js'

const codesIn = (subjects: readonly string[]) => subjects.filter(subject => subject.includes('sign-in code')).length

t.test('an address gets so many codes, and then the same answer and no message, known or not', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 3 } }
  const { ask, asked, events, everythingTo } = await codeApplication(t, { options })
  for (const email of [ada.email, stranger]) {
    const answers = []
    for (let count = 0; count < 5; count += 1) answers.push(await ask(email))
    const seen = answers.map(({ statusCode, body }) => `${statusCode} ${body}`)
    t.equal(new Set(seen).size, 1)
    t.equal(answers[0]?.statusCode, 202)
    t.equal(asked().filter(method => method === 'signInCodes.issue').length, 3)
    const seenEvents = events.splice(0)
    t.equal(seenEvents.filter(({ name }) => name === 'link_requested').length, 3)
    t.hasStrict(
      seenEvents.filter(({ name }) => name === 'rate_limited'),
      [{ reason: 'mail_to_address', userId: null }],
    )
  }
  t.equal(codesIn(await everythingTo(ada.email)), 3)
})

t.test('above the limit, the last code stays valid for the client that requested it', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } }
  const { request, ask, use, confirm } = await codeApplication(t, { options })
  const requested = await request()
  const { signInToken } = (await ask(ada.email, 'token')).json()
  t.equal((await confirm({ code: requested.code, signInToken })).statusCode, 401)
  t.equal((await use(requested)).statusCode, 200)
})

t.test('a browser that requests again above the limit keeps its last code', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } }
  const { request, post, confirm } = await codeApplication(t, { options })
  const { code, answer, headers } = await request(ada.email, 'cookie')
  const again = await post('/sign-in/email', { email: ada.email, transport: 'cookie' }, headers)
  t.equal(cookieHeader(again), cookieHeader(answer))
  t.equal((await confirm({ code }, { cookie: cookieHeader(again) })).statusCode, 200)
})

t.test('an address gets codes again after ten minutes: no refusal outlives a code', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } }
  const { ask, codeMessage, advance, confirm, everythingTo } = await codeApplication(t, { options })
  await ask()
  const first = codeOf(await codeMessage(ada.email))
  advance(599)
  await ask()
  advance(1)
  const { signInToken } = (await ask(ada.email, 'token')).json()
  const code = codeOf(await codeMessage(ada.email))
  t.not(code, first)
  t.equal((await confirm({ code, signInToken })).statusCode, 200)
  t.equal(codesIn(await everythingTo(ada.email)), 2)
})

t.test('codes cost the owner of an address no link', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } }
  const { ask, post, everythingTo } = await codeApplication(t, { options })
  for (let count = 0; count < 4; count += 1) await ask()
  t.equal((await post('/password/forgot', { email: ada.email })).statusCode, 202)
  t.equal((await everythingTo(ada.email)).filter(subject => /password/.test(subject)).length, 1)
})

t.test('links cost the owner of an address no code', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } }
  const { request, use, post } = await codeApplication(t, { options })
  for (let count = 0; count < 4; count += 1) await post('/password/forgot', { email: ada.email })
  t.equal((await use(await request())).statusCode, 200)
})

t.test('the counts of an address are the same however it is written', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 2 } }
  const { ask, everythingTo } = await codeApplication(t, { options })
  for (const email of [ada.email, 'ADA@example.com', 'Ada@example.com', 'ada@EXAMPLE.com']) await ask(email)
  t.equal(codesIn(await everythingTo(ada.email)), 2)
})

t.test('a network that has caused too many messages is refused, for any address', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerNetworkPerHour: 2 } }
  const { ask, asked, mailbox } = await codeApplication(t, { options })
  await ask()
  await ask(stranger)
  asked()
  for (const email of [ada.email, stranger, 'new@example.com']) {
    const answer = await ask(email)
    t.equal(answer.statusCode, 429)
    t.equal(answer.json().code, 'FAST_AUTH_TOO_MANY_REQUESTS')
    t.ok(Number(answer.headers['retry-after']) > 0)
    t.equal(answer.headers['set-cookie'], undefined)
  }
  t.strictSame(asked(), [])
  t.ok(mailbox.messages.length <= 1)
})

t.test('above the total of all users, a request is refused until the hour is over', async t => {
  const options = { limits: { ...unlimitedRequests, mailsPerHour: 4, mailsPerNetworkPerHour: 0 } }
  const { app, advance } = await codeApplication(t, { options })
  const ask = (network: number) => {
    const remoteAddress = `10.${network}.0.1`
    const payload = { email: `user-${network}@example.com` }
    return app.inject({ method: 'POST', url: '/auth/sign-in/email', payload, remoteAddress })
  }
  const statuses = []
  for (let network = 1; network <= 6; network += 1) statuses.push((await ask(network)).statusCode)
  t.strictSame(statuses, [202, 202, 202, 202, 429, 429])
  advance(3600)
  t.equal((await ask(7)).statusCode, 202)
})

t.test('codes count as requests of their network', async t => {
  const options = { limits: { requestsPerMinute: 2, costlyRequestsPerMinute: 0 } }
  const { confirm } = await codeApplication(t, { options })
  const statuses = []
  for (let count = 0; count < 3; count += 1) statuses.push((await confirm({ code: '7777-7777' })).statusCode)
  t.strictSame(statuses, [401, 401, 429])
})

t.test('requests of codes count as costly requests of their network', async t => {
  const options = { limits: { requestsPerMinute: 0, costlyRequestsPerMinute: 2 } }
  const { ask } = await codeApplication(t, { options })
  const statuses = []
  for (const email of [ada.email, stranger, 'new@example.com']) statuses.push((await ask(email)).statusCode)
  t.strictSame(statuses, [202, 202, 429])
})
