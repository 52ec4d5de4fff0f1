// Measures the memory of token caches: compares a server with bare Fastify after many different access tokens.
import { load, requestBytes } from './load.js'
import { report } from './report.js'
import { startServer, whereItRuns } from './server.js'
import { longOrShort } from './settings.js'

const tokens = longOrShort(100_000, 2_000)
const batch = 10_000
const batches = 2 * (tokens / Math.min(batch, tokens))

/** @param {import('./server.js').Server} server */
async function sendBatch(server) {
  const headers = await server.credentials(Math.min(batch, tokens))
  const requests = headers.map(lines => requestBytes({ path: '/protected', headers: lines }))
  await load({ port: server.port, requests, connections: 16, seconds: Infinity, once: true })
}

/** Measures the memory before the first token, and after each half of the batches. @param {string} subject @param {Record<string, unknown>} [options] */
async function measure(subject, options) {
  const server = await startServer(subject, options)
  const moments = [await server.memory()]
  for (let sent = 1; sent <= batches; sent += 1) {
    await sendBatch(server)
    if (sent % (batches / 2) === 0) moments.push(await server.memory())
  }
  await server.close()
  return moments
}

const subjects = {
  'bare Fastify': await measure('bare'),
  'fast-auth, access cookie': await measure('fast-auth', { credential: 'cookie' }),
  '@fastify/jwt with a cache of 10,000': await measure('fastify-jwt', { credential: 'cookie', cache: 10_000 }),
}
const bare = subjects['bare Fastify']

/** @param {string} name @param {Awaited<ReturnType<typeof measure>>} moments @param {'heapMegabytes' | 'rssMegabytes'} kind */
function row(name, moments, kind) {
  const columns = moments.map((memory, moment) => {
    const over = memory[kind] - (bare[moment]?.[kind] ?? Number.NaN)
    return `${over.toFixed(0)} (${memory[kind].toFixed(0)})`
  })
  return [`${name}, ${kind === 'rssMegabytes' ? 'resident' : 'heap'}`, ...columns]
}

await report({
  name: 'memory',
  columns: ['', 'initially', ...[1, 2].map(half => `after ${(half * tokens).toLocaleString('en')} tokens`)],
  rows: Object.entries(subjects).flatMap(([name, moments]) => [
    row(name, moments, 'heapMegabytes'),
    row(name, moments, 'rssMegabytes'),
  ]),
  conditions: `The table shows megabytes more than bare Fastify, and the total in brackets, after a garbage collection. ${whereItRuns}`,
})
