import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, signUpForCookies } from '../support/account.js'
import { pepper } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const name = '__Secure-known_device'
const wrong = { ...ada, password: 'incorrect horse' }
const renewed = { ...ada, password: 'a new passphrase' }
const limits = {
  failuresPerAccountPerHour: 2,
  requestsPerMinute: 0,
  costlyRequestsPerMinute: 0,
  hashesPerNetworkPerMinute: 0,
}

function deviceOf(answer: Pick<LightMyRequestResponse, 'cookies'>): string | undefined {
  return answer.cookies.find(cookie => cookie.name === name)?.value
}

async function deviceApplication(t: Test, options: Partial<Omit<FastAuthOptions, 'email'>> = {}) {
  const tested = await testApplication(t, {
    mail: true,
    options: { ...options, limits: { ...limits, ...options.limits } },
  })
  const { app, tokenTo, post } = tested
  const send = (url: string, payload: object, more: InjectOptions = {}) =>
    app.inject({ method: 'POST', url: `/auth${url}`, payload, ...more })
  const signIn = (payload: object, device?: string) =>
    send('/sign-in', payload, device === undefined ? {} : { headers: { cookie: `${name}=${device}` } })
  return {
    ...tested,
    send,
    signIn,
    /** Signs in on a new device, and returns its cookie. */
    async newDevice(account: object = ada) {
      return deviceOf(await signIn(account)) ?? 'none'
    },
    /** Guesses from many networks, until clients without a device cookie are refused. */
    async attack() {
      for (const remoteAddress of ['198.51.100.1', '198.51.100.2']) await send('/sign-in', wrong, { remoteAddress })
      const refused = await send('/sign-in', ada, { remoteAddress: '198.51.100.3' })
      if (refused.statusCode !== 429) throw new Error(`the attack is not over: ${refused.statusCode}`)
    },
    async reset(headers: Record<string, string> = {}) {
      await post('/password/forgot', { email: ada.email })
      const token = await tokenTo(ada.email, 'resetPassword')
      return send('/password/reset', { token, password: renewed.password }, { headers })
    },
  }
}

t.test('a changed password ends every device of before, and makes the one where it was changed known', async t => {
  const { app, send, signIn, newDevice, attack } = await deviceApplication(t)
  const cookie = await signUpForCookies(app)
  const old = /known_device=([\w-]+)/.exec(cookie)?.[1]
  const other = await newDevice()
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const change = { currentPassword: ada.password, newPassword: renewed.password }
  const changed = await send('/password/change', change, { headers })
  t.equal(changed.statusCode, 200)
  await attack()
  t.equal((await signIn(renewed, other)).statusCode, 429)
  t.equal((await signIn(renewed, old)).statusCode, 429)
  t.equal((await signIn(renewed, deviceOf(changed))).statusCode, 200)
})

t.test('a password change with a token in a header sets no device cookie', async t => {
  const { app, send } = await deviceApplication(t)
  const { accessToken } = (await send('/sign-up', { ...ada, transport: 'token' })).json()
  const change = { currentPassword: ada.password, newPassword: renewed.password }
  const headers = { authorization: `Bearer ${accessToken}` }
  const answer = await app.inject({ method: 'POST', url: '/auth/password/change', payload: change, headers })
  t.equal(answer.statusCode, 200)
  t.same(answer.cookies, [])
})

t.test(
  'an attacker who uses up guesses and messages does not lock the owner out: a reset leads to a sign-in',
  async t => {
    const { app, post, signIn, attack, reset } = await deviceApplication(t)
    await signUpForCookies(app)
    for (let index = 0; index < 6; index++) {
      t.equal((await post('/email/confirm/send', { email: ada.email })).statusCode, 202)
      t.equal((await post('/sign-up', ada)).statusCode, 409)
    }
    await attack()
    t.equal((await signIn(ada)).statusCode, 429)
    const answer = await reset()
    t.equal(answer.statusCode, 204)
    t.equal((await signIn(renewed, deviceOf(answer))).statusCode, 200)
  },
)

t.test(
  'a user who resets the password during an attack signs in on that device, and earlier devices are unknown',
  async t => {
    const { app, signIn, newDevice, attack, reset, advance } = await deviceApplication(t)
    await signUpForCookies(app)
    const old = await newDevice()
    await attack()
    t.equal((await signIn(ada)).statusCode, 429)
    const answer = await reset()
    t.equal(answer.statusCode, 204)
    const device = deviceOf(answer)
    t.equal((await signIn(renewed, old)).statusCode, 429)
    t.equal((await signIn(renewed)).statusCode, 429)
    t.equal((await signIn(renewed, device)).statusCode, 200)
    advance(3600)
    await attack()
    t.equal((await signIn(renewed, device)).statusCode, 200, 'in the next hour, too')
  },
)

t.test(
  'a reset sets no device cookie for pages of other origins, for clients of tokens, nor without devices',
  async t => {
    const crossSite = await deviceApplication(t)
    await signUpForCookies(crossSite.app)
    const answer = await crossSite.reset({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })
    t.same([answer.statusCode, answer.cookies], [204, []])
    for (const options of [{ transport: 'token' }, { limits: { deviceLifetimeSeconds: 0 } }] as const) {
      const tested = await deviceApplication(t, options)
      await signUpForCookies(tested.app).catch(() => {})
      const { statusCode, cookies } = await tested.reset()
      t.same([statusCode, cookies], [204, []])
    }
  },
)

t.test('a refused reset sets no device cookie', async t => {
  const { app, send } = await deviceApplication(t)
  await signUpForCookies(app)
  const answer = await send('/password/reset', { token: 'A'.repeat(43), password: renewed.password })
  t.same([answer.statusCode, answer.cookies], [400, []])
})

for (const [change, passwords] of [
  ['hasher', { hasher: 'bcrypt:10' }],
  ['pepper', { hasher: 'scrypt-for-tests', pepper: [pepper] }],
] as const) {
  const rehashed = async (t: Test) => {
    const storage = memoryStorage()
    const before = await deviceApplication(t, { storage })
    await signUpForCookies(before.app)
    const devices = [await before.newDevice(), await before.newDevice()] as const
    const after = await deviceApplication(t, { storage, passwords })
    const upgrading = await after.newDevice()
    return { ...after, devices, upgrading }
  }

  t.test(
    `a new ${change}: a device whose password was hashed again signs in during an attack, and is renewed`,
    async t => {
      const { signIn, attack, devices, upgrading, reset } = await rehashed(t)
      await attack()
      const answer = await signIn(ada, devices[0])
      t.equal(answer.statusCode, 200)
      t.equal((await signIn(ada, upgrading)).statusCode, 200)
      const guesses: number[] = []
      for (let index = 0; index < 6; index++) guesses.push((await signIn(wrong, devices[1])).statusCode)
      t.same(guesses, [401, 401, 401, 401, 401, 429])
      t.equal((await signIn(ada, devices[0])).statusCode, 429, 'those of before share one count')
      t.equal((await signIn(ada, deviceOf(answer))).statusCode, 200)
      await reset()
      t.equal((await signIn(renewed, deviceOf(answer))).statusCode, 429, 'the password is another one')
    },
  )
}
