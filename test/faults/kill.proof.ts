import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Libsql from 'libsql'
import t from 'tap'
import type { AuthenticationCredential } from '../../schemas/passkeys/credential.js'
import { signUp } from './fixtures/auth-client.js'
import { type MailedCode, startCodeServer } from './fixtures/code-client.js'
import { createDevice, type Device } from './fixtures/device.js'
import { createHistory, type History } from './fixtures/history.js'
import { startLoad } from './fixtures/load.js'
import { arrive, isWhole, type Newcomer } from './fixtures/newcomer.js'
import { startOrganizationServer } from './fixtures/organization-server.js'
import { organizationSteps } from './fixtures/organization-steps.js'
import { type PasskeyOwner, passkeyOwner, passkeys } from './fixtures/passkey-owner.js'
import { type ProtectedAccount, protectAccount } from './fixtures/protected-account.js'
import { providerClient } from './fixtures/provider-client.js'
import { providerSteps } from './fixtures/provider-steps.js'
import { refreshesOf, sessionIdleLifetimeSeconds } from './fixtures/record.js'
import { conclude } from './fixtures/report.js'
import { rounds } from './fixtures/rounds.js'
import { faultSeed, seededRandom } from './fixtures/seeded-random.js'
import { type ServerProcess, startServer } from './fixtures/server-process.js'

/** Chooses the moments of the kills. */
const seed = faultSeed()
const random = seededRandom(seed)
const kills = rounds(12)
// Far more than it takes, for a machine that is busy.
t.setTimeout(60_000 + kills * 45_000)
/** Each refreshes and calls without a pause. */
const deviceCount = 10
/** How many of the latest guests come back after each kill; in the end all do. */
const guestsKept = 10
/** A restart must not take longer than the grace time, however busy the machine is. */
const options = { refreshGraceSeconds: 60, sessionIdleLifetimeSeconds, secondFactor: 'offered', passkeys } as const
/** The last step of a sign-in meets a kill as often as there are recovery codes. */
const completions = Math.min(kills, 10)

/** Refreshes and sign-ups, until the server is killed at a random moment in the middle of some. */
async function loadAndKill(
  history: History,
  server: ServerProcess,
  devices: readonly Device[],
  {
    round,
    account,
    owner,
  }: { readonly round: number; readonly account: ProtectedAccount; readonly owner: PasskeyOwner },
): Promise<{ readonly newcomers: readonly Newcomer[]; readonly credential: AuthenticationCredential }> {
  const { url } = server
  const load = startLoad(devices, url, 0)
  const early = await arrive(history, url, `early-${round}@example.com`)
  await sleep(random(50, 300))
  const credential = await owner.use(url)
  const late = arrive(history, url, `late-${round}@example.com`)
  const completion = round <= completions ? account.completeWithRecoveryCode(url, history, round - 1) : null
  const passkeySignIn = owner.recordedSignIn(url, history, credential)
  await sleep(random(0, 30))
  if (!server.isRunning) throw new Error('The server ended by itself')
  // Requests that are pending now are the last of each device.
  const loadEnds = load.end()
  await server.kill()
  await Promise.all([loadEnds, completion, passkeySignIn])
  return { newcomers: [early, await late], credential }
}

t.test('a server that is killed under load and started again has lost nothing that it answered', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const history = createHistory('kill')
  let server = await startServer(t, `sqlite:${file}`, options)
  const signUps = Array.from({ length: deviceCount }, (_, index) => signUp(server.url, `device-${index}@example.com`))
  const devices = (await Promise.all(signUps)).map(({ tokens }) => createDevice(tokens, history))
  const account = await protectAccount(server.url, 'protected@example.com')
  const owner = await passkeyOwner(server.url, 'passkey@example.com')
  /** The users who signed up between two kills: few succeed, but none may be lost. */
  const guests: Device[] = []
  let lostSignUps = 0

  for (let round = 1; round <= kills; round += 1) {
    const { newcomers, credential } = await loadAndKill(history, server, devices, { round, account, owner })
    const startedAt = Date.now()
    server = await startServer(t, `sqlite:${file}`, options)
    const welcomed = newcomers.flatMap(({ tokens }) => tokens ?? [])
    guests.push(...welcomed.map(tokens => createDevice(tokens, history)))
    lostSignUps += newcomers.length - welcomed.length
    await Promise.all([...devices, ...guests.slice(-guestsKept)].map(device => device.resume(server.url)))
    history.add({ kind: 'fault', name: 'kill -9', startedAt, recoveredAt: Date.now() })
    for (const newcomer of newcomers) await isWhole(t, history, server.url, newcomer)
    if (round <= completions) await account.completeWithRecoveryCode(server.url, history, round - 1)
    await owner.recordedSignIn(server.url, history, credential)
  }

  await Promise.all(guests.map(device => device.resume(server.url)))
  const { acknowledged, lost, recovered } = refreshesOf(history)
  t.ok(guests.length > 0, 'some sign-ups were answered before a kill')
  t.ok(lost > 0, 'some refreshes were in flight when the server was killed')
  await account.isWhole(t, server.url, completions)
  await owner.isWhole(t, server.url, kills)
  await server.stop()
  const database = new Libsql(file, { readonly: true })
  t.teardown(() => database.close())
  const count = (query: string) => Object.values(Object(database.prepare(query).get()))[0]
  t.equal(count('pragma integrity_check'), 'ok')
  t.equal(count('select count(*) from fast_auth_users'), deviceCount + 2 + 2 * kills, 'every account is there once')
  t.equal(
    count('select count(*) from fast_auth_sessions where user_id not in (select id from fast_auth_users)'),
    0,
    'no session is without its user',
  )
  t.comment(
    `seed ${seed}; ${kills} kills; ${acknowledged} refreshes acknowledged, ${lost} answers lost and retried, ` +
      `${recovered} of them had taken effect; ${guests.length} sign-ups acknowledged, ${lostSignUps} not`,
  )
  conclude(t, 'kill -9 under load (SQLite)', history)
})

