// Measures how well the time of a refused sign-in reveals the kind of the stored hash. Each round sends one wrong password for
// each class, in a random order. Reports the median and the 95th percentile of the gap between each class and an unknown address.
// Also reports the AUC of an attacker who guesses from one time whether the address is of this class or unknown. An AUC of 0.5
// is chance, and 1 is certainty.
// Run it: npm run --prefix bench sign-in-timing -- [rounds] [hasher]
import { randomUUID } from 'node:crypto'
import { hash as argon2Hash } from '@node-rs/argon2'
import Fastify from 'fastify'
import { memoryStorage } from '../dist/lib/engines/memory.js'
import { bcryptHasher } from '../dist/lib/hashing/formats/bcrypt-sha256.js'
import { hasherOf } from '../dist/lib/hashing/hasher-setting.js'
import { fastAuth } from '../dist/lib/index.js'
import { report } from './report.js'
import { longOrShort } from './settings.js'
import { auc, quantile } from './statistics.js'

const [rounds = longOrShort('60', '2'), hasher = longOrShort('bcrypt:12', 'bcrypt:10')] = process.argv
  .slice(2)
  .filter(parameter => !parameter.startsWith('--'))
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
  const passwordHash = /** @type {import('../dist/lib/composition/storage.js').PasswordHash} */ (await make())
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
const limits = { enabled: false }
await app.register(fastAuth, { secrets: [`${randomUUID()}${randomUUID()}`], storage, passwords, limits })

/** @param {string} name */
async function refusedIn(name) {
  const startedAt = performance.now()
  const payload = { email: addressOf(name), password: 'incorrect horse battery' }
  const { statusCode } = await app.inject({ method: 'POST', url: '/auth/sign-in', payload })
  if (statusCode !== 401) throw new Error(`A wrong password returned ${statusCode}`)
  return performance.now() - startedAt
}

const unknown = 'unknown address'
const names = [unknown, ...Object.keys(classes)]
/** @type {Record<string, number[]>} */
const times = Object.fromEntries(names.map(name => [name, []]))

for (const name of names) await refusedIn(name)
const startedAt = performance.now()
let round = 0
while (round < Number(rounds) && performance.now() - startedAt < longestRunMilliseconds) {
  for (const name of names.toSorted(() => Math.random() - 0.5)) times[name]?.push(await refusedIn(name))
  round += 1
}
await app.close()

const baseline = times[unknown] ?? []
const rows = names.map(name => {
  const own = times[name] ?? []
  const gaps = own.map((time, index) => time - (baseline[index] ?? 0))
  return [
    name,
    quantile(own, 0.5).toFixed(1),
    quantile(gaps, 0.5).toFixed(2),
    quantile(gaps.map(Math.abs), 0.95).toFixed(2),
    auc(own, baseline).toFixed(3),
  ]
})
await report({
  name: 'sign-in-timing',
  columns: ['', 'median ms', 'median gap, ms', 'p95 gap, ms', 'AUC'],
  rows,
  conditions: `The hasher is ${hasher}, in ${round} rounds`,
  packages: ['bcrypt', '@node-rs/argon2'],
})
