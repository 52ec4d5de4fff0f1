import t, { type Test } from 'tap'
import { placesOfAccount, takeDevicePlace } from '../../lib/limits/device-places.js'
import { createMemoryCounters } from '../../lib/limits/memory-counters.js'
import { ada, signUpForCookies } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { countGuesses, guessesOfMany, guessWith, mintDevices, twoGuessesOfEach } from './fixtures/minted-devices.js'

function places() {
  const state = { now: 0 }
  const counters = createMemoryCounters({ maximumKeys: 1000, uptime: () => state.now })
  const take = (deviceId: string, userId = 'ada') => takeDevicePlace(counters, { userId, deviceId }, 60)
  const takeAll = async (count: number, from = 0) => {
    const taken = await Promise.all(Array.from({ length: count }, (_, index) => take(`device ${from + index}`)))
    return taken.filter(({ isOwn }) => isOwn).length
  }
  const pass = (seconds: number) => {
    state.now += seconds * 1000
  }
  return { take, takeAll, pass }
}

t.test('ten devices of an account have a place, however many come at the same time', async t => {
  const { take, takeAll } = places()
  t.equal(await takeAll(40), placesOfAccount)
  t.equal(await takeAll(40), placesOfAccount, 'the same ten')
  t.equal((await take('device 0', 'eve')).isOwn, true, 'another account')
})

t.test('a device takes one place, however many of its requests come at the same time', async t => {
  const { take, takeAll } = places()
  await Promise.all(Array.from({ length: 20 }, () => take('the first')))
  t.equal((await take('the first')).isOwn, true)
  t.equal(await takeAll(40), placesOfAccount - 1)
})

t.test('a right password frees the place, once', async t => {
  const { take, takeAll } = places()
  await takeAll(10)
  const held = await take('device 0')
  t.equal((await take('another')).isOwn, false)
  await Promise.all([held.free(), held.free()])
  t.equal((await take('another')).isOwn, true)
  t.equal((await take('and another')).isOwn, false)
  t.equal((await take('device 0')).isOwn, false)
})

t.test('a withdrawn guess frees the place that it took, and no earlier place', async t => {
  const { take, takeAll } = places()
  await takeAll(9)
  await (await take('device 0')).takeBack()
  const last = await take('the last')
  t.equal(last.isOwn, true)
  await last.takeBack()
  const refused = await Promise.all([take('the next'), take('too many')])
  t.same(
    refused.map(({ isOwn }) => isOwn),
    [true, false],
  )
  await refused[1]?.takeBack()
  await refused[1]?.free()
  t.equal((await take('too many')).isOwn, false)
})

t.test('places are free again when their time is over', async t => {
  const { takeAll, pass } = places()
  await takeAll(10)
  pass(60)
  t.equal(await takeAll(10, 10), 10)
})

async function adasApplication(t: Test) {
  const { app } = await testApplication(t, { options: { limits: twoGuessesOfEach } })
  await signUpForCookies(app)
  return [app]
}

t.test('forty device cookies of an account give the guesses of ten, and two to share', async t => {
  const apps = await adasApplication(t)
  t.equal(await countGuesses(apps, await mintDevices(apps, 40)), guessesOfMany)
})

t.test('a device that signs in frees a place for another one', async t => {
  const apps = await adasApplication(t)
  const [own = '', ...others] = await mintDevices(apps, 12)
  const [shared = '', next = '', ...nine] = others
  t.same(await guessWith(apps, [own, ...nine]), Array(10).fill(401))
  t.same([await guessWith(apps, [shared]), await guessWith(apps, [shared])], [[401], [401]])
  t.same(await guessWith(apps, [next]), [429], 'it shares what is used up')
  t.same(await guessWith(apps, [own], ada.password), [200])
  t.same(await guessWith(apps, [next], ada.password), [200])
})

t.test('a device without a count of its own signs in, and the count that it shares ends', async t => {
  const apps = await adasApplication(t)
  const devices = await mintDevices(apps, 12)
  const shared = devices.slice(10)
  await guessWith(apps, devices.slice(0, 10))
  t.same(await guessWith(apps, shared.slice(0, 1)), [401])
  t.same(await guessWith(apps, shared.slice(1), ada.password), [200])
  t.same([await guessWith(apps, shared), await guessWith(apps, shared)].flat().sort(), [401, 401, 429, 429])
})
