import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'redis'
import t, { type Test } from 'tap'
import { breakableServer } from '../support/breakable-server.js'
import { runOnPostgres } from '../support/database-server.js'
import { soon } from '../support/soon.js'
import { get, signIn, signOut, signUp } from './fixtures/auth-client.js'
import { databasesOnServers, everyDatabase } from './fixtures/databases.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'

/** FAULT_ROUNDS=200 for the distribution. */
const count = rounds(10)
const clockDifferenceSeconds = 20
/** A reading every second, and a machine that is busy. */
const limitSeconds = 3
// Far more than it takes, for a machine that is busy.
t.setTimeout(300_000 + count * 20_000)
const isPushed = (name: string) => name === 'PostgreSQL' || name === 'Redis'

/** Servers on one database, each so many seconds ahead of the machine. */
async function serversOn(t: Test, databaseUrl: string, aheadSeconds: readonly number[]): Promise<readonly string[]> {
  const starting = aheadSeconds.map(clockAheadSeconds => startServer(t, databaseUrl, {}, { clockAheadSeconds }))
  return (await Promise.all(starting)).map(({ url }) => url)
}

/** Signs a user, whom another server has cached, out at one server; returns the seconds until the other refuses them. */
async function secondsUntilRefused(t: Test, signedOutAt: string, usedAt: string): Promise<number> {
  const { tokens } = await signIn(signedOutAt)
  t.equal((await get(usedAt, '/hello', tokens.accessToken)).status, 200)
  // At any moment between two readings.
  await sleep(Math.random() * 1_000)
  t.equal((await signOut(signedOutAt, tokens.refreshToken)).status, 204)
  t.equal((await get(signedOutAt, '/hello', tokens.accessToken)).status, 401)
  return soon(async () => (await get(usedAt, '/hello', tokens.accessToken)).status === 401)
}

function distribution(seconds: readonly number[]): string {
  const sorted = [...seconds].sort((one, other) => one - other)
  const at = (share: number) => Math.round(1000 * (sorted[Math.floor((sorted.length - 1) * share)] ?? 0))
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, at most ${at(1)} ms, of ${sorted.length}`
}

for (const { name, missing, create } of await everyDatabase()) {
  const title = `on one ${name}, a user who signs out at one process is refused by the other within the interval`
  t.test(title, { skip: missing }, async t => {
    const [one = '', two = ''] = await serversOn(t, await create(t), [0, 0])
    await signUp(one)
    const seconds: number[] = []
    for (let round = 0; round < count; round += 1) seconds.push(await secondsUntilRefused(t, one, two))
    t.ok(Math.max(...seconds) < limitSeconds, `${seconds}`)
    const summary = distribution(seconds)
    if (isPushed(name))
      t.ok(seconds.filter(each => each < 0.5).length > 0.9 * count, `it is pushed, not polled: ${summary}`)
    t.comment(`${name}: ${summary}`)
  })
}

t.test('also if their clocks differ, whichever is ahead', async t => {
  const file = `sqlite:${t.testdir({})}/auth.db`
  const [early = '', late = ''] = await serversOn(t, file, [0, clockDifferenceSeconds])
  await signUp(early)
  for (const [signedOutAt, usedAt] of [
    [early, late],
    [late, early],
  ] as const) {
    t.ok((await secondsUntilRefused(t, signedOutAt, usedAt)) < limitSeconds)
  }
})

for (const { name, missing, create } of await databasesOnServers()) {
  const title = `a process that is cut off from its ${name} accepts no token after the limit, and knows which sessions were ended when it is connected again`
  t.test(title, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const between = await breakableServer(t, databaseUrl)
    const revocationFeed = { maximumStalenessSeconds: 2 }
    const options = { revocationFeed, storageTimeoutSeconds: 1 }
    const [{ url: one }, { url: two }] = await Promise.all([
      startServer(t, databaseUrl),
      startServer(t, between.url, options),
    ])
    const { tokens } = await signUp(one)
    const { tokens: other } = await signUp(one, 'ben@example.com')
    const statusAt = async (accessToken: string) => (await get(two, '/hello', accessToken)).status
    t.equal(await statusAt(tokens.accessToken), 200)
    between.breakDown()
    t.equal((await signOut(one, tokens.refreshToken)).status, 204)
    const seconds = await soon(async () => (await statusAt(tokens.accessToken)) === 503)
    t.ok(seconds > 0.5, `within the limit it goes on: ${seconds} s`)
    t.equal(await statusAt(other.accessToken), 503)
    between.recover()
    await soon(async () => (await statusAt(other.accessToken)) === 200)
    t.equal(await statusAt(tokens.accessToken), 401)
  })
}

const cuts = [
  {
    name: 'PostgreSQL',
    cut: (url: string) =>
      runOnPostgres(url, `select pg_terminate_backend(pid) from pg_stat_activity where query = 'select 1'`),
  },
  {
    name: 'Redis',
    async cut(url: string) {
      const client = createClient({ url })
      await client.connect()
      await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'PUBSUB']).finally(() => client.close())
    },
  },
] as const

for (const { name, cut } of cuts) {
  const database = (await databasesOnServers()).find(one => one.name === name)
  const title = `where the connection that listens to ${name} is cut off, it is read at intervals, and listened to again`
  t.test(title, { skip: database?.missing ?? `The proofs start no server of ${name}` }, async t => {
    const databaseUrl = (await database?.create(t)) ?? ''
    const [one = '', two = ''] = await serversOn(t, databaseUrl, [0, 0])
    await signUp(one)
    for (let round = 0; round < 3; round += 1) {
      await cut(databaseUrl)
      t.ok((await secondsUntilRefused(t, one, two)) < limitSeconds)
    }
    await sleep(1_000)
    const seconds = [await secondsUntilRefused(t, one, two), await secondsUntilRefused(t, one, two)]
    t.ok(Math.min(...seconds) < 0.5, `${seconds}`)
  })
}
