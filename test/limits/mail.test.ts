import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { EmailMessage } from '../../lib/mail/index.js'
import { oneTimeTokenHash } from '../../lib/tokens/one-time-token.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { signUpConfirmed, statusesOf } from './fixtures/mail-requests.js'
import { unlimitedRequests } from './fixtures/unlimited-requests.js'

const unknownUser = { email: 'unknown@example.com' }
const resetsIn = (subjects: readonly string[]) => subjects.filter(subject => /password/i.test(subject)).length

t.test('an address gets so many messages, and then the same answer and no message, known or not', async t => {
  const { app, post, everythingTo, mailbox } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 3 } },
  })
  await signUpConfirmed(app, mailbox)
  t.same(await statusesOf(app, 3, '/password/forgot', { email: ada.email }), [202, 202, 202])
  t.same(await statusesOf(app, 3, '/password/forgot', unknownUser), [202, 202, 202])
  const answers = [
    await post('/password/forgot', { email: ada.email }),
    await post('/password/forgot', unknownUser),
    await post('/password/forgot', { email: 'fresh@example.com' }),
  ]
  const seen = answers.map(({ statusCode, headers, body }) => ({ statusCode, headers: { ...headers, date: '' }, body }))
  t.equal(seen[0]?.statusCode, 202)
  t.strictSame(seen[0], seen[1])
  t.strictSame(seen[0], seen[2])
  t.equal(resetsIn(await everythingTo(ada.email)), 3)
})

t.test('an address gets messages again when its hour is over', async t => {
  const { app, post, tokenTo, advance, mailbox } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } },
  })
  await signUpConfirmed(app, mailbox)
  await statusesOf(app, 2, '/password/forgot', { email: ada.email })
  const first = await tokenTo(ada.email, 'resetPassword')
  advance(3600)
  await post('/password/forgot', { email: ada.email })
  t.not(await tokenTo(ada.email, 'resetPassword'), first)
})

t.test('an address has a count for each purpose: no other request costs its owner a reset', async t => {
  const { app, post, tokenTo, mailbox } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 }, requireEmailConfirmation: false },
  })
  await signUpConfirmed(app, mailbox)
  t.same(await statusesOf(app, 9, '/email/confirm/send', { email: ada.email }), Array(9).fill(202))
  t.same(await statusesOf(app, 3, '/sign-up', ada), Array(3).fill(409))
  t.same(await statusesOf(app, 1, '/password/forgot', { email: ada.email }), [202])
  const token = await tokenTo(ada.email, 'resetPassword')
  t.equal((await post('/password/reset', { token, password: 'a different battery' })).statusCode, 204)
})

t.test('sign-ups with a taken address do not cost its owner a reset either', async t => {
  const { app, post, tokenTo } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 2 }, requireEmailConfirmation: true },
  })
  t.same(await statusesOf(app, 9, '/sign-up', ada), Array(9).fill(202))
  t.same(await statusesOf(app, 9, '/email/confirm/send', { email: ada.email }), Array(9).fill(202))
  t.equal((await post('/password/forgot', { email: ada.email })).statusCode, 202)
  t.ok(await tokenTo(ada.email, 'resetPassword'))
})

t.test('the counts of an address are the same however it is written', async t => {
  const { app, everythingTo, mailbox } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 2 } },
  })
  await signUpConfirmed(app, mailbox)
  for (const email of [ada.email, ada.email.toUpperCase(), 'Ada@example.com', 'ada@EXAMPLE.com'])
    await statusesOf(app, 1, '/password/forgot', { email })
  t.equal(resetsIn(await everythingTo(ada.email)), 2)
})

t.test('a request past the count of the address asks the storage nothing, and is logged once', async t => {
  const { app, calls, events, mailbox } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } },
  })
  await signUpConfirmed(app, mailbox)
  await statusesOf(app, 1, '/password/forgot', { email: ada.email })
  calls.length = 0
  events.length = 0
  await statusesOf(app, 3, '/password/forgot', { email: ada.email })
  t.same(
    calls.filter(call => !call.startsWith('outbox.')),
    [],
  )
  t.hasStrict(events, [{ name: 'rate_limited', reason: 'mail_to_address', userId: null }])
})

