import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { createDeviceTokens } from '../../lib/tokens/device-token.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { ada, signUpForCookies } from '../support/account.js'
import { secret } from '../support/secret.js'
import { type TestApplication, testApplication } from '../support/test-application.js'

const name = '__Secure-known_device'
const wrong = 'incorrect horse'
const mallory = { email: 'mallory@example.com', password: 'a different battery' }
const limits = { failuresPerAccountPerHour: 2, requestsPerMinute: 0, costlyRequestsPerMinute: 0 }

function deviceCookie(answer: Pick<LightMyRequestResponse, 'cookies'>) {
  return answer.cookies.findLast(cookie => cookie.name === name)
}

interface DeviceApplication extends TestApplication {
  signIn(body?: object, more?: { device?: string | undefined; from?: string }): Promise<LightMyRequestResponse>
  /** Signs in with cookies, and returns the value of the device cookie. */
  deviceOf(account: typeof ada | typeof mallory): Promise<string>
  /** Guesses from many networks, until clients without a device cookie are refused. */
  attack(): Promise<void>
}

async function deviceApplication(t: Test, options: Partial<FastAuthOptions> = {}): Promise<DeviceApplication> {
  const tested = await testApplication(t, { options: { ...options, limits: { ...limits, ...options.limits } } })
  const signIn: DeviceApplication['signIn'] = (body = ada, { device, from = '192.0.2.1' } = {}) =>
    tested.app.inject({
      method: 'POST',
      url: '/auth/sign-in',
      remoteAddress: from,
      headers: device === undefined ? {} : { cookie: `${name}=${device}` },
      payload: body,
    })
  return {
    ...tested,
    signIn,
    deviceOf: async account => deviceCookie(await signIn(account))?.value ?? 'none',
    async attack() {
      for (const from of ['198.51.100.1', '198.51.100.2']) await signIn({ ...ada, password: wrong }, { from })
      const refused = await signIn(ada, { from: '198.51.100.3' })
      if (refused.statusCode !== 429) throw new Error(`the attack is not over: ${refused.statusCode}`)
    },
  }
}

async function attackedApplication(t: Test, options: Partial<FastAuthOptions> = {}) {
  const attacked = await deviceApplication(t, options)
  await signUpForCookies(attacked.app)
  await signUpForCookies(attacked.app, mallory)
  const device = await attacked.deviceOf(ada)
  await attacked.attack()
  return { ...attacked, device }
}

t.test(
  'a sign-in with cookies sets the device cookie: for scripts invisible, to our routes alone, for half a year',
  async t => {
    const { app, signIn } = await deviceApplication(t)
    const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
    const expected = { path: '/auth', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: 15_552_000 }
    for (const answer of [signUp, await signIn()]) {
      t.hasStrict(deviceCookie(answer), expected)
      t.equal(answer.cookies.length, 3)
    }
  },
)

t.test('the device cookie has its plain name if cookies are not secure, and shares their domain', async t => {
  const { app } = await deviceApplication(t, { cookies: { secure: false, domain: 'example.com' } })
  const { cookies } = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const devices = cookies.filter(({ name }) => name === 'known_device')
  t.hasStrict(devices, [
    { value: '', maxAge: 0 },
    { domain: 'example.com', path: '/auth', httpOnly: true },
  ])
  t.equal(devices[0]?.domain, undefined, 'its twin of this host alone is expired')
})

t.test('no device cookie is set without a session: after a refusal, or with tokens in the body', async t => {
  const { app, signIn } = await deviceApplication(t)
  await signUpForCookies(app)
  t.equal(deviceCookie(await signIn({ ...ada, password: wrong })), undefined)
  t.same((await signIn({ ...ada, transport: 'token' })).cookies, [])
})

t.test('the own device signs in while the account is attacked from everywhere', async t => {
  const { signIn, device } = await attackedApplication(t)
  t.equal((await signIn(ada, { device })).statusCode, 200)
  t.equal((await signIn(ada)).statusCode, 429)
})

t.test(
  'a sign-in on a known device costs one lookup, as any, and reveals as little about an unknown address',
  async t => {
    const { app, signIn, deviceOf, calls } = await deviceApplication(t)
    await signUpForCookies(app)
    const device = await deviceOf(ada)
    calls.length = 0
    t.equal((await signIn(ada, { device })).statusCode, 200)
    t.same(calls, ['users.findByEmail', 'sessions.open'])
    calls.length = 0
    t.equal(
      (await signIn({ ...ada, email: 'unknown@example.com' }, { device })).json().code,
      'FAST_AUTH_INVALID_CREDENTIALS',
    )
  },
)

t.test('a device cookie that another host has set beside the own one takes nothing from it', async t => {
  const { signIn, deviceOf, device } = await attackedApplication(t)
  const tossed = await deviceOf(mallory)
  for (const both of [`${tossed}; ${name}=${device}`, `${device}; ${name}=${tossed}`]) {
    const answer = await signIn(ada, { device: both })
    t.equal(answer.statusCode, 200)
  }
  t.equal((await signIn(ada, { device: `${tossed}; ${name}=made-up` })).statusCode, 429)
})

t.test('the device of another account is unknown to this one, and so is an invented cookie', async t => {
  const { signIn, deviceOf, device } = await attackedApplication(t)
  const forged = [
    await deviceOf(mallory),
    `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}`,
    createDeviceTokens({ keyring: createKeyring(['another secret, which is long enough']), hashing: '' }).issue(
      { userId: 'a'.repeat(32), deviceId: 'b'.repeat(32), issuedAt: Date.UTC(2026, 0, 1) },
      null,
    ),
    'x',
    '',
  ]
  for (const cookie of forged) t.equal((await signIn(ada, { device: cookie })).statusCode, 429, cookie)
})

