import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { readDatabase } from '../../lib/cli/database-url.js'
import { openStorage } from '../../lib/cli/open-storage.js'
import { ada } from '../support/account.js'
import { privateDatabases } from '../support/private-databases.js'
import { sessionOf, signUp } from './fixtures/auth-client.js'
import { startCodeServer } from './fixtures/code-client.js'
import { createCookieClient } from './fixtures/cookie-client.js'
import { createDevice, type Device } from './fixtures/device.js'
import { createHistory } from './fixtures/history.js'
import { startLoad } from './fixtures/load.js'
import { arrive, isWhole } from './fixtures/newcomer.js'
import { startOrganizationServer } from './fixtures/organization-server.js'
import { organizationSteps } from './fixtures/organization-steps.js'
import { passkeyOwner, passkeys } from './fixtures/passkey-owner.js'
import { protectAccount } from './fixtures/protected-account.js'
import { providerClient } from './fixtures/provider-client.js'
import { providerSteps, visitOf } from './fixtures/provider-steps.js'
import { refreshesOf, sessionIdleLifetimeSeconds } from './fixtures/record.js'
import { conclude } from './fixtures/report.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'

const count = rounds(2)
const deviceCount = 6
const pauseMilliseconds = 40
// Far more than it takes, for a machine that is busy.
t.setTimeout(120_000 + count * 180_000)
/** An outage must not take longer than the grace time, however busy the machine is. */
const times = { refreshGraceSeconds: 60, sessionIdleLifetimeSeconds, storageTimeoutSeconds: 2 }
const options = { ...times, secondFactor: 'offered', passkeys } as const
/** The last step of a sign-in meets an outage as often as there are recovery codes. */
const completions = Math.min(count, 10)

async function statusOf(url: string, path: string): Promise<number> {
  return (await fetch(url + path)).status
}

/** Until the server is ready again, by itself. */
async function untilReady(url: string): Promise<void> {
  while ((await statusOf(url, '/readyz')) !== 200) await sleep(20)
}

/** No session is older in the database than what a device was answered. */
async function expectAcknowledged(t: Test, databaseUrl: string, devices: readonly Device[]): Promise<void> {
  const storage = await openStorage(readDatabase({ DATABASE_URL: databaseUrl }), '.')
  for (const { tokens } of devices) {
    const { sid, gen } = sessionOf(tokens)
    const session = await storage.sessions.find({ sessionId: sid, now: Date.now() })
    t.ok(session !== null && session.generation >= gen, 'the rotation that was answered is there')
  }
  await storage.close()
}

for (const { name, missing, start } of privateDatabases) {
  for (const ending of ['stop', 'kill'] as const) {
    const ended = { stop: 'stopped', kill: 'killed' }[ending]
    t.test(`a ${name} that is ${ended} under load and started again ends no session`, { skip: missing }, async t => {
      const database = await start(t)
      const client = await providerClient(t)
      const { url } = await startServer(t, database.url, options, { provider: client.settings })
      const history = createHistory(`${name} ${ended}`)
      const devices: Device[] = []
      for (let device = 0; device < deviceCount; device += 1)
        devices.push(createDevice((await signUp(url, `device-${device}@example.com`)).tokens, history))
      const account = await protectAccount(url, 'protected@example.com')
      const owner = await passkeyOwner(url, 'passkey@example.com')
      const { server: mailing, codes } = await startCodeServer(t, database.url, times)
      const { server: team, mailServer } = await startOrganizationServer(t, database.url, times)
      const browser = createCookieClient(url)
      t.equal((await browser.post('/auth/sign-up', ada)).status, 201)

      for (let round = 1; round <= count; round += 1) {
        const load = startLoad(devices, url, pauseMilliseconds)
        const early = arrive(history, url, `early-${round}@example.com`)
        await sleep(250)
        const late = arrive(history, url, `late-${round}@example.com`)
        await sleep(round * 20)
        const completion = round <= completions ? account.completeWithRecoveryCode(url, history, round - 1) : null
        const credential = await owner.use(url)
        const passkeySignIn = owner.recordedSignIn(url, history, credential)
        const mailed = await codes.request(mailing.url, `newcomer-${round}@example.com`)
        const codeSignIn = codes.recordedSignIn(mailing.url, history, mailed)
        const steps = await providerSteps(client, url, `round-${round}`)
        const taking = steps.take(url, history)
        const teamSteps = await organizationSteps(mailServer, team.url, `team-${round}`)
        const changing = teamSteps.take(team.url, history)
        await database[ending]()

        t.equal(await statusOf(url, '/readyz'), 503)
        t.equal(await statusOf(url, '/healthz'), 200)
        const refused = await browser.post('/auth/refresh')
        t.match([refused.status, refused.headers.get('retry-after')], [503, /^\d+$/])
        t.same(refused.headers.getSetCookie(), [], 'no cookie is cleared')
        const waiting = await account.complete(url, { code: account.code })
        t.match([waiting.status, waiting.retryAfter, waiting.clearsCookies], [503, /^\d+$/, false], 'a sign-in waits')
        await passkeySignIn
        const { status } = await owner.signIn(url, await owner.use(url))
        t.equal(status, 503, 'options need no database, and a passkey waits')
        await codeSignIn
        const asked = await codes.ask(mailing.url, 'other@example.com')
        t.match([asked.status, asked.retryAfter], [503, /^\d+$/], 'a request for a code waits')
        await Promise.all([taking, changing])
        const [changed] = await teamSteps.take(team.url, history)
        t.match([changed?.status, changed?.retryAfter], [503, /^\d+$/], 'a change of a role waits')
        const approved = await client.approve(url, { sub: 'other', email: 'other@example.com' })
        const visited = await visitOf(client, url, approved)
        t.match([visited.status, visited.retryAfter], [503, /^\d+$/], 'a sign-in begins, and its callback waits')
        t.equal((await browser.get('/hello')).status, 200, 'an access token is as good as before')
        await sleep(250)
        await database.start()
        const startedAt = Date.now()
        await Promise.all([url, mailing.url, team.url].map(untilReady))
        history.add({ kind: 'fault', name: ending, startedAt, recoveredAt: Date.now() })

        await load.end()
        await expectAcknowledged(t, database.url, devices)
        await Promise.all(devices.map(device => device.resume(url)))
        for (const newcomer of await Promise.all([early, late])) await isWhole(t, history, url, newcomer)
        t.equal((await browser.post('/auth/refresh')).status, 200, 'the browser goes on')
        await completion
        await owner.recordedSignIn(url, history, credential)
        await codes.recordedSignIn(mailing.url, history, mailed)
        await codes.isWhole(t, mailing.url, mailed)
        await steps.retry(url, history)
        await steps.isWhole(t, url)
        await teamSteps.retry(team.url, history)
        await teamSteps.isWhole(t, team.url)
        t.equal((await visitOf(client, url, approved)).fragment, '', 'a callback that waited signs in')
        if (round <= completions) await account.completeWithRecoveryCode(url, history, round - 1)
      }
      await account.isWhole(t, url, completions)
      await owner.isWhole(t, url, count)

      const { acknowledged, unavailable } = refreshesOf(history)
      t.ok(unavailable > 0, 'some refreshes were asked to try again')
      t.comment(`${count} outages; ${acknowledged} refreshes acknowledged, ${unavailable} answered 503`)
      t.ok(
        history.entries.every(entry => entry.kind !== 'call' || entry.status === 200),
        'no request to a protected route failed',
      )
      conclude(t, `${name} ${ended} under load`, history)
    })
  }
}
