import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import type { AuthEvent, FastAuthOptions } from '../../lib/index.js'
import { ada, bearer } from '../support/account.js'
import { protectedApplication, wrongCode } from '../support/protected-application.js'
import { repeated } from './fixtures/guesses.js'
import { unlimitedRequests } from './fixtures/unlimited-requests.js'

const attacker = '198.51.100.7'
const refusalsIn = (events: readonly AuthEvent[]) => events.filter(({ name }) => name === 'rate_limited')

/** An application with an attacker who knows Ada's password and guesses codes, from any network. */
async function attackedApplication(t: Test, limits: FastAuthOptions['limits'] = {}) {
  const options = { limits: { ...unlimitedRequests, hashesPerNetworkPerMinute: 0, ...limits } }
  const application = await protectedApplication(t, { options })
  const { app, secret, now } = application
  const send = (path: string, payload: object, remoteAddress: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/auth${path}`, payload, remoteAddress, headers })

  /** Signs in with the password and these fields. */
  async function signInFrom(remoteAddress: string, fields: object): Promise<LightMyRequestResponse> {
    const first = await send('/sign-in', { ...ada, transport: 'token' }, remoteAddress)
    return send('/sign-in/second-factor', { signInToken: first.json().signInToken, ...fields }, remoteAddress)
  }
  const guess = async (remoteAddress = attacker) =>
    (await signInFrom(remoteAddress, { code: wrongCode(secret, now()) })).statusCode

  /** Guesses until the guesses of all networks are slowed down. */
  async function attack(): Promise<void> {
    for (let index = 0; index < 40; index += 1) await guess(`198.51.${index}.7`)
    if ((await guess()) !== 429) throw new Error('the attack is not slowed down')
  }
  return { ...application, send, signInFrom, guess, attack }
}

t.test('a client that knows the password guesses a few codes, and then waits, in any network', async t => {
  const { guess, events, user } = await attackedApplication(t)
  const statuses: number[] = []
  for (let index = 0; index < 8; index += 1) statuses.push(await guess(`198.51.${index}.7`))
  t.strictSame(statuses, [...repeated(5, 401), ...repeated(3, 429)])
  t.hasStrict(refusalsIn(events), [{ reason: 'second_factors', userId: user.id }])
})

t.test('each wait is twice as long as the one before it', async t => {
  const { guess, advance } = await attackedApplication(t)
  for (let index = 0; index < 5; index += 1) await guess()
  for (const wait of [1, 2, 4, 8, 16]) {
    advance(wait - 1)
    if (wait > 1) t.equal(await guess(), 429, String(wait))
    advance(1)
    t.equal(await guess(), 401, String(wait))
    t.equal(await guess(), 429)
  }
})

t.test('no number of guesses locks the account: after the longest wait one code is looked at', async t => {
  const { attack, signInFrom, advance, code } = await attackedApplication(t)
  await attack()
  t.equal((await signInFrom('192.0.2.1', { code: code() })).statusCode, 429)
  advance(900)
  t.equal((await signInFrom('192.0.2.1', { code: code() })).statusCode, 200)
})

t.test('of many concurrent guesses, no more are looked at', async t => {
  const { begin, complete, secret, now } = await attackedApplication(t)
  const { signInToken } = (await begin()).json()
  const wrong = { signInToken, code: wrongCode(secret, now()) }
  const answers = await Promise.all(Array.from({ length: 40 }, () => complete(wrong)))
  t.equal(answers.filter(({ statusCode }) => statusCode === 401).length, 5)
})

t.test('a right password resets no count of codes', async t => {
  const { attack, begin, guess } = await attackedApplication(t)
  await attack()
  t.equal((await begin()).statusCode, 202)
  t.equal(await guess(), 429)
})

t.test('a refused client learns when it may try again, and nothing about its code', async t => {
  const { attack, signInFrom, code } = await attackedApplication(t)
  await attack()
  const right = await signInFrom(attacker, { code: code() })
  t.equal(right.json().code, 'FAST_AUTH_TOO_MANY_REQUESTS')
  t.ok(Number(right.headers['retry-after']) >= 1)
})

t.test('a recovery code from another network is not slowed down by guesses of codes', async t => {
  const { attack, signInFrom, recoveryCodes } = await attackedApplication(t)
  await attack()
  t.equal((await signInFrom('192.0.2.1', { recoveryCode: recoveryCodes[0] })).statusCode, 200)
})

t.test('guesses of recovery codes are slowed down by network, and those of the owner are not', async t => {
  const { signInFrom, recoveryCodes, events } = await attackedApplication(t)
  const statuses: number[] = []
  for (let index = 0; index < 7; index += 1)
    statuses.push((await signInFrom(attacker, { recoveryCode: '0'.repeat(24) })).statusCode)
  t.strictSame(statuses, [...repeated(5, 401), ...repeated(2, 429)])
  t.hasStrict(refusalsIn(events).at(-1), { reason: 'recovery_codes' })
  t.equal((await signInFrom('192.0.2.1', { recoveryCode: recoveryCodes[0] })).statusCode, 200)
})

t.test('an invented recovery code counts, and a right one takes the count back', async t => {
  const { signInFrom, recoveryCodes } = await attackedApplication(t, { freeGuesses: 3 })
  for (const recoveryCode of recoveryCodes.slice(0, 5)) {
    t.equal((await signInFrom(attacker, { recoveryCode: 'x' })).statusCode, 401)
    t.equal((await signInFrom(attacker, { recoveryCode: '0'.repeat(24) })).statusCode, 401)
    t.equal((await signInFrom(attacker, { recoveryCode })).statusCode, 200)
  }
})

t.test('the known device of the owner is not slowed down, and its own guesses are', async t => {
  const { attack, send, code, nextCode, secret, now, events } = await attackedApplication(t)
  const cookieOf = ({ cookies }: LightMyRequestResponse) =>
    cookies.filter(({ maxAge }) => maxAge !== 0).map(({ name, value }) => `${name}=${value}`)
  const first = cookieOf(await send('/sign-in', ada, '192.0.2.1')).join('; ')
  const known = cookieOf(await send('/sign-in/second-factor', { code: code() }, '192.0.2.1', { cookie: first }))
  const device = known.find(cookie => cookie.includes('known_device')) ?? 'none'
  await attack()
  const again = async (fields: object) => {
    const waiting = cookieOf(await send('/sign-in', ada, '192.0.2.2', { cookie: device }))
    return send('/sign-in/second-factor', fields, '192.0.2.2', { cookie: [device, ...waiting].join('; ') })
  }
  t.equal((await again({ code: nextCode() })).statusCode, 200)
  const statuses: number[] = []
  for (let index = 0; index < 7; index += 1) statuses.push((await again({ code: wrongCode(secret, now()) })).statusCode)
  t.strictSame(statuses, [...repeated(5, 401), ...repeated(2, 429)])
  t.hasStrict(refusalsIn(events).at(-1), { reason: 'second_factors_of_device' })
})

t.test(
  'a session proves its second factor whatever attackers guess, and its own guesses slow no other down',
  async t => {
    const { attack, session, app, nextCode, secret, now, advance } = await attackedApplication(t)
    const [own, stolen] = [await session(), await session()]
    await attack()
    const prove = ({ accessToken }: { accessToken: string }, code: string) =>
      app.inject({ method: 'POST', url: '/auth/reauthenticate', headers: bearer(accessToken), payload: { code } })
    const statuses: number[] = []
    for (let index = 0; index < 7; index += 1) statuses.push((await prove(stolen, wrongCode(secret, now()))).statusCode)
    t.strictSame(statuses, [...repeated(5, 401), ...repeated(2, 429)])
    t.equal((await prove(own, nextCode())).statusCode, 200)
    advance(30)
  },
)

t.test('with limits off, no guess is slowed down', async t => {
  const { guess } = await attackedApplication(t, { enabled: false })
  for (let index = 0; index < 12; index += 1) t.equal(await guess(), 401)
})
