// Measures the latency of a protected route while many users sign in to the same process.
import { load, requestBytes } from './load.js'
import { pace } from './pace.js'
import { mediansOf, report } from './report.js'
import { startServer } from './server.js'
import { longOrShort } from './settings.js'
import { signInRequest } from './sign-in-request.js'
import { median, quantile, spread } from './statistics.js'

const rounds = longOrShort(5, 1)
const seconds = longOrShort(10, 0.2)
const contenders = [
  { name: 'by hand', library: 'by hand', credential: 'cookie' },
  { name: 'fast-auth, access cookie', library: 'fast-auth', credential: 'cookie' },
  { name: 'fast-auth, API key', library: 'fast-auth', credential: 'key' },
  { name: 'better-auth, cookie cache', library: 'better-auth', credential: 'cookie' },
  { name: 'better-auth, API key', library: 'better-auth', credential: 'key' },
]

/** @param {import('./server.js').Server} server @param {readonly string[]} headerLines @param {number} signIns */
async function storm({ port }, headerLines, signIns) {
  const requests = [requestBytes(signInRequest)]
  const [milliseconds, { perSecond }] = await Promise.all([
    pace({ port, path: '/protected', headerLines, perSecond: 50, seconds }),
    load({ port, requests, connections: signIns, seconds: seconds + 0.5, maySleep: true, status: [200, 503] }),
  ])
  return { p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99), perSecond }
}

const entered = []
for (const { name, ...options } of contenders) {
  const server = await startServer('signing-in', options, 'all')
  const [headerLines = []] = await server.credentials(1)
  entered.push({ name, server, headerLines })
}

const rows = []
for (const signIns of longOrShort([16, 64], [2])) {
  const measured = entered.map(() => /** @type {Awaited<ReturnType<typeof storm>>[]} */ ([]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { server, headerLines }] of entered.entries())
      measured[index]?.push(await storm(server, headerLines, signIns))
  }
  const byHand = median(measured[0]?.map(({ p99 }) => p99) ?? [])
  for (const [index, { name }] of entered.entries()) {
    const those = measured[index] ?? []
    rows.push([
      name,
      String(signIns),
      spread(
        those.map(({ p50 }) => p50),
        value => value.toFixed(1),
      ),
      spread(
        those.map(({ p99 }) => p99),
        value => value.toFixed(1),
      ),
      (median(those.map(({ p99 }) => p99)) / byHand).toFixed(2),
    ])
  }
}
for (const { server } of entered) await server.close()

await report({
  name: 'storm',
  columns: ['', 'concurrent sign-ins', 'p50 in ms', 'p99 in ms', 'p99 ÷ by hand'],
  rows,
  conditions: `The client sends 50 requests per second for ${seconds} s. The server has all cores. bcrypt has a cost of 12, and better-auth uses its own scrypt. ${mediansOf(rounds)}`,
  packages: ['fastify', 'better-auth', 'bcrypt'],
})
