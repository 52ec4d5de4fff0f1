import t from 'tap'
import { createDeviceTokens } from '../../lib/tokens/device-token.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { ada } from '../support/account.js'
import {
  attackersGuess,
  type FloodedApplication,
  floodedApplication,
  ownersStatuses,
} from './fixtures/hashing-flood.js'

t.setTimeout(240_000)
const always = Array<number>(6).fill(200)
const mallory = { email: 'mallory@example.com', password: 'a different battery' }
const device = (value: string) => `__Secure-known_device=${value}`

/** Sign-ins of a client on an unknown device, from a network of its own. */
async function otherClientsStatuses({ post }: FloodedApplication, from: string): Promise<number[]> {
  const statuses: number[] = []
  for (let round = 0; round < 3; round++) statuses.push((await post({ from, payload: ada })).statusCode)
  return statuses
}

t.test('one network that floods the queue keeps out no known device, no live session and no other network', async t => {
  const tested = await floodedApplication(t)
  const cookie = await tested.signUp(ada)
  const flood = await tested.flood(index => ({ from: `192.0.2.${index % 250}`, payload: attackersGuess(index) }))
  const owner = { cookie, from: '198.51.100.9' }
  t.same(await ownersStatuses(tested, owner), always)
  t.same(await ownersStatuses(tested, { ...owner, from: '192.0.2.1' }), always, 'in the network of the attacker')
  t.same(await otherClientsStatuses(tested, '203.0.113.1'), always.slice(3))
  await flood.stop()
  t.ok(flood.statuses.get(503), 'the queue was full')
})

t.test('a flood from many networks keeps out no known device and no live session', async t => {
  const tested = await floodedApplication(t)
  const cookie = await tested.signUp(ada)
  const flood = await tested.flood(index => ({ from: `10.0.${index % 250}.1`, payload: attackersGuess(index) }))
  t.same(await ownersStatuses(tested, { cookie, from: '198.51.100.9' }), always)
  await flood.stop()
  t.ok(flood.statuses.get(503), 'the queue was full')
})

t.test('addresses of one IPv6 site are one network', async t => {
  const tested = await floodedApplication(t)
  await tested.signUp(ada)
  const flood = await tested.flood(index => ({
    from: `2001:db8:1:${index.toString(16)}::1`,
    payload: attackersGuess(index),
  }))
  t.same(await otherClientsStatuses(tested, '2001:db8:2::1'), always.slice(3))
  await flood.stop()
})

t.test('device cookies that are forged, or of another account, take no place from the owner', async t => {
  const tested = await floodedApplication(t)
  const cookie = await tested.signUp(ada)
  const ofMallory = await tested.signUp(mallory)
  const { id } = (await tested.app.fastAuth.findUser({ email: ada.email })) ?? { id: '' }
  const forger = createDeviceTokens({ keyring: createKeyring(['another secret, which is long enough']), hashing: '' })
  const forged = [
    device(forger.issue({ userId: id, deviceId: id, issuedAt: Date.UTC(2026, 0, 1, 12) }, null)),
    cookie.replace(/(known_device=.{40})./, (_, before: string) => `${before}!`),
    ofMallory,
    device('A'.repeat(120)),
    device(''),
  ]
  const flood = await tested.flood(index => ({
    from: `10.0.${index % 250}.1`,
    headers: { cookie: forged[index % forged.length] ?? '' },
    payload: { ...ada, password: 'incorrect horse' },
  }))
  t.same(await ownersStatuses(tested, { cookie, from: '198.51.100.9' }), always)
  await flood.stop()
  t.ok(flood.statuses.get(503), 'the queue was full')
})

t.test('one network that floods with an account of its own keeps out neither the owner nor other networks', async t => {
  const tested = await floodedApplication(t)
  const cookie = await tested.signUp(ada)
  const ofMallory = await tested.signUp(mallory)
  const headers = { cookie: ofMallory }
  const flood = await tested.flood(index => ({ from: `192.0.2.${index % 250}`, headers, payload: mallory }))
  t.same(await ownersStatuses(tested, { cookie, from: '198.51.100.9' }), always)
  t.same(await otherClientsStatuses(tested, '203.0.113.1'), always.slice(3))
  await flood.stop()
  t.ok(flood.statuses.get(503), 'the queue was full')
})

t.test('a client that loses its place in the queue gets Retry-After', async t => {
  const tested = await floodedApplication(t)
  await tested.signUp(ada)
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      tested.post({ from: index < 6 ? '192.0.2.1' : `10.0.${index}.1`, payload: attackersGuess(index) }),
    ),
  )
  const refused = answers.filter(({ statusCode }) => statusCode === 503)
  t.equal(refused.length, 7)
  for (const answer of refused) {
    t.equal(answer.json().code, 'FAST_AUTH_HASHING_BUSY')
    t.match(answer.headers['retry-after'], /^[1-9]\d*$/)
  }
})
