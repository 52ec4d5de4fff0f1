import { join } from 'node:path'
import t, { type Test } from 'tap'
import { soon } from '../support/soon.js'
import { get, signIn, signOut, signUp } from './fixtures/auth-client.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'

const count = rounds(20)
const clockDifferenceSeconds = 20
/** A reading every second, and a machine that is busy. */
const limitSeconds = 3
// Far more than it takes, for a machine that is busy.
t.setTimeout(60_000 + count * 12_000)

/** Servers on one SQLite file, each so many seconds ahead of the machine. */
async function serversOn(t: Test, aheadSeconds: readonly number[]): Promise<readonly string[]> {
  const file = join(t.testdir({}), 'auth.db')
  const starting = aheadSeconds.map(clockAheadSeconds => startServer(t, `sqlite:${file}`, {}, { clockAheadSeconds }))
  return (await Promise.all(starting)).map(({ url }) => url)
}

/** Signs out at one server somebody who is known to the other, and answers with the seconds until that refuses them. */
async function secondsUntilRefused(t: Test, signedOutAt: string, usedAt: string): Promise<number> {
  const { tokens } = await signIn(signedOutAt)
  t.equal((await get(usedAt, '/hello', tokens.accessToken)).status, 200)
  t.equal((await signOut(signedOutAt, tokens.refreshToken)).status, 204)
  t.equal((await get(signedOutAt, '/hello', tokens.accessToken)).status, 401)
  return soon(async () => (await get(usedAt, '/hello', tokens.accessToken)).status === 401)
}

t.test('whoever signs out at one process is refused by the other within the interval', async t => {
  const [one = '', two = ''] = await serversOn(t, [0, 0])
  await signUp(one)
  const seconds: number[] = []
  for (let round = 0; round < count; round += 1) seconds.push(await secondsUntilRefused(t, one, two))
  t.ok(Math.max(...seconds) < limitSeconds, `${seconds}`)
  const average = seconds.reduce((sum, each) => sum + each, 0) / count
  t.comment(`${count} rounds, ${average.toFixed(2)} s on average, ${Math.max(...seconds).toFixed(2)} s at most`)
})

t.test('also where their clocks differ, whoever is ahead', async t => {
  const [early = '', late = ''] = await serversOn(t, [0, clockDifferenceSeconds])
  await signUp(early)
  for (const [signedOutAt, usedAt] of [
    [early, late],
    [late, early],
  ] as const) {
    t.ok((await secondsUntilRefused(t, signedOutAt, usedAt)) < limitSeconds)
  }
})
