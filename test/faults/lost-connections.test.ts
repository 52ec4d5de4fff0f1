import t from 'tap'
import { breakableServer } from '../support/breakable-server.js'
import { generationOf, get, refresh, signUp } from './fixtures/auth-client.js'
import { databasesOnServers } from './fixtures/databases.js'
import { startServer } from './fixtures/server-process.js'

// Far more than it takes, for a machine that is busy.
t.setTimeout(300_000)
const storageTimeoutSeconds = 1
const longestOutageMilliseconds = 30_000

for (const { name, missing, create } of await databasesOnServers()) {
  t.test(`connections to a ${name} that lead nowhere any more are replaced, under load`, { skip: missing }, async t => {
    const between = await breakableServer(t, await create(t))
    const { url } = await startServer(t, between.url, { storageTimeoutSeconds, refreshGraceSeconds: 60 })
    const { tokens } = await signUp(url)
    const wave = () => Promise.all(Array.from({ length: 20 }, () => refresh(url, tokens.refreshToken)))
    await wave()

    between.loseConnections()
    const lostAt = performance.now()
    const isOver = () => performance.now() - lostAt > longestOutageMilliseconds
    let statuses = new Set<number>()
    for (let waves = 0; !isOver() && !(statuses.has(200) && statuses.size === 1); waves += 1) {
      const answers = await wave()
      statuses = new Set(answers.map(({ status }) => status))
      t.same(
        [...statuses].filter(status => status !== 200 && status !== 503),
        [],
        `wave ${waves}`,
      )
      t.equal((await get(url, '/hello', tokens.accessToken)).status, 200, 'a protected route goes on')
    }
    t.same(statuses, new Set([200]), 'all goes on by itself')
    t.same(new Set((await wave()).map(answer => generationOf(answer.tokens))), new Set([1]), 'with one successor')
    t.comment(`on again after ${Math.round(performance.now() - lostAt)} ms`)
  })
}
