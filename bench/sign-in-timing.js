// How well the time of a refused sign-in tells what is stored for an address: rounds in which every class gets one wrong
// password, in a random order. Per class: the median and 95th percentile of its gap to an unknown address, and the AUC of
// an attacker who guesses from one time whether the address is of this class or unknown (0.5 is chance, 1 is certainty).
// Run it: npm run build && node bench/sign-in-timing.js [rounds] [hasher]
import { randomUUID } from 'node:crypto'
import { hash as argon2Hash } from '@node-rs/argon2'
import { fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'
import { bcryptHasher } from '../dist/lib/passwords/formats/bcrypt-sha256.js'
import { hasherOf } from '../dist/lib/passwords/hasher-setting.js'

const [rounds = '60', hasher = 'bcrypt:12'] = process.argv.slice(2)
const longestRunMilliseconds = 120_000
const password = 'correct horse battery'

/** @type {Record<string, () => Promise<string>>} */
const classes = {
  'current hash': () => hasherOf(hasher).hash(password),
  'bcrypt-sha256, cost 10': () => bcryptHasher(10).hash(password),
  'imported argon2id': () => argon2Hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
}

const storage = memoryStorage()
for (const [name, make] of Object.entries(classes)) {
  const passwordHash = /** @type {import('fast-auth/storage').PasswordHash} */ (await make())
  const user = {
    id: randomUUID(),
    email: addressOf(name),
    emailConfirmedAt: null,
    username: null,
    passwordHash,
    profile: {},
    createdAt: 0,
    lastSignInAt: null,
    disabledAt: null,
  }
  await storage.users.create({ user, session: null, token: null, messages: [], messagesIfTaken: [] })
}

/** @param {string} name */
function addressOf(name) {
  return `${name.replace(/[^a-z0-9]+/gi, '-')}@example.com`
}

const app = Fastify()
const passwords = { hasher: /** @type {'bcrypt'} */ (hasher) }
await app.register(fastAuth, { secrets: [`${randomUUID()}${randomUUID()}`], storage, passwords })

/** @param {string} name */
async function refusedIn(name) {
  const startedAt = performance.now()
  const payload = { email: addressOf(name), password: 'incorrect horse battery' }
  const { statusCode } = await app.inject({ method: 'POST', url: '/auth/sign-in', payload })
  if (statusCode !== 401) throw new Error(`a wrong password was answered with ${statusCode}`)
  return performance.now() - startedAt
}

const unknown = 'unknown address'
const names = [unknown, ...Object.keys(classes)]
/** @type {Record<string, number[]>} */
const times = Object.fromEntries(names.map(name => [name, []]))

/** @param {readonly number[]} numbers @param {number} share */
function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** How often a time of one list is longer than one of the other, ties halved; the better of both directions. */
/** @param {readonly number[]} some @param {readonly number[]} others */
function auc(some, others) {
  const wins = some.flatMap(one => others.map(other => (one === other ? 0.5 : Number(one > other))))
  const share = wins.reduce((sum, win) => sum + win, 0) / wins.length
  return Math.max(share, 1 - share)
}

for (const name of names) await refusedIn(name)
const startedAt = performance.now()
let round = 0
while (round < Number(rounds) && performance.now() - startedAt < longestRunMilliseconds) {
  for (const name of names.toSorted(() => Math.random() - 0.5)) times[name]?.push(await refusedIn(name))
  round += 1
}
await app.close()

const baseline = times[unknown] ?? []
process.stdout.write(`${hasher}, ${round} rounds\n`)
for (const name of names) {
  const own = times[name] ?? []
  const gaps = own.map((time, index) => time - (baseline[index] ?? 0))
  const row = [
    name.padEnd(24),
    `median ${quantile(own, 0.5).toFixed(1)} ms`,
    `median gap ${quantile(gaps, 0.5).toFixed(2)} ms`,
    `p95 gap ${quantile(gaps.map(Math.abs), 0.95).toFixed(2)} ms`,
    `AUC ${auc(own, baseline).toFixed(3)}`,
  ]
  process.stdout.write(`${row.join('   ')}\n`)
}
