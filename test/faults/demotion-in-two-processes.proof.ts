import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { soon } from '../support/soon.js'
import { get, refresh, type Tokens } from './fixtures/auth-client.js'
import { everyDatabase } from './fixtures/databases.js'
import { organizationServers, roleIn, storageCallsOf } from './fixtures/organization-servers.js'
import { rounds } from './fixtures/rounds.js'

const count = rounds(12)
const sessionsOfMember = 20
/** A reading every second, and a machine that is busy. */
const limitSeconds = 3
// Far more than it takes, for a machine that is busy.
t.setTimeout(600_000)
const isPushed = (name: string) => name === 'PostgreSQL' || name === 'Redis'
/** What a server calls in the background. */
const inBackground = new Set(['revocations.list', 'outbox.claim', 'outbox.remove', 'outbox.postpone'])

const isAdmin = (tokens: Tokens) => roleIn(tokens).org_role === 'admin'

/** Returns the methods that a server has called in between, without those of the background. */
async function callsDuring(url: string, act: () => Promise<void>): Promise<readonly string[]> {
  const before = await storageCallsOf(url)
  await act()
  const after = await storageCallsOf(url)
  return Object.keys(after).filter(name => !inBackground.has(name) && after[name] !== before[name])
}

for (const { name, missing, create } of await everyDatabase()) {
  t.test(`two servers on one ${name}`, { skip: missing }, async t => {
    const { one, two, member, again, changeRole, remove } = await organizationServers(t, await create(t))
    const statusOf = async (url: string, path: string, { accessToken }: Pick<Tokens, 'accessToken'>) =>
      (await get(url, path, accessToken)).status

    t.test(
      'a demotion ends the former role in the other process within the interval, without storage calls',
      async t => {
        const admin = await member('admin@example.com', 'admin')
        let { tokens } = admin
        const seconds: number[] = []
        for (let round = 0; round < count; round += 1) {
          const called = await callsDuring(two, async () => {
            for (let request = 0; request < 10; request += 1) t.equal(await statusOf(two, '/admin', tokens), 200)
            // At any moment between two readings.
            await sleep(Math.random() * 1_000)
            t.equal((await changeRole(one, admin, 'member')).status, 200)
            t.equal(await statusOf(one, '/admin', tokens), 401, 'immediately in the process that has changed it')
            seconds.push(await soon(async () => (await statusOf(two, '/admin', tokens)) === 401))
          })
          t.same(called, [], 'the requests made no storage call in the other process')
          tokens = (await refresh(two, tokens.refreshToken)).tokens
          t.equal(await statusOf(two, '/admin', tokens), 403, 'a refresh has the new role')
          t.equal((await changeRole(one, admin, 'admin')).status, 200)
          tokens = (await refresh(one, tokens.refreshToken)).tokens
        }
        t.ok(Math.max(...seconds) < limitSeconds, `${seconds}`)
        if (isPushed(name))
          t.ok(seconds.filter(each => each < 0.5).length > 0.9 * count, `it is pushed, not polled: ${seconds}`)
        t.comment(`${name}: at most ${Math.round(1000 * Math.max(...seconds))} ms, of ${count}`)
      },
    )

    t.test('a removal ends the role in the other process within the interval, and the session goes on', async t => {
      const removed = await member('removed@example.com', 'admin')
      t.equal(await statusOf(two, '/admin', removed.tokens), 200)
      t.equal((await remove(one, removed)).status, 204)
      const seconds = await soon(async () => (await statusOf(two, '/admin', removed.tokens)) === 401)
      t.ok(seconds < limitSeconds, `${seconds}`)
      const { tokens } = await refresh(two, removed.tokens.refreshToken)
      t.equal(await statusOf(two, '/hello', tokens), 200)
      t.equal(roleIn(tokens).org_role, undefined, 'it acts in no organisation')
    })

    t.test('no token with the former role passes in either process after refreshes beside the demotion', async t => {
      for (let round = 0; round < Math.ceil(count / 3); round += 1) {
        const demoted = await member(`demoted-${round}@example.com`, 'admin')
        const before: Tokens[] = [demoted.tokens]
        while (before.length < sessionsOfMember) before.push(await again(demoted))
        let changedAt = 0
        const [change, ...answers] = await Promise.all([
          sleep(10 * (round + 1))
            .then(() => changeRole(one, demoted, 'member'))
            .finally(() => {
              changedAt = performance.now()
            }),
          ...before.map(async ({ refreshToken }, index) => {
            await sleep(5 * index)
            return refresh(index % 2 === 0 ? two : one, refreshToken)
          }),
        ])
        t.same(new Set([change, ...answers].map(({ status }) => status)), new Set([200]))
        const renewed = answers.map(({ tokens }) => tokens)
        const former = [...before, ...renewed].filter(isAdmin)
        const statuses = (all: readonly Tokens[]) =>
          Promise.all([one, two].flatMap(url => all.map(tokens => statusOf(url, '/hello', tokens))))
        // Requests take long on a machine that is busy: the moment at which the last accepted ones began counts.
        let lastAcceptedAt = changedAt
        await soon(async () => {
          const begunAt = performance.now()
          const isOver = (await statuses(former)).every(status => status === 401)
          if (!isOver) lastAcceptedAt = begunAt
          return isOver
        })
        const seconds = (lastAcceptedAt - changedAt) / 1000
        t.ok(seconds < limitSeconds, `${seconds}`)
        const later = renewed.filter(tokens => !isAdmin(tokens))
        t.ok(
          (await statuses(later)).every(status => status === 200),
          'the new role is accepted',
        )
        const last = await Promise.all(renewed.map(({ refreshToken }) => refresh(two, refreshToken)))
        t.same(new Set(last.map(({ tokens }) => roleIn(tokens).org_role)), new Set(['member']))
        t.comment(`${renewed.length - later.length} of ${renewed.length} refreshes came before the demotion`)
      }
    })
  })
}
