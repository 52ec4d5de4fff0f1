import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { breakableServer } from '../support/breakable-server.js'
import { generationOf, get, refresh, signUp } from './fixtures/auth-client.js'
import { startCodeServer } from './fixtures/code-client.js'
import { databasesOnServers } from './fixtures/databases.js'
import { createHistory } from './fixtures/history.js'
import { startOrganizationServer } from './fixtures/organization-server.js'
import { organizationSteps } from './fixtures/organization-steps.js'
import { passkeyOwner, passkeys } from './fixtures/passkey-owner.js'
import { protectAccount } from './fixtures/protected-account.js'
import { providerClient } from './fixtures/provider-client.js'
import { providerSteps } from './fixtures/provider-steps.js'
import { conclude } from './fixtures/report.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'

const waves = rounds(4)
const parallel = 100
// Far more than it takes, for a machine that is busy.
t.setTimeout(300_000)
const storageTimeoutSeconds = 1
/** For longer than all of it takes, protected routes rely on what the process has heard of revocations. */
const revocationFeed = { maximumStalenessSeconds: 300 }
const features = { secondFactor: 'offered', passkeys } as const
const options = { storageTimeoutSeconds, refreshGraceSeconds: 60, revocationFeed, ...features } as const
/** The additional time that a busy machine may take. */
const slackMilliseconds = 4_000
/** A pool of ten, and what else looks at the database. */
const maximumConnections = 12
const maximumGrowthMegabytes = 64

/** The memory that a process has. */
function megabytesOf(pid: number): number {
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024
}

for (const { name, missing, create } of await databasesOnServers()) {
  t.test(
    `while nothing comes back from a ${name}, answers are in time, nothing piles up, and all goes on afterwards`,
    { skip: missing },
    async t => {
      const databaseUrl = await create(t)
      const between = await breakableServer(t, databaseUrl)
      const betweenMail = await breakableServer(t, databaseUrl)
      const betweenTeam = await breakableServer(t, databaseUrl)
      const client = await providerClient(t)
      const { url, pid } = await startServer(t, between.url, options, { provider: client.settings })
      const { tokens } = await signUp(url)
      t.equal((await get(url, '/hello', tokens.accessToken)).status, 200)
      const account = await protectAccount(url, 'protected@example.com')
      const owner = await passkeyOwner(url, 'passkey@example.com')
      const { server: mailing, codes } = await startCodeServer(t, betweenMail.url, { storageTimeoutSeconds })
      const mailed = await codes.request(mailing.url, 'newcomer@example.com')
      const steps = await providerSteps(client, url, 'provider')
      const { server: team, mailServer } = await startOrganizationServer(t, betweenTeam.url, { storageTimeoutSeconds })
      const teamSteps = await organizationSteps(mailServer, team.url, 'team')
      const history = createHistory(`silent ${name}`)

      /** Refreshes all sessions concurrently, and returns how long the last answer took. */
      async function wave() {
        const startedAt = performance.now()
        const answers = await Promise.all(Array.from({ length: parallel }, () => refresh(url, tokens.refreshToken)))
        return { answers, milliseconds: performance.now() - startedAt }
      }

      between.fallSilent()
      betweenMail.fallSilent()
      betweenTeam.fallSilent()
      await wave()
      const before = megabytesOf(pid)
      let slowest = 0
      for (let count = 1; count <= waves; count += 1) {
        const { answers, milliseconds } = await wave()
        slowest = Math.max(slowest, milliseconds)
        t.same(new Set(answers.map(({ status }) => status)), new Set([503]), `wave ${count}`)
        t.ok(answers.every(({ retryAfter }) => retryAfter !== null))
        t.equal((await get(url, '/hello', tokens.accessToken)).status, 200, 'a protected route goes on')
      }
      const waiting = await account.complete(url, { recoveryCode: account.recoveryCodes[0] })
      t.match([waiting.status, waiting.retryAfter], [503, /^\d+$/], 'the last step of a sign-in waits')
      const credential = await owner.use(url)
      t.equal((await owner.signIn(url, credential)).status, 503, 'a passkey waits')
      for (const answer of [await codes.signIn(mailing.url, mailed), await codes.ask(mailing.url, 'other@example.com')])
        t.match(
          [answer.status, answer.retryAfter],
          [503, /^\d+$/],
          'a mailed code waits, and so does a request for one',
        )
      for (const answer of await steps.take(url, history))
        t.match([answer?.status, answer?.retryAfter], [503, /^\d+$/], 'a step with a provider waits')
      for (const answer of await teamSteps.take(team.url, history))
        t.match([answer?.status, answer?.retryAfter], [503, /^\d+$/], 'a change of an organisation waits')
      const growth = megabytesOf(pid) - before
      t.ok(slowest < storageTimeoutSeconds * 1000 + slackMilliseconds, 'the last answer is in time')
      t.ok(growth < maximumGrowthMegabytes, `${growth} MB more`)
      t.ok(between.connections <= maximumConnections, `${between.connections} connections`)

      between.recover()
      betweenMail.recover()
      betweenTeam.recover()
      const recoveringAt = performance.now()
      while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(50)
      const recovered = Math.round(performance.now() - recoveringAt)
      // The delayed statements run first, and a busy machine needs longer than the deadline of the storage.
      let { answers } = await wave()
      for (let more = 0; more < 20 && answers.some(({ status }) => status === 503); more += 1)
        answers = (await wave()).answers
      t.same(new Set(answers.map(({ status }) => status)), new Set([200]), 'all goes on')
      t.same(new Set(answers.map(answer => generationOf(answer.tokens))), new Set([1]), 'with one successor')
      const completed = await account.complete(url, { recoveryCode: account.recoveryCodes[0] })
      t.equal(completed.status, 200, 'a second factor that was sent into the silence was not used')
      t.equal((await owner.signIn(url, credential)).status, 200, 'nor was the challenge of a passkey')
      t.equal((await owner.signIn(url, credential)).status, 401)
      while ((await fetch(`${mailing.url}/readyz`)).status !== 200) await sleep(50)
      t.equal((await codes.signIn(mailing.url, mailed)).status, 201, 'nor was a mailed code')
      await codes.isWhole(t, mailing.url, mailed)
      await steps.retry(url, history)
      await steps.isWhole(t, url)
      while ((await fetch(`${team.url}/readyz`)).status !== 200) await sleep(50)
      await teamSteps.retry(team.url, history)
      await teamSteps.isWhole(t, team.url)
      conclude(t, `${name} that is silent`, history)
      t.comment(
        `${waves} waves of ${parallel}, the slowest ${Math.round(slowest)} ms; ${Math.round(growth)} MB more, ` +
          `${between.connections} connections; ready again after ${recovered} ms`,
      )
    },
  )
}
