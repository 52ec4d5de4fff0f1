// Compares the list of organisations, a switch, and the checks of a role with a protected route.
import { load, requestBytes } from './load.js'
import { mediansOf, report } from './report.js'
import { startServer, whereItRuns } from './server.js'
import { longOrShort } from './settings.js'
import { median, spread } from './statistics.js'

const rounds = longOrShort(7, 1)
const seconds = longOrShort(1.5, 0.15)
const connections = longOrShort(16, 2)
const organizations = longOrShort(20, 2)
/** A switch ends the access token that requests it: each token is sent once. */
const switchesPerRound = longOrShort(500, 8)

/** @typedef {{ headers: string[], current: string, other: string, refreshToken: string }} Session */

const server = await startServer('organizations', { organizations })

/** @param {number} count @returns {Promise<Session[]>} */
async function sessions(count) {
  const credentials = await server.credentials(count)
  return credentials.map(([header = '', current = '', other = '', refreshToken = '']) => ({
    headers: [header],
    current,
    other,
    refreshToken,
  }))
}

/** @type {readonly { name: string, isOnce?: true, request: (session: Session) => Parameters<typeof requestBytes>[0] }[]} */
const subjects = [
  { name: 'a protected route', request: ({ headers }) => ({ path: '/protected', headers }) },
  { name: 'the role in the organisation of the session', request: ({ headers }) => ({ path: '/admin', headers }) },
  {
    name: 'the role in the organisation of the path, which is that of the session',
    request: ({ headers, current }) => ({ path: `/${current}/admin`, headers }),
  },
  {
    name: 'the role in the organisation of the path, which is another one',
    request: ({ headers, other }) => ({ path: `/${other}/admin`, headers }),
  },
  {
    name: `a list of ${organizations} organisations`,
    request: ({ headers }) => ({ path: '/auth/organizations', headers }),
  },
  {
    name: 'a switch to another organisation',
    isOnce: true,
    request: ({ headers, other, refreshToken }) => ({
      path: '/auth/organizations/current',
      method: 'POST',
      headers,
      body: JSON.stringify({ organizationId: other, refreshToken }),
    }),
  },
]
const measured = subjects.map(() => ({ perSecond: /** @type {number[]} */ ([]), cpu: /** @type {number[]} */ ([]) }))

for (let round = 0; round < rounds; round += 1) {
  const [session] = await sessions(1)
  for (const [index, { isOnce = false, request }] of subjects.entries()) {
    const used = isOnce ? await sessions(switchesPerRound) : [session].filter(one => one !== undefined)
    const requests = used.map(one => requestBytes(request(one)))
    const before = await server.cpuMicroseconds()
    const loaded = await load({
      ...{ port: server.port, requests, connections, once: isOnce },
      seconds: isOnce ? 60 : seconds,
    })
    measured[index]?.perSecond.push(loaded.perSecond)
    measured[index]?.cpu.push(((await server.cpuMicroseconds()) - before) / loaded.requests)
  }
}
await server.close()

const [first] = measured
await report({
  name: 'organizations',
  columns: ['', 'requests/s', '÷ a protected route', 'processor µs/request'],
  rows: measured.map(({ perSecond, cpu }, index) => [
    subjects[index]?.name ?? '',
    median(perSecond).toFixed(0),
    spread(
      perSecond.map((value, round) => value / (first?.perSecond[round] ?? Number.NaN)),
      value => value.toFixed(2),
    ),
    median(cpu).toFixed(0),
  ]),
  conditions: `The user owns ${organizations} organisations, on an SQLite file. ${connections} requests run concurrently. ${whereItRuns}. ${mediansOf(rounds)}`,
  packages: ['fastify', 'libsql'],
})