t.test('a mailed code whose sign-in meets a kill opens one session, round after round', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const history = createHistory('kill with mailed codes')
  const { server: first, codes, again } = await startCodeServer(t, `sqlite:${file}`, { sessionIdleLifetimeSeconds })
  let server = first
  const sent: MailedCode[] = []
  let [answered, hadTakenEffect] = [0, 0]

  for (let round = 1; round <= kills; round += 1) {
    const mailed = await codes.request(server.url, `newcomer-${round}@example.com`)
    const signIn = codes.recordedSignIn(server.url, history, mailed)
    await sleep(random(0, 120))
    const startedAt = Date.now()
    await server.kill()
    const answer = await signIn
    server = await again()
    const retry = await codes.recordedSignIn(server.url, history, mailed)
    history.add({ kind: 'fault', name: 'kill -9', startedAt, recoveredAt: Date.now() })
    if (answer?.status === 201) {
      answered += 1
      t.equal(retry?.status, 401, 'a code whose session was answered is consumed')
    } else if (retry?.status === 401) hadTakenEffect += 1
    else t.ok([200, 201].includes(Number(retry?.status)), 'a code that opened no session is good')
    sent.push(mailed)
  }
  for (const mailed of sent) await codes.isWhole(t, server.url, mailed)
  t.comment(`${kills} kills; ${answered} sign-ins acknowledged; ${hadTakenEffect} answers lost that had taken effect`)
  conclude(t, 'kill -9 of sign-ins with mailed codes (SQLite)', history)
})

t.test(
  'sign-ins with a provider, linkings and unlinkings that meet a kill are done once, round after round',
  async t => {
    const file = join(t.testdir({}), 'auth.db')
    const history = createHistory('kill with providers')
    const client = await providerClient(t)
    const start = () => startServer(t, `sqlite:${file}`, { sessionIdleLifetimeSeconds }, { provider: client.settings })
    let server = await start()
    let [answered, lost] = [0, 0]

    for (let round = 1; round <= kills; round += 1) {
      const steps = await providerSteps(client, server.url, `round-${round}`)
      const taking = steps.take(server.url, history)
      await sleep(random(0, 200))
      const startedAt = Date.now()
      await server.kill()
      const answers = await taking
      answered += answers.filter(answer => answer !== null).length
      lost += answers.filter(answer => answer === null).length
      server = await start()
      history.add({ kind: 'fault', name: 'kill -9', startedAt, recoveredAt: Date.now() })
      await steps.retry(server.url, history)
      await steps.isWhole(t, server.url)
    }
    t.comment(`${kills} kills; ${answered} steps acknowledged, ${lost} answers lost`)
    conclude(t, 'kill -9 of sign-ins with a provider (SQLite)', history)
  },
)

t.test('changes of organisations that meet a kill are done once and whole, round after round', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const history = createHistory('kill with organisations')
  const first = await startOrganizationServer(t, `sqlite:${file}`, { sessionIdleLifetimeSeconds })
  const { mailServer, again } = first
  let { server } = first
  let [answered, lost] = [0, 0]

  for (let round = 1; round <= kills; round += 1) {
    const steps = await organizationSteps(mailServer, server.url, `round-${round}`)
    const taking = steps.take(server.url, history)
    await sleep(random(0, 60))
    const startedAt = Date.now()
    await server.kill()
    const answers = await taking
    answered += answers.filter(answer => answer !== null).length
    lost += answers.filter(answer => answer === null).length
    server = await again()
    history.add({ kind: 'fault', name: 'kill -9', startedAt, recoveredAt: Date.now() })
    await steps.retry(server.url, history)
    await steps.isWhole(t, server.url)
  }
  t.comment(`${kills} kills; ${answered} steps acknowledged, ${lost} answers lost`)
  conclude(t, 'kill -9 of changes of organisations (SQLite)', history)
})