t.test('a stolen device cookie is no free pass: its guesses are slowed as any', async t => {
  const { signIn, device, advance } = await attackedApplication(t)
  const guess = (from: string) => signIn({ ...ada, password: wrong }, { device, from })
  const statuses: number[] = []
  for (let index = 0; index < 8; index++) statuses.push((await guess(`203.0.113.${index}`)).statusCode)
  t.same(statuses, [401, 401, 401, 401, 401, 429, 429, 429])
  t.equal((await guess('203.0.113.9')).headers['retry-after'], '1')
  advance(1)
  t.equal((await signIn(ada, { device })).statusCode, 200)
})

t.test('a stolen device cookie takes nothing from the other devices of its account', async t => {
  const { signIn, device, deviceOf } = await deviceApplication(t).then(async deviceApplication => {
    await signUpForCookies(deviceApplication.app)
    return { ...deviceApplication, device: await deviceApplication.deviceOf(ada) }
  })
  const other = await deviceOf(ada)
  t.not(other, device)
  for (let index = 0; index < 6; index++) await signIn({ ...ada, password: wrong }, { device })
  t.equal((await signIn(ada, { device })).statusCode, 429)
  t.equal((await signIn(ada, { device: other })).statusCode, 200)
})

t.test('guesses on a known device are not held against its network or the account', async t => {
  const { signIn, device } = await attackedApplication(t, { limits: { failuresPerNetworkPerHour: 1 } })
  t.equal((await signIn({ ...ada, password: wrong }, { device })).statusCode, 401)
  t.equal((await signIn({ ...ada, password: wrong }, { device })).statusCode, 401)
  t.equal((await signIn(mallory)).statusCode, 200)
})

t.test('a device stays the same one through its sign-ins, and is renewed', async t => {
  const { signIn, deviceOf, advance } = await deviceApplication(t).then(async deviceApplication => {
    await signUpForCookies(deviceApplication.app)
    return deviceApplication
  })
  const tokens = createDeviceTokens({ keyring: createKeyring([secret]), hashing: '' })
  const first = await deviceOf(ada)
  advance(60)
  const second = deviceCookie(await signIn(ada, { device: first }))?.value ?? 'none'
  t.equal(tokens.read(second)?.deviceId, tokens.read(first)?.deviceId)
  t.equal((tokens.read(second)?.issuedAt ?? 0) - (tokens.read(first)?.issuedAt ?? 0), 60_000)
})

t.test('after a sign-out the device is still known', async t => {
  const { app, signIn, device } = await attackedApplication(t)
  const signedIn = await signIn(ada, { device })
  const cookie = signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const signedOut = await app.inject({ method: 'POST', url: '/auth/sign-out', headers })
  t.equal(signedOut.statusCode, 204)
  t.equal(deviceCookie(signedOut), undefined)
})

t.test('a device is forgotten when its time is over', async t => {
  const { signIn, device, attack, advance } = await attackedApplication(t, { limits: { deviceLifetimeSeconds: 7200 } })
  advance(7199)
  await attack()
  t.equal((await signIn(ada, { device })).statusCode, 200)
  advance(1)
  t.equal((await signIn(ada, { device })).statusCode, 429)
})

t.test('a device is known by an older secret, and not by one that was dropped', async t => {
  const storage = memoryStorage()
  const before = await deviceApplication(t, { storage })
  await signUpForCookies(before.app)
  const device = await before.deviceOf(ada)
  const newest = 'the newest of the secrets, which is long'
  const rotated = await deviceApplication(t, { storage, secrets: [newest, secret] })
  await rotated.attack()
  t.equal((await rotated.signIn(ada, { device })).statusCode, 200)
  const dropped = await deviceApplication(t, { storage, secrets: [newest] })
  await dropped.attack()
  t.equal((await dropped.signIn(ada, { device })).statusCode, 429)
})

t.test('with a lifetime of 0 there is no such cookie', async t => {
  const { app } = await deviceApplication(t, { limits: { deviceLifetimeSeconds: 0 } })
  t.equal((await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })).cookies.length, 2)
})

t.test('a device from before the proof of the address, perhaps an attacker’s, is unknown after it', async t => {
  const { app, signIn, deviceOf, advance, attack } = await deviceApplication(t)
  await signUpForCookies(app)
  const before = await deviceOf(ada)
  advance(1)
  const user = await app.fastAuth.findUser({ email: ada.email })
  await app.fastAuth.confirmUserEmail(user?.id ?? '', ada.email)
  const after = await deviceOf(ada)
  await attack()
  t.equal((await signIn(ada, { device: before })).statusCode, 429)
  t.equal((await signIn(ada, { device: after })).statusCode, 200)
})

t.test('many device cookies of one account give no more guesses an hour than all of its devices have', async t => {
  const { app, signIn, deviceOf, events, advance } = await deviceApplication(t)
  await signUpForCookies(app)
  const devices: string[] = []
  for (let index = 0; index < 10; index++) devices.push(await deviceOf(ada))
  const statuses: number[] = []
  for (const device of devices) statuses.push((await signIn({ ...ada, password: wrong }, { device })).statusCode)
  t.same(statuses, [...Array<number>(6).fill(401), ...Array<number>(4).fill(429)])
  t.hasStrict(events.at(-1), { name: 'rate_limited', reason: 'sign_ins_of_devices' })
  advance(3600)
  t.equal((await signIn(ada, { device: devices[9] })).statusCode, 200)
})
