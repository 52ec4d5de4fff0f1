// Measures how well the time of a response reveals whether an account exists. Each round sends two requests to each flow, one
// about a known user and one about an unknown user. The order is random, and the requests use a socket on this machine.
// Prints the median and the 95th percentile of the gap for each flow. Also prints the AUC of an attacker who guesses from one
// time: 0.5 is chance, 1 is certainty, and the goal is 0.55.
// Run it: npm run build && node bench/enumeration.js [rounds] [memory|sqlite|postgres] [hasher] [part of a flow's name]
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'
import pg from 'pg'
import { memoryStorage } from '../dist/lib/engines/memory.js'
import { postgresStorage } from '../dist/lib/engines/postgres.js'
import { sqliteStorage } from '../dist/lib/engines/sqlite.js'
import { fastAuth } from '../dist/lib/index.js'
import { memorySender } from '../dist/lib/mail/index.js'
import { auc, quantile } from './statistics.js'

const [rounds = '100', kind = 'sqlite', hasher = 'bcrypt:10', flowPart = ''] = process.argv.slice(2)
const longestRunMilliseconds = 300_000
const settleMilliseconds = 10
const password = 'correct horse battery'
const wrong = 'incorrect horse battery'

const folder = mkdtempSync(join(tmpdir(), 'enumeration-'))
const pool = new pg.Pool({ connectionString: process.env.POSTGRES_URL ?? 'postgres://postgres@127.0.0.1/postgres' })
const tablePrefix = `bench_${randomUUID().slice(0, 8)}_`
const storages = {
  memory: () => memoryStorage(),
  sqlite: () => sqliteStorage({ file: join(folder, 'users.db') }),
  postgres: () => postgresStorage({ pool, tablePrefix }),
}

const app = Fastify()
await app.register(fastAuth, {
  secrets: [`${randomUUID()}${randomUUID()}`],
  storage: storages[/** @type {keyof typeof storages} */ (kind)](),
  passwords: { hasher: /** @type {'bcrypt'} */ (hasher) },
  publicUrl: 'https://app.example.com',
  email: { sender: memorySender(), from: 'accounts@example.com' },
  requireEmailConfirmation: true,
  usernames: true,
  purge: { everySeconds: 0 },
  limits: { enabled: false },
})
await app.listen()
const { port } = /** @type {import('node:net').AddressInfo} */ (app.server.address())
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

const addresses = { confirmed: 'known@example.com', unconfirmed: 'unproven@example.com' }
await app.fastAuth.createUser({ email: addresses.confirmed, password, username: 'known', emailConfirmed: true })
await app.fastAuth.createUser({ email: addresses.unconfirmed, password })

const unknownAddress = () => `${randomUUID()}@example.com`

/** @type {Record<string, { path: string, status: number, known: () => object, unknown: () => object }>} */
const flows = {
  'sign-in by address': {
    path: '/auth/sign-in',
    status: 401,
    known: () => ({ email: addresses.confirmed, password: wrong }),
    unknown: () => ({ email: unknownAddress(), password: wrong }),
  },
  'sign-in by user name': {
    path: '/auth/sign-in',
    status: 401,
    known: () => ({ username: 'known', password: wrong }),
    unknown: () => ({ username: 'unknown', password: wrong }),
  },
  'sign-up with confirmation': {
    path: '/auth/sign-up',
    status: 202,
    known: () => ({ email: addresses.confirmed, password }),
    unknown: () => ({ email: unknownAddress(), password }),
  },
  'forgotten password': {
    path: '/auth/password/forgot',
    status: 202,
    known: () => ({ email: addresses.confirmed }),
    unknown: () => ({ email: unknownAddress() }),
  },
  'another confirmation': {
    path: '/auth/email/confirm/send',
    status: 202,
    known: () => ({ email: addresses.unconfirmed }),
    unknown: () => ({ email: unknownAddress() }),
  },
}

/** Returns the milliseconds until the last byte of the response. @param {string} path @param {object} body @param {number} status */
async function timeOf(path, body, status) {
  const payload = JSON.stringify(body)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
  const startedAt = performance.now()
  const sent = request({ port, path, method: 'POST', agent, headers }).end(payload)
  const [answer] = await once(sent, 'response')
  await once(answer.resume(), 'end')
  const time = performance.now() - startedAt
  if (answer.statusCode !== status) throw new Error(`${path} returned ${answer.statusCode}`)
  await pause(settleMilliseconds)
  return time
}

const chosen = Object.entries(flows).filter(([name]) => name.includes(flowPart))
const requests = chosen.flatMap(([name, { path, status, known, unknown }]) => [
  { name, path, status, who: 'known', body: known },
  { name, path, status, who: 'unknown', body: unknown },
])
/** @type {Record<string, { known: number[], unknown: number[] }>} */
const times = Object.fromEntries(chosen.map(([name]) => [name, { known: [], unknown: [] }]))

for (const { path, status, body } of requests) await timeOf(path, body(), status)
const startedAt = performance.now()
let round = 0
while (round < Number(rounds) && performance.now() - startedAt < longestRunMilliseconds) {
  for (const { name, who, path, status, body } of requests.toSorted(() => Math.random() - 0.5)) {
    times[name]?.[/** @type {'known' | 'unknown'} */ (who)].push(await timeOf(path, body(), status))
  }
  round += 1
}

process.stdout.write(`${kind}, ${hasher}, ${round} rounds\n`)
for (const [name, { known, unknown }] of Object.entries(times)) {
  const gaps = known.map((time, index) => time - (unknown[index] ?? 0))
  const row = [
    name.padEnd(24),
    `median ${quantile(known, 0.5).toFixed(1)} ms`,
    `median gap ${quantile(gaps, 0.5).toFixed(2)} ms`,
    `p95 gap ${quantile(gaps.map(Math.abs), 0.95).toFixed(2)} ms`,
    `AUC ${auc(known, unknown).toFixed(3)}`,
  ]
  process.stdout.write(`${row.join('   ')}\n`)
}

agent.destroy()
await app.close()
if (kind === 'postgres') {
  const { rows } = await pool.query('select tablename from pg_tables where tablename like $1', [`${tablePrefix}%`])
  for (const { tablename } of rows) await pool.query(`drop table if exists "${tablename}" cascade`)
}
await pool.end()
rmSync(folder, { recursive: true })
