import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { type BreakableServer, breakableServer } from '../support/breakable-server.js'
import { get, refresh, sessionOf, signUp } from './fixtures/auth-client.js'
import { type MailedCode, startCodeServer } from './fixtures/code-client.js'
import { databasesOnServers } from './fixtures/databases.js'
import { createHistory, type History } from './fixtures/history.js'
import { startOrganizationServer } from './fixtures/organization-server.js'
import { type OrganizationSteps, organizationSteps } from './fixtures/organization-steps.js'
import { passkeyOwner, passkeys } from './fixtures/passkey-owner.js'
import { protectAccount } from './fixtures/protected-account.js'
import { providerClient } from './fixtures/provider-client.js'
import { type ProviderSteps, providerSteps } from './fixtures/provider-steps.js'
import { record, sessionIdleLifetimeSeconds } from './fixtures/record.js'
import { conclude } from './fixtures/report.js'
import { startServer } from './fixtures/server-process.js'

// Far more than it takes, for a machine that is busy.
t.setTimeout(600_000)
const storageTimeoutSeconds = 1
const longestOutageMilliseconds = 60_000
/** For longer than any outage, protected routes rely on what the process has heard of revocations. */
const revocationFeed = { maximumStalenessSeconds: 300 }
const times = { storageTimeoutSeconds, refreshGraceSeconds: 60, sessionIdleLifetimeSeconds }
const options = { ...times, revocationFeed, secondFactor: 'offered', passkeys } as const

/** The fault of the connections, and the remedy if they do not recover by themselves. */
const faults: Readonly<Record<string, (between: BreakableServer) => Promise<void>>> = {
  async 'lead nowhere any more'(between) {
    between.loseConnections()
  },
  async 'are all cut, and refused for a while,'(between) {
    between.breakDown()
    await sleep(200)
    between.recover()
  },
  async 'are slower than requests may take, for a while,'(between) {
    between.slowDown(storageTimeoutSeconds * 1500)
    await sleep(storageTimeoutSeconds * 2000)
    between.recover()
  },
}

interface Crowd {
  /** Refreshes with one token concurrently, twenty or so many times, and requests a protected route once. */
  wave(size?: number): Promise<ReadonlySet<number | undefined>>
  readonly history: History
}

async function crowd(url: string, name: string): Promise<Crowd> {
  const history = createHistory(`lost connections ${name}`)
  const { tokens } = await signUp(url)
  const about = sessionOf(tokens).sid
  const presented = tokens.refreshToken
  return {
    history,
    async wave(size = 20) {
      const refreshing = Array.from({ length: size }, () =>
        record(history, { kind: 'refresh', about, presented }, () => refresh(url, presented)),
      )
      await record(history, { kind: 'call', about }, () => get(url, '/hello', tokens.accessToken))
      return new Set((await Promise.all(refreshing)).map(answer => answer?.status))
    },
  }
}

async function goesOn(t: Test, { wave, history }: Crowd, name: string): Promise<void> {
  const startedAt = Date.now()
  let statuses = await wave()
  while (!(statuses.has(200) && statuses.size === 1) && Date.now() - startedAt < longestOutageMilliseconds)
    statuses = await wave()
  t.same(statuses, new Set([200]), 'all goes on by itself')
  history.add({ kind: 'fault', name, startedAt, recoveredAt: Date.now() })
}

for (const { name, missing, create } of await databasesOnServers()) {
  t.test(`a ${name} behind a network that fails`, { skip: missing }, async t => {
    const between = await breakableServer(t, await create(t))
    const client = await providerClient(t)
    const { url } = await startServer(t, between.url, options, { provider: client.settings })
    const clients = await crowd(url, name)
    const account = await protectAccount(url, 'protected@example.com')
    const owner = await passkeyOwner(url, 'passkey@example.com')
    const { server: mailing, codes } = await startCodeServer(t, between.url, times)
    const { server: team, mailServer } = await startOrganizationServer(t, between.url, times)
    const sent: MailedCode[] = []
    const taken: ProviderSteps[] = []
    const changes: OrganizationSteps[] = []
    await clients.wave()

    for (const [index, [what, happens]] of Object.entries(faults).entries()) {
      t.test(`connections that ${what} are replaced under load`, async t => {
        const credential = await owner.use(url)
        const mailed = await codes.request(mailing.url, `newcomer-${index}@example.com`)
        sent.push(mailed)
        const steps = await providerSteps(client, url, `fault-${index}`)
        taken.push(steps)
        const teamSteps = await organizationSteps(mailServer, team.url, `team-${index}`)
        changes.push(teamSteps)
        const happening = happens(between)
        const passkeySignIn = owner.recordedSignIn(url, clients.history, credential)
        const completion = account.completeWithRecoveryCode(url, clients.history, index)
        const codeSignIn = codes.recordedSignIn(mailing.url, clients.history, mailed)
        const taking = steps.take(url, clients.history)
        const changing = teamSteps.take(team.url, clients.history)
        await clients.wave()
        await Promise.all([happening, completion, passkeySignIn, codeSignIn, taking, changing])
        await goesOn(t, clients, what)
        await account.completeWithRecoveryCode(url, clients.history, index)
        await owner.recordedSignIn(url, clients.history, credential)
        while ((await codes.recordedSignIn(mailing.url, clients.history, mailed))?.status === 503) await sleep(50)
        await steps.retry(url, clients.history)
        await teamSteps.retry(team.url, clients.history)
      })
    }

    t.test('connections that are slow, but not too slow, are waited for', async t => {
      between.slowDown(storageTimeoutSeconds * 20)
      t.same(await clients.wave(1), new Set([200]))
      between.recover()
    })

    t.test('the last step of a sign-in that met a fault is done once', async t => {
      await account.isWhole(t, url, Object.keys(faults).length)
      await owner.isWhole(t, url, Object.keys(faults).length)
      for (const mailed of sent) await codes.isWhole(t, mailing.url, mailed)
      for (const steps of taken) await steps.isWhole(t, url)
      for (const teamSteps of changes) await teamSteps.isWhole(t, team.url)
    })

    t.test('no session was lost, and no protected route was refused', async t => {
      const { history } = clients
      t.ok(history.entries.every(entry => entry.kind !== 'call' || entry.status === 200))
      conclude(t, `${name} behind a failing network`, history)
    })
  })
}
