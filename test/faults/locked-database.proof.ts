import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Libsql from 'libsql'
import t, { type Test } from 'tap'
import { generationOf, get, refresh, signUp } from './fixtures/auth-client.js'
import { startServer } from './fixtures/server-process.js'

const protectedRequests = 30

/** Another writer, which holds the only lock of an SQLite file until it is released. */
function lock(t: Test, file: string): { release(): void } {
  const database = new Libsql(file)
  t.teardown(() => database.close())
  database.exec('begin immediate')
  return { release: () => database.exec('commit') }
}

t.test('while another writer holds the lock, protected routes answer, and a refresh waits for its turn', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const { url } = await startServer(t, `sqlite:${file}`)
  const { tokens } = await signUp(url)

  const { release } = lock(t, file)
  let isRefreshed = false
  const refreshing = refresh(url, tokens.refreshToken).finally(() => {
    isRefreshed = true
  })
  const holding = sleep(300)
  const statuses: number[] = []
  for (let request = 0; request < protectedRequests; request += 1) {
    statuses.push((await get(url, '/hello', tokens.accessToken)).status)
  }
  await holding
  t.same(statuses, Array(protectedRequests).fill(200))
  t.notOk(isRefreshed, 'the refresh is still waiting')
  release()

  const refreshed = await refreshing
  t.equal(refreshed.status, 200)
  t.equal(generationOf(refreshed.tokens), 1)
  t.comment(`${protectedRequests} protected requests answered while the lock was held`)
})

t.test('a lock that is held past the deadline causes a 503, and ends no session', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const { url } = await startServer(t, `sqlite:${file}`, { storageTimeoutSeconds: 0.3 })
  const { tokens } = await signUp(url)

  const { release } = lock(t, file)
  const refused = await refresh(url, tokens.refreshToken)
  t.hasStrict(refused, { status: 503, code: 'FAST_AUTH_STORAGE_UNAVAILABLE', retryAfter: '1' })
  release()

  const answers = await Promise.all([refresh(url, tokens.refreshToken), refresh(url, tokens.refreshToken)])
  t.same(
    answers.map(({ status }) => status),
    [200, 200],
    'the same token is as good as before',
  )
  t.same(
    answers.map(answer => generationOf(answer.tokens)),
    [1, 1],
    'and has one successor',
  )
})
