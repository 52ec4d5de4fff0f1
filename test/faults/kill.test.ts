import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Libsql from 'libsql'
import t from 'tap'
import { signUp } from './fixtures/auth-client.js'
import { createDevice, type Device, sessionIdleLifetimeSeconds } from './fixtures/device.js'
import { emptyLedger, forks } from './fixtures/ledger.js'
import { arrive, isWhole, type Newcomer } from './fixtures/newcomer.js'
import { rounds } from './fixtures/rounds.js'
import { seededRandom } from './fixtures/seeded-random.js'
import { type ServerProcess, startServer } from './fixtures/server-process.js'

/** Chooses the moments of the kills. */
const seed = Number(process.env.FAULT_SEED) || 1
const random = seededRandom(seed)
const kills = rounds(20)
// Far more than it takes, for a machine that is busy.
t.setTimeout(kills * 15_000)
/** Ten devices, five times a second. */
const deviceCount = 10
const beatMilliseconds = 200
/** A restart must not take longer than the grace time, however busy the machine is. */
const options = { refreshGraceSeconds: 60, sessionIdleLifetimeSeconds }

function refreshAll(devices: readonly Device[], url: string): Promise<unknown> {
  return Promise.all(devices.map(device => device.refresh(url)))
}

/** Refreshes and sign-ups, until the server is killed at a random moment in the middle of some. */
async function loadAndKill(server: ServerProcess, devices: readonly Device[], round: number): Promise<Newcomer[]> {
  const { url } = server
  const early = arrive(url, `early-${round}@example.com`)
  for (let beats = random(1, 3); beats > 0; beats -= 1) {
    await Promise.all([refreshAll(devices, url), sleep(beatMilliseconds)])
  }
  const late = arrive(url, `late-${round}@example.com`)
  await sleep(random(0, 60))
  const refreshing = refreshAll(devices, url)
  await sleep(random(0, 60))
  if (!server.isRunning) throw new Error('The server ended by itself')
  await server.kill()
  await refreshing
  return Promise.all([early, late])
}

t.test('a server that is killed under load and started again has lost nothing that it answered', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const ledger = emptyLedger()
  let server = await startServer(t, `sqlite:${file}`, options)
  const people = Array.from({ length: deviceCount }, (_, index) => signUp(server.url, `device-${index}@example.com`))
  const devices = (await Promise.all(people)).map(({ tokens }) => createDevice(tokens, ledger))
  /** Who signed up between two kills: seldom there, but never forgotten. */
  const guests: Device[] = []
  let lostSignUps = 0

  for (let round = 1; round <= kills; round += 1) {
    const newcomers = await loadAndKill(server, devices, round)
    server = await startServer(t, `sqlite:${file}`, options)
    const welcomed = newcomers.flatMap(({ answer }) => answer ?? [])
    guests.push(...welcomed.map(({ tokens }) => createDevice(tokens, ledger)))
    lostSignUps += newcomers.length - welcomed.length
    await Promise.all([...devices, ...guests].map(device => device.resume(server.url)))
    t.same(ledger.refusals, [], `kill ${round}: every session goes on`)
    for (const newcomer of newcomers) await isWhole(t, server.url, newcomer)
  }

  t.equal(forks(ledger), 0, 'no refresh token has two distinct successors')
  t.ok(guests.length > 0, 'some sign-ups were answered before a kill')
  t.ok(ledger.lostAnswers > 0, 'some refreshes were in flight when the server was killed')
  await server.stop()
  const database = new Libsql(file, { readonly: true })
  t.teardown(() => database.close())
  const count = (query: string) => Object.values(Object(database.prepare(query).get()))[0]
  t.equal(count('pragma integrity_check'), 'ok')
  t.equal(count('select count(*) from fast_auth_users'), deviceCount + 2 * kills, 'every account is there once')
  t.equal(
    count('select count(*) from fast_auth_sessions where user_id not in (select id from fast_auth_users)'),
    0,
    'no session is without its user',
  )
  t.comment(
    `seed ${seed}; ${kills} kills; ${ledger.acknowledged} refreshes acknowledged, ${ledger.lostAnswers} answers lost and retried, ` +
      `${ledger.recovered} of them had taken effect; ${guests.length} sign-ups acknowledged, ${lostSignUps} not; ` +
      `sessions lost ${ledger.refusals.length}, refresh tokens with two successors ${forks(ledger)}`,
  )
})
