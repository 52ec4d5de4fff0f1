import t from 'tap'
import { type Answer, generationOf, get, refresh, signUp } from './fixtures/auth-client.js'
import { everyDatabase } from './fixtures/databases.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'

const parallel = 20
const count = rounds(100)
// Far more than it takes, for a machine that is busy.
t.setTimeout(120_000 + count * 6_000)

for (const { name, missing, create } of await everyDatabase()) {
  const title = `of parallel refreshes in two processes on one ${name}, all get the one successor`
  t.test(title, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const servers = await Promise.all([startServer(t, databaseUrl), startServer(t, databaseUrl)])
    const urls = Array.from({ length: parallel / servers.length }, () => servers.map(({ url }) => url)).flat()
    const roundsMilliseconds: number[] = []
    let { tokens } = await signUp(servers[0].url)

    for (let round = 1; round <= count; round += 1) {
      const presented = tokens.refreshToken
      const startedAt = performance.now()
      const answers: Answer[] = await Promise.all(urls.map(url => refresh(url, presented)))
      roundsMilliseconds.push(performance.now() - startedAt)
      const successors = new Set(answers.map(answer => answer.tokens.refreshToken))
      t.same(new Set(answers.map(({ status }) => status)), new Set([200]), `round ${round}: every user stays signed in`)
      t.equal(successors.size, 1, 'with one successor')
      t.notOk(successors.has(presented))
      t.same(new Set(answers.map(answer => generationOf(answer.tokens))), new Set([round]), 'one generation on')
      tokens = answers[0]?.tokens ?? tokens
    }

    for (const { url } of servers) {
      t.equal((await get(url, '/auth/me', tokens.accessToken)).status, 200, 'the person is still signed in')
    }
    const total = roundsMilliseconds.reduce((sum, milliseconds) => sum + milliseconds, 0)
    t.comment(
      `${roundsMilliseconds.length} rounds, ${roundsMilliseconds.length * parallel} refreshes in ${Math.round(total)} ms, ` +
        `slowest round ${Math.round(Math.max(...roundsMilliseconds))} ms`,
    )
  })
}
