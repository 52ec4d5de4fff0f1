import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { setUpTotp, totpCode } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { passkeyApplication } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { repeated } from './fixtures/guesses.js'
import { unlimitedRequests } from './fixtures/unlimited-requests.js'

const attacker = '198.51.100.7'
const owner = '192.0.2.1'

/** An application with an attacker who knows Ada's password. She has an authenticator app and a passkey. */
async function attackedApplication(t: Test, limits: FastAuthOptions['limits'] = {}) {
  const options: Partial<FastAuthOptions> = {
    secondFactor: 'offered',
    limits: { ...unlimitedRequests, hashesPerNetworkPerMinute: 0, ...limits },
  }
  const application = await passkeyApplication(t, { options })
  const { secret } = await setUpTotp(application, { at: noon })
  const { app, use, events } = application
  const send = (path: string, payload: object, remoteAddress: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/auth${path}`, payload, remoteAddress, headers })

  /** Signs in with the password and these fields. */
  async function signInFrom(remoteAddress: string, fields: object): Promise<LightMyRequestResponse> {
    const first = await send('/sign-in', { ...ada, transport: 'token' }, remoteAddress)
    return send('/sign-in/second-factor', { signInToken: first.json().signInToken, ...fields }, remoteAddress)
  }
  const wrong = () => use({ overrides: { userHandle: null } })
  const guess = async (remoteAddress = attacker) =>
    (await signInFrom(remoteAddress, { credential: await wrong() })).statusCode
  events.length = 0
  return { ...application, secret, send, signInFrom, wrong, guess }
}

t.test(
  'invalid passkeys of a second step are slowed down by user and network, and those of the owner are not',
  async t => {
    const { guess, signInFrom, use, events, user } = await attackedApplication(t)
    const statuses: number[] = []
    for (let index = 0; index < 7; index += 1) statuses.push(await guess())
    t.strictSame(statuses, [...repeated(5, 401), ...repeated(2, 429)])
    const limited = events.filter(({ name }) => name === 'rate_limited')
    t.hasStrict(limited, [{ reason: 'passkeys', userId: user.id }])
    t.equal(limited.length, 1)
    t.equal((await signInFrom(attacker, { credential: await use() })).statusCode, 429)
    t.equal((await signInFrom(owner, { credential: await use() })).statusCode, 200)
  },
)

t.test('invalid passkeys slow down neither codes nor recovery codes, and the reverse', async t => {
  const { guess, signInFrom, secret, use, advance } = await attackedApplication(t)
  for (let index = 0; index < 7; index += 1) await guess()
  advance(30)
  t.equal((await signInFrom(attacker, { code: totpCode(secret, noon + 30_000) })).statusCode, 200)
  t.equal((await signInFrom(attacker, { recoveryCode: '0'.repeat(24) })).statusCode, 401)
  for (let index = 0; index < 7; index += 1) await signInFrom(owner, { code: '000000' })
  t.equal((await signInFrom(owner, { code: '000000' })).statusCode, 429)
  t.equal((await signInFrom(owner, { credential: await use() })).statusCode, 200)
})

t.test('a right passkey takes the count back', async t => {
  const { guess, signInFrom, use } = await attackedApplication(t, { freeGuesses: 3 })
  for (let round = 0; round < 4; round += 1) {
    t.equal(await guess(), 401)
    t.equal(await guess(), 401)
    t.equal((await signInFrom(attacker, { credential: await use() })).statusCode, 200)
  }
})

t.test('a session that proves with invalid passkeys waits, and slows no other down', async t => {
  const { send, wrong, use, accessToken, passkeySession, events } = await attackedApplication(t)
  const other = await passkeySession()
  const prove = (token: string, credential: object) => send('/reauthenticate', { credential }, attacker, bearer(token))
  events.length = 0
  const statuses: number[] = []
  for (let index = 0; index < 7; index += 1) statuses.push((await prove(accessToken, await wrong())).statusCode)
  t.strictSame(statuses, [...repeated(5, 401), ...repeated(2, 429)])
  t.hasStrict(events.at(-1), { name: 'rate_limited', reason: 'second_factor_checks' })
  t.equal((await prove(other.accessToken, await use())).statusCode, 200)
})

t.test('a sign-in with a passkey alone is not slowed down by guesses: nothing can be guessed', async t => {
  const { guess, signIn } = await attackedApplication(t)
  for (let index = 0; index < 10; index += 1) await guess('127.0.0.1')
  for (let index = 0; index < 10; index += 1)
    t.equal((await signIn({ overrides: { userHandle: null } })).statusCode, 401)
  t.equal((await signIn()).statusCode, 200)
})

t.test('the requests of a network for options, and with passkeys, are limited for each route', async t => {
  const { app, use } = await passkeyApplication(t, { options: { limits: { requestsPerMinute: 5 } } })
  const credential = await use()
  const request = {
    method: 'POST',
    url: '/auth/sign-in/passkey',
    payload: { credential },
    remoteAddress: attacker,
  } as const
  const statuses: number[] = []
  for (let index = 0; index < 6; index += 1) {
    statuses.push((await app.inject({ ...request, url: `${request.url}/options`, payload: {} })).statusCode)
    statuses.push((await app.inject(request)).statusCode)
  }
  t.equal(statuses.filter(status => status === 429).length, 2)
})
