import { join } from 'node:path'
import t, { type Test } from 'tap'
import { signUp } from './fixtures/auth-client.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'

const count = rounds(10)
const users = 4
// Far more than it takes, for a machine that is busy.
t.setTimeout(60_000 + count * 6_000)

type Requester = (method: string, url: string, token: string, body?: object) => Promise<Response>

const request: Requester = (method, url, token, body) =>
  fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })

/** Two processes on one SQLite file, and a signed-in user. */
async function twoServers(t: Test, revocation: 'none' | 'strict') {
  const file = join(t.testdir({}), 'auth.db')
  const servers = await Promise.all([
    startServer(t, `sqlite:${file}`, { revocation }),
    startServer(t, `sqlite:${file}`, { revocation }),
  ])
  const { tokens } = await signUp(servers[0].url)
  const [first = '', second = ''] = servers.map(({ url }) => url)
  return { first, second, accessToken: tokens.accessToken }
}

/** Uses the key until it is refused; answers with when the last request began that was let in. */
async function lastUse(url: string, key: string): Promise<number> {
  let last = 0
  for (;;) {
    const startedAt = performance.now()
    const { status } = await request('GET', `${url}/hello`, key)
    if (status !== 200) return last
    last = startedAt
  }
}

/** Makes a key, deletes it at `first`, and uses it all the time at every process of `usedAt` meanwhile. */
async function deleteWhileUsed(first: string, usedAt: readonly string[], accessToken: string) {
  const made = await request('POST', `${first}/auth/api-keys`, accessToken, { name: 'deploy' })
  const { id, key } = JSON.parse(await made.text())
  const using = usedAt.flatMap(url => Array.from({ length: users }, () => lastUse(url, key)))
  for (const url of usedAt) await request('GET', `${url}/hello`, key)
  const { status } = await request('DELETE', `${first}/auth/api-keys/${id}`, accessToken)
  const acknowledgedAt = performance.now()
  return { status, acknowledgedAt, lastUses: await Promise.all(using) }
}

for (const revocation of ['strict', 'none'] as const) {
  const where = revocation === 'strict' ? 'by either of two processes' : 'by the process that answered'
  t.test(
    `with revocation: '${revocation}' no request that starts after a key was deleted is let in ${where}`,
    async t => {
      const { first, second, accessToken } = await twoServers(t, revocation)
      const usedAt = revocation === 'strict' ? [first, second] : [first]
      for (let round = 0; round < count; round += 1) {
        const { status, acknowledgedAt, lastUses } = await deleteWhileUsed(first, usedAt, accessToken)
        t.equal(status, 204)
        t.ok(
          lastUses.some(startedAt => startedAt > 0),
          'it was in use',
        )
        t.same(
          lastUses.filter(startedAt => startedAt > acknowledgedAt),
          [],
          `round ${round}`,
        )
      }
    },
  )
}