t.test('a sign-up past the count of the address opens the account, and mails nothing', async t => {
  const { app, post, everythingTo } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } },
  })
  for (let index = 0; index < 2; index++) {
    const { accessToken } = await signUpForTokens(app)
    await app.inject({
      method: 'DELETE',
      url: '/auth/me',
      headers: bearer(accessToken),
      payload: { password: ada.password },
    })
  }
  t.equal((await post('/sign-up', ada)).statusCode, 201)
  t.equal((await everythingTo(ada.email)).length, 1)
})

for (const { path, purpose, lifetime } of [
  { path: '/password/forgot', purpose: 'resetPassword', lifetime: 'resetLifetimeSeconds' },
  { path: '/email/confirm/send', purpose: 'confirmEmail', lifetime: 'confirmationLifetimeSeconds' },
] as const) {
  t.test(
    `while ${path} is called all the time the owner has a good link, also if links live for ten minutes`,
    async t => {
      const storage = memoryStorage()
      const { app, post, advance, mailbox } = await testApplication(t, {
        mail: { [lifetime]: 600 },
        options: { storage, limits: { ...unlimitedRequests, mailsPerAddressPerHour: 2, mailsPerNetworkPerHour: 0 } },
      })
      await signUpForTokens(app)
      let now = Date.UTC(2026, 0, 1, 12)
      const isLive = async (message: EmailMessage) => {
        const [, token = ''] = /#token=([\w-]{43})/.exec(message.text) ?? []
        const hash = oneTimeTokenHash(token)
        return hash !== null && (await storage.oneTimeTokens.find({ hash, purpose, now })) !== null
      }
      const hasGoodLink = async () => {
        for (let attempt = 0; attempt < 400; attempt++) {
          for (const message of mailbox.messages.slice(-3)) if (await isLive(message)) return true
          await delay(5)
        }
        return false
      }
      for (let minute = 0; minute < 25; minute++) {
        for (let index = 0; index < 3; index++) t.equal((await post(path, { email: ada.email })).statusCode, 202)
        t.ok(await hasGoodLink(), `after ${minute} minutes`)
        advance(60)
        now += 60_000
      }
    },
  )
}

t.test('the link that came before the limit still sets the password', async t => {
  const { app, post, tokenTo } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 2, failuresPerAccountPerHour: 1 } },
  })
  await signUpForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, password: 'incorrect horse' } })
  t.equal((await post('/sign-in', ada)).statusCode, 429, 'the account is attacked')
  t.same(await statusesOf(app, 10, '/password/forgot', { email: ada.email }), Array<number>(10).fill(202))
  await tokenTo(ada.email, 'resetPassword')
  const token = await tokenTo(ada.email, 'resetPassword')
  t.equal((await post('/password/reset', { token, password: 'a different battery' })).statusCode, 204)
})

t.test('one account cannot cause messages to all addresses', async t => {
  const { app, post, events } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAccountPerHour: 2 } },
  })
  const { accessToken, user } = await signUpForTokens(app)
  const change = async (email: string) =>
    (await post('/email/change', { email, password: ada.password }, bearer(accessToken))).statusCode
  t.same([await change('a@example.com'), await change('b@example.com'), await change('c@example.com')], [202, 202, 429])
  t.hasStrict(events.at(-1), { name: 'rate_limited', reason: 'mail_of_account', userId: user.id })
})

t.test('an address is the target of so many address changes', async t => {
  const { app, post } = await testApplication(t, {
    mail: true,
    options: { limits: { ...unlimitedRequests, mailsPerAddressPerHour: 1 } },
  })
  const { accessToken } = await signUpForTokens(app)
  const change = async () =>
    (await post('/email/change', { email: 'a@example.com', password: ada.password }, bearer(accessToken))).statusCode
  t.same([await change(), await change()], [202, 429])
})
