import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { setUpTotp, signInUser } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { codeApplication, otherThan, stranger } from '../support/code-application.js'
import { eachMethod } from '../support/each-method.js'
import { hashCalls } from '../support/hash-calls.js'
import { noon } from '../support/protected-application.js'
import { visible } from '../support/visible.js'

const unproven = 'cat@example.com'
const disabled = 'eve@example.com'
const strong = 'dora@example.com'

/** An application with an account of every kind; Ada's is proven. */
async function everyAccount(t: Test, options: Partial<FastAuthOptions> = {}) {
  const tested = await codeApplication(t, { options: { secondFactor: 'offered', ...options } })
  const { app } = tested
  const { createUser, disableUser } = app.fastAuth
  const { password } = ada
  await createUser({ email: unproven, password })
  const eve = await createUser({ email: disabled, emailConfirmed: true })
  if (eve.outcome === 'created') await disableUser(eve.user.id)
  await createUser({ email: strong, password, emailConfirmed: true })
  await setUpTotp(await signInUser(app, { email: strong, password }), { at: noon })
  return tested
}

const accounts = { known: ada.email, unproven, disabled, 'with a second factor': strong } as const

for (const transport of ['cookie', 'token'] as const)
  for (const signUp of [false, true])
    t.test(`with transport ${transport} and signUp ${signUp}, no answer distinguishes addresses`, async t => {
      const tested = await everyAccount(t, { emailSignIn: { signUp } })
      const { ask, asked } = tested
      const hashes = hashCalls(t)

      /** What an attacker can see of an answer, and that on which its time depends. */
      async function observe(email: string) {
        asked()
        hashes()
        const answer = await ask(email, transport)
        const token = transport === 'token' ? answer.json().signInToken : answer.cookies[0]?.value
        const { body, headers, statusCode } = visible(answer)
        const seen = JSON.stringify({ body, headers, statusCode }).replace(token, 'x'.repeat(token.length))
        return { seen, calls: asked(), hashes: hashes().length }
      }
      const unknown = await observe(stranger)
      t.match(unknown, { calls: ['users.findByEmail', 'signInCodes.issue'], hashes: 0 })
      for (const [kind, email] of Object.entries(accounts)) t.strictSame(await observe(email), unknown, kind)
      t.strictSame(await observe('another@example.com'), unknown)
    })

t.test('above the limit of an address, no answer distinguishes addresses either', async t => {
  const limits = { mailsPerAddressPerHour: 1, requestsPerMinute: 0, costlyRequestsPerMinute: 0 }
  const { ask, asked } = await everyAccount(t, { limits })
  asked()
  for (const email of [stranger, ...Object.values(accounts)]) {
    const answers = [await ask(email, 'token'), await ask(email, 'token')]
    const [first, second] = answers.map(answer => ({ ...answer.json(), signInToken: answer.json().signInToken.length }))
    t.strictSame(second, first, email)
    t.equal(answers[0]?.headers['content-length'], answers[1]?.headers['content-length'])
    t.strictSame(asked(), ['users.findByEmail', 'signInCodes.issue'], 'the second has no storage call')
  }
})

t.test('a wrong code gets the same answer after the same calls, whatever the address of the request', async t => {
  const { ask, confirm, asked } = await everyAccount(t)
  async function observe(email: string) {
    const { signInToken } = (await ask(email, 'token')).json()
    asked()
    const answer = await confirm({ code: '7777-7777', signInToken })
    return { answer: visible(answer), calls: asked() }
  }
  const unknown = await observe(stranger)
  t.match(unknown, { answer: { statusCode: 401 }, calls: ['signInCodes.tryCode'] })
  for (const [kind, email] of Object.entries(accounts)) t.strictSame(await observe(email), unknown, kind)
})

t.test('a refused code gets the same answer, whatever the reason', async t => {
  const { request, use, confirm, advance } = await codeApplication(t)
  const used = await request()
  await use(used)
  const replaced = await request()
  const expired = await request()
  advance(600)
  const exhausted = await request()
  for (let count = 0; count < 5; count += 1) await use({ ...exhausted, code: otherThan(exhausted.code) })
  const refusals = {
    used: await use(used),
    replaced: await use(replaced),
    expired: await use(expired),
    exhausted: await use(exhausted),
    'of no client': await confirm({ code: exhausted.code }),
    'no code': await use({ ...exhausted, code: 'uuuu-uuuu' }),
  }
  const wrong = visible(await use({ ...(await request()), code: '7777-7777' }))
  t.equal(wrong.statusCode, 401)
  for (const [reason, answer] of Object.entries(refusals)) t.strictSame(visible(answer), wrong, reason)
})

t.test('on a far database, the time of an answer is a whole number of steps for every address', async t => {
  let uptime = 0
  const clock = Object.assign(() => noon, {
    monotonic: () => uptime,
    sleep: async (milliseconds: number) => {
      uptime += milliseconds
    },
  })
  // The statements about an account that exists take longer.
  const storage = eachMethod(memoryStorage(), (name, step) => async asked => {
    const outcome = await step(asked)
    if (name === 'users.findByEmail') uptime += outcome === null ? 60 : 67.3
    if (name === 'signInCodes.issue') uptime += Reflect.get(Object(asked), 'code').userId === null ? 60 : 71.9
    return outcome
  })
  const { ask } = await everyAccount(t, { storage, clock })
  const times: number[] = []
  for (const email of [stranger, ...Object.values(accounts)]) {
    const startedAt = uptime
    t.equal((await ask(email)).statusCode, 202)
    times.push(uptime - startedAt)
  }
  for (const time of times) t.ok(time >= 250 && time < 251, String(time))
})
