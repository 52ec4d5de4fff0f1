import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { createSoftwareAuthenticator, registerPasskey, signInUser } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { codeApplication, invalid, otherThan } from '../support/code-application.js'
import { eachMethod } from '../support/each-method.js'
import { origin, passkeys } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'

const attackers = 100

/** Returns codes of the right form, each another one, and none of them the right one. */
const wrongCodes = (right: string) =>
  Array.from({ length: attackers }, (_, index) => `${String(index).padStart(4, '0')}-7777`).filter(
    code => code !== right,
  )

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} 100 concurrent wrong codes are refused alike, and use the code up`, async t => {
    const { storage } = await open(t)
    const { request, use, events } = await codeApplication(t, { options: { storage, migrate: true } })
    const requested = await request()
    const live = await storage.signInCodes.find({ email: ada.email, now: noon })
    t.equal(live?.triesLeft, 5)
    events.length = 0
    const guesses = wrongCodes(requested.code)
    const answers = await Promise.all(guesses.map(code => use({ ...requested, code })))
    t.equal(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size, 1)
    refused(t, answers[0] as (typeof answers)[0], 401, invalid)
    t.equal(events.length, guesses.length, 'each leaves an event')
    t.equal(await storage.signInCodes.find({ email: ada.email, now: noon }), null)
    refused(t, await use(requested), 401, invalid)
  })

  t.test(`in ${name} the right code behind five wrong ones is refused, also if all come at the same time`, async t => {
    const { storage } = await open(t)
    const { request, use, user } = await codeApplication(t, { options: { storage, migrate: true } })
    const requested = await request()
    const codes = [...wrongCodes(requested.code).slice(0, 20), requested.code]
    const answers = await Promise.all(codes.map(code => use({ ...requested, code })))
    t.ok(answers.every(({ statusCode }) => statusCode === 401))
    const { total } = await storage.sessions.list({ userId: user.id, now: noon, limit: 9, offset: 0 })
    t.equal(total, 0)
  })
}

t.test(
  'an attacker who asks for codes of an address gets five guesses for each message, and no more messages',
  async t => {
    const { ask, confirm, everythingTo, advance } = await codeApplication(t, {
      options: { limits: { mailsPerAddressPerHour: 3, requestsPerMinute: 0, costlyRequestsPerMinute: 0 } },
    })
    const compared: number[] = []
    for (let count = 0; count < 6; count += 1) {
      const { signInToken } = (await ask(ada.email, 'token')).json()
      for (let guess = 0; guess < 6; guess += 1)
        compared.push((await confirm({ code: '7777-7777', signInToken })).statusCode)
      advance(1)
    }
    t.ok(compared.every(status => status === 401))
    t.equal((await everythingTo(ada.email)).length, 3)
  },
)

t.test('guesses with a request that the limit has silenced compare nothing', async t => {
  const storage = memoryStorage()
  const trials: unknown[] = []
  const watched = eachMethod(storage, (name, step) => async asked => {
    const outcome = await step(asked)
    if (name === 'signInCodes.tryCode') trials.push(outcome)
    return outcome
  })
  const limits = { mailsPerAddressPerHour: 1, requestsPerMinute: 0, costlyRequestsPerMinute: 0 }
  const { request, ask, confirm, use } = await codeApplication(t, { options: { storage: watched, limits } })
  const owner = await request()
  const { signInToken } = (await ask(ada.email, 'token')).json()
  for (let guess = 0; guess < 10; guess += 1) await confirm({ code: owner.code, signInToken })
  t.strictSame(trials, Array(10).fill({ outcome: 'wrong' }))
  t.equal((await storage.signInCodes.find({ email: ada.email, now: noon }))?.triesLeft, 5)
  t.equal((await use(owner)).statusCode, 200, 'the code of the owner lost no try')
})

t.test('a flood of requests for an address leaves every other way in, and every link, as it was', async t => {
  const options = { passkeys, limits: { requestsPerMinute: 0, costlyRequestsPerMinute: 0, mailsPerNetworkPerHour: 0 } }
  const { app, post, ask, confirm, tokenTo, mailbox } = await codeApplication(t, { options })
  const session = await signInUser(app, ada)
  const authenticator = createSoftwareAuthenticator()
  await registerPasskey(session, { authenticator, origin })
  await mailbox.waitForMessage(ada.email)
  await post('/password/forgot', { email: ada.email })
  const token = await tokenTo(ada.email, 'resetPassword')
  for (let count = 0; count < 60; count += 1) {
    const answer = await ask(ada.email, 'token')
    t.equal(answer.statusCode, 202)
    await confirm({ code: '7777-7777', signInToken: answer.json().signInToken })
  }
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(session.accessToken) })).statusCode, 200)
  t.equal((await post('/sign-in', ada)).statusCode, 200, 'the password')
  const request = (await post('/sign-in/passkey/options', undefined)).json()
  const credential = authenticator.get(request, { origin })
  t.equal((await post('/sign-in/passkey', { credential, transport: 'token' })).statusCode, 200, 'the passkey')
  const reset = await post('/password/reset', { token, password: 'a horse of another colour' })
  t.equal(reset.statusCode, 204, 'the link of a reset')
  t.equal((await post('/password/forgot', { email: ada.email })).statusCode, 202)
  t.equal((await tokenTo(ada.email, 'resetPassword')).length, 43, 'a new link')
})

t.test('wrong codes do not slow the password down, and wrong passwords do not slow codes down', async t => {
  const limits = { freeGuesses: 2, requestsPerMinute: 0, costlyRequestsPerMinute: 0 }
  const { post, request, use } = await codeApplication(t, { options: { limits } })
  const requested = await request()
  for (let count = 0; count < 5; count += 1) await use({ ...requested, code: otherThan(requested.code) })
  t.equal((await post('/sign-in', ada)).statusCode, 200)
  for (let count = 0; count < 4; count += 1) await post('/sign-in', { ...ada, password: 'wrong horse battery' })
  t.equal((await post('/sign-in', ada)).statusCode, 429)
  t.equal((await use(await request())).statusCode, 200)
})
