// Compares a refresh over HTTP with the one statement that it needs. Reads the URL of PostgreSQL from POSTGRES_URL.
import { load, requestBytes } from './load.js'
import { mediansOf, report } from './report.js'
import { startServer, whereItRuns } from './server.js'
import { longOrShort } from './settings.js'
import { median, spread } from './statistics.js'

const rounds = longOrShort(7, 1)
const seconds = longOrShort(2, 0.2)
/** More requests than a server handles per second. */
const enoughPerSecond = 20_000
const kinds = { sqlite: 'SQLite', postgres: 'PostgreSQL' }

/** @param {import('./server.js').Server} server */
async function refreshesPerSecond(server) {
  const headers = await server.credentials(seconds * enoughPerSecond)
  const requests = headers.map(lines => requestBytes({ path: '/auth/refresh', method: 'POST', headers: lines }))
  const { perSecond } = await load({ port: server.port, requests, connections: 16, seconds, once: true })
  return perSecond
}

const rows = []
for (const [kind, name] of Object.entries(kinds)) {
  const server = await startServer('refreshing', { kind })
  const [updates, refreshes] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])]
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const [updated, refreshed] = [await server.perSecond(seconds), await refreshesPerSecond(server)]
    if (round === 0) continue
    updates.push(updated)
    refreshes.push(refreshed)
  }
  await server.close()
  const ratios = refreshes.map((refreshed, round) => refreshed / (updates[round] ?? Number.NaN))
  const rounded = [refreshes, updates].map(values => Math.round(median(values)).toLocaleString('en'))
  rows.push([name, ...rounded, spread(ratios, value => value.toFixed(2))])
}

await report({
  name: 'refresh',
  columns: ['', 'refreshes/s', 'statements/s', 'ratio'],
  rows,
  conditions: `${whereItRuns}. ${mediansOf(rounds)}`,
  packages: ['fastify', 'libsql', 'pg'],
})
