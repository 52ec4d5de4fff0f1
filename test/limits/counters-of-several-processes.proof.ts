import { setTimeout as sleep } from 'node:timers/promises'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import t, { type Test } from 'tap'
import type { Database } from '../../lib/cli/database-url.js'
import { openCounters } from '../../lib/cli/open-counters.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { privateRedis, withoutRedisServer } from '../storage/redis/fixtures/private-redis.js'
import { ada, signUpForTokens } from '../support/account.js'
import { type BreakableServer, breakableServer } from '../support/breakable-server.js'
import { mysqlServer, postgresServer } from '../support/database-server.js'
import { testApplication } from '../support/test-application.js'
import { countGuesses, guessesOfMany, mintDevices, twoGuessesOfEach } from './fixtures/minted-devices.js'

t.setTimeout(120_000)
type Counters = NonNullable<NonNullable<FastAuthOptions['limits']>['counters']>

const [postgres, mysql] = await Promise.all([postgresServer(), mysqlServer()])
const stores: readonly {
  kind: 'postgres' | 'mysql' | 'redis'
  missing: string | false
  create(t: Test): Promise<string>
}[] = [
  { kind: 'postgres', missing: postgres.missing, create: postgres.createDatabase },
  { kind: 'mysql', missing: mysql.missing, create: mysql.createDatabase },
  { kind: 'redis', missing: withoutRedisServer(), create: async t => (await privateRedis(t)).url },
]

/** Waits longer than a test takes, and a deadline that a busy machine keeps. */
const twoGuesses = { freeGuesses: 2, firstDelaySeconds: 3600, maximumDelaySeconds: 3600, countersTimeoutSeconds: 10 }

/** Two applications, as two processes are, with one account. */
async function twoApps(t: Test, counters: Counters, limits: FastAuthOptions['limits'] = {}) {
  const storage = memoryStorage()
  const options = { storage, limits: { requestsPerMinute: 0, costlyRequestsPerMinute: 0, counters, ...limits } }
  const apps = [await testApplication(t, { options }), await testApplication(t, { options })] as const
  await signUpForTokens(apps[0].app)
  let turn = 0
  const guess = async (password = 'incorrect horse') => {
    const { app } = apps[turn++ % 2 === 0 ? 0 : 1]
    return (await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, password } })).statusCode
  }
  const guesses = async (count: number) => {
    const statuses: number[] = []
    for (let index = 0; index < count; index++) statuses.push(await guess())
    return statuses
  }
  return { apps, guess, guesses }
}

for (const { kind, missing, create } of stores) {
  t.test(`counters in ${kind}`, { skip: missing }, async t => {
    const opened = async (t: Test): Promise<{ counters: Counters; server: BreakableServer }> => {
      const server = await breakableServer(t, await create(t))
      const database: Database = { kind, url: server.url }
      const counting = await openCounters(database)
      if (counting === null) throw new Error('these are not shared')
      t.teardown(() => counting.close())
      return { counters: counting.counters, server }
    }

    t.test('several processes count together, and a success is one for all of them', async t => {
      const { counters } = await opened(t)
      const { guess, guesses } = await twoApps(t, counters, twoGuesses)
      t.equal(await guess(), 401)
      t.equal(await guess(ada.password), 200)
      t.same(await guesses(4), [401, 401, 429, 429])
      t.equal(await guess(ada.password), 429)
    })

    t.test('several processes count the hashes of a network together', async t => {
      const { counters } = await opened(t)
      const { guesses } = await twoApps(t, counters, {
        freeGuesses: 0,
        countersTimeoutSeconds: 10,
        hashesPerNetworkPerMinute: 4,
      })
      t.same(await guesses(5), [401, 401, 401, 429, 429], 'the sign-up is one of them')
    })

    t.test(
      'forty device cookies of an account give the guesses of ten, and two to share, at all processes',
      async t => {
        const { counters } = await opened(t)
        const { apps } = await twoApps(t, counters, twoGuessesOfEach)
        const both = apps.map(({ app }) => app)
        t.equal(await countGuesses(both, await mintDevices(both, 40)), guessesOfMany)
      },
    )

    t.test(
      'if the shared counters fail during an attack, each process counts separately until they answer again',
      async t => {
        const { counters, server } = await opened(t)
        const { apps, guess, guesses } = await twoApps(t, counters, twoGuesses)
        await guesses(3)
        server.breakDown()
        t.same((await guesses(8)).sort(), [401, 401, 401, 401, 429, 429, 429, 429], 'two by each')
        server.recover()
        let status = 0
        const isBack = () => apps[0].events.some(event => event.name === 'limit_counters_recovered')
        for (let tries = 0; tries < 40 && !isBack(); tries++) {
          await sleep(250)
          // The pause of the shared counters follows the clock of the application.
          for (const { advance } of apps) advance(1)
          status = await guess(ada.password)
        }
        t.equal(status, 429, 'what was counted before is not forgotten')
        for (const name of ['limit_counters_unavailable', 'limit_counters_recovered'])
          t.equal(apps[0].events.filter(event => event.name === name).length, 1, name)
      },
    )

    t.test('if they do not answer, no request waits longer than the deadline, and users sign in', async t => {
      const { counters, server } = await opened(t)
      const { guess } = await twoApps(t, counters, { countersTimeoutSeconds: 0.1 })
      server.fallSilent()
      t.equal(await guess(ada.password), 200)
      t.equal(await guess(ada.password), 200)
      server.recover()
    })
  })
}

t.test('requests are counted together if the option says so', async t => {
  const one = new RateLimiterMemory({ points: 1, duration: 1 })
  const limits = { requestsPerMinute: 4, shareRequests: true }
  const { apps } = await twoApps(t, () => one, limits)
  const statuses: number[] = []
  for (let index = 0; index < 6; index++) {
    const { app } = apps[index % 2 === 0 ? 0 : 1]
    statuses.push((await app.inject({ url: '/auth/me' })).statusCode)
  }
  t.same(statuses, [401, 401, 401, 401, 429, 429])
})

t.test('counters that cannot count stop the boot with a sentence', async t => {
  const message =
    'The option "limits.counters" of fast-auth must make a limiter with penalty, reward, get, delete, such as those of rate-limiter-flexible'
  for (const made of [null, {}, { penalty: () => {} }]) {
    const counters = (() => made) as unknown as Counters
    await t.rejects(testApplication(t, { options: { limits: { counters } } }), {
      code: 'FAST_AUTH_OPTION_INVALID',
      message,
    })
  }
})

t.test('counters that throw instead of rejecting are counters that failed', async t => {
  const broken = () => {
    throw new Error('not today')
  }
  const counters = () => ({ penalty: broken, reward: broken, get: broken, delete: broken })
  const { guesses } = await twoApps(t, counters, twoGuesses)
  t.same(await guesses(6), [401, 401, 401, 401, 429, 429])
})
