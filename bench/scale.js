// Measures how the number of users affects the speed. Compares refreshes, look-ups and the feed with 1,000 and with 1,000,000
// users. Also measures refreshes while a purge removes 100,000 expired sessions. Reads the URL of PostgreSQL from POSTGRES_URL.
// Run it: npm run --prefix bench scale -- [--users=100000] [postgres|sqlite]… (without a name, it runs both)
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import pg from 'pg'
import { postgresStorage } from '../dist/lib/engines/postgres.js'
import { sqliteStorage } from '../dist/lib/engines/sqlite.js'
import { print } from './report.js'
import { longOrShort } from './settings.js'
import { compare } from './side-by-side.js'
import { quantile } from './statistics.js'

const { POSTGRES_URL = 'postgres://postgres@127.0.0.1:5432/postgres' } = process.env
const expiredCount = longOrShort(100_000, 1_000)
const refreshers = 8

/** Reads the number of users from `--users=100000`; 1,000,000 by default. @param {readonly string[]} parameters */
function usersOf(parameters) {
  const parameter = parameters.find(one => one.startsWith('--users='))
  return parameter === undefined ? 1_000_000 : Number(parameter.slice('--users='.length))
}

const now = Date.now()
const hour = 3_600_000
const restOfId = '-0000-4000-8000-000000000000'

/** Distributes the numbers over the index, like random ids. `fillingStatements` does the same in SQL. @param {number} number */
const hexOf = number => ((BigInt(number) * 2_654_435_761n) % 4_294_967_296n).toString(16).padStart(8, '0')

/**
 * Returns the statements that fill a database. They bypass the storage, which creates one record per call. Each user has a
 * session and an API key. Each tenth session has a line in the feed, at an interval of one second.
 * @param {number} size @param {(number: string) => string} hex
 */
function fillingStatements(size, hex) {
  const scrambled = hex('(n * cast(2654435761 as bigint)) % 4294967296')
  const numbers = (/** @type {number} */ count) => `with recursive counted(n) as
    (select cast(1 as bigint) union all select n + 1 from counted where n < ${count}),
    numbers(n, hex) as (select n, ${scrambled} from counted)`
  const id = `hex || '${restOfId}'`
  return [
    `insert into fast_auth_users (id, email, password_hash, profile, created_at) ${numbers(size)}
     select ${id}, 'person-' || hex || '@example.com', 'x', '{}', ${now} from numbers`,
    `insert into fast_auth_sessions
       (id, user_id, generation, created_at, rotated_at, expires_at, absolute_expires_at) ${numbers(size)}
     select ${id}, ${id}, 0, ${now}, ${now}, ${now + hour}, ${now + hour} from numbers`,
    `insert into fast_auth_api_keys (id, user_id, hash, name, key_prefix, last_four, scopes, created_at) ${numbers(size)}
     select ${id}, ${id}, 'hash-' || hex, 'deploy', 'sk-abcd', 'wxyz', '[]', ${now} from numbers`,
    `insert into fast_auth_revocations (revoked_at, kind, id, generation) ${numbers(size / 10)}
     select ${now} - 1000 * n, 'session', ${id}, -1 from numbers`,
  ]
}

const expiredSessions = `insert into fast_auth_sessions
    (id, user_id, generation, created_at, rotated_at, expires_at, absolute_expires_at)
  select 'expired-' || substr(id, 1, 8), id, 0, 1, 1, 2, 2 from fast_auth_users order by id limit ${expiredCount}`

/**
 * @typedef {object} Opened
 * @property {ReturnType<typeof postgresStorage>} storage
 * @property {(statement: string) => Promise<unknown>} run
 * @property {() => Promise<unknown>} close Removes the database.
 */

/** @param {string} statement */
async function runOnPostgres(statement) {
  const client = new pg.Client({ connectionString: POSTGRES_URL })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** @type {Record<string, { hex: (number: string) => string, open: () => Promise<Opened> }>} */
const kinds = {
  postgres: {
    hex: number => `lpad(to_hex(${number}), 8, '0')`,
    async open() {
      const name = `fast_auth_bench_${randomBytes(6).toString('hex')}`
      await runOnPostgres(`create database ${name}`)
      const url = Object.assign(new URL(POSTGRES_URL), { pathname: `/${name}` }).href
      const pool = new pg.Pool({ connectionString: url, max: 10 })
      return {
        storage: postgresStorage({ pool }),
        run: statement => pool.query(statement),
        close: () => pool.end().then(() => runOnPostgres(`drop database ${name}`)),
      }
    },
  },
  sqlite: {
    hex: number => `printf('%08x', ${number})`,
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
      const file = join(folder, 'auth.db')
      const storage = sqliteStorage({ file })
      const handle = new Libsql(file)
      return {
        storage,
        run: async statement => handle.exec(statement),
        async close() {
          handle.close()
          await storage.close()
          rmSync(folder, { recursive: true })
        },
      }
    },
  },
}

/** @param {number} size @param {(typeof kinds)[string]} kind */
async function fill(size, { hex, open }) {
  const opened = await open()
  const startedAt = performance.now()
  await opened.storage.migrate()
  for (const statement of fillingStatements(size, hex)) await opened.run(statement)
  await opened.run('analyze')
  print(`${size.toLocaleString('en')} users created in ${Math.round((performance.now() - startedAt) / 1000)} s`)
  return { ...opened, size, generations: /** @type {Map<string, number>} */ (new Map()) }
}

/** @typedef {Awaited<ReturnType<typeof fill>>} Filled */

/** @param {Filled} filled */
const anyHex = ({ size }) => hexOf(1 + Math.floor(Math.random() * size))

/** @param {Filled} filled @param {string} hex */
async function refresh({ storage, generations }, hex) {
  const generation = generations.get(hex) ?? 0
  const { outcome } = await storage.sessions.rotate({
    sessionId: `${hex}${restOfId}`,
    generation,
    graceMilliseconds: 10_000,
    idleExpiresAt: now + hour,
    recordSuperseded: false,
    requireConfirmedEmail: false,
    ip: null,
    userAgent: null,
    now,
  })
  if (outcome !== 'rotated') throw new Error(`The outcome of a refresh is ${outcome}`)
  generations.set(hex, generation + 1)
}

/** The measured calls. Each call reads a random user. @type {Record<string, (filled: Filled) => Promise<unknown>>} */
const tasks = {
  refresh: filled => refresh(filled, anyHex(filled)),
  'look-up of a sign-in': filled => filled.storage.users.findByEmail({ email: `person-${anyHex(filled)}@example.com` }),
  'check of an API key': filled =>
    filled.storage.apiKeys.findByHash({ hash: /** @type {never} */ (`hash-${anyHex(filled)}`), now }),
  'last ten lines of the feed': ({ storage }) => storage.revocations.list({ since: now - 10_000, limit: 1_000 }),
}

/** Measures concurrent refreshes until `work` has ended. @param {Filled} filled @param {() => Promise<unknown>} work */
async function refreshDuring(filled, work) {
  /** @type {number[]} */
  const milliseconds = []
  let isOver = false
  /** Keeps each lane within the existing users. */
  const usersOfLane = Math.min(1_000, Math.floor(filled.size / refreshers))
  const refreshing = Array.from({ length: refreshers }, async (_, lane) => {
    for (let count = 0; !isOver; count += 1) {
      const startedAt = performance.now()
      await refresh(filled, hexOf(1 + lane + refreshers * (count % usersOfLane)))
      milliseconds.push(performance.now() - startedAt)
    }
  })
  await work()
  isOver = true
  await Promise.all(refreshing)
  const [median, longest] = [quantile(milliseconds, 0.5), Math.max(...milliseconds)].map(value => value.toFixed(1))
  return `${milliseconds.length} refreshes, median ${median} ms, longest ${longest} ms`
}

/** @param {Filled} filled */
async function purge({ storage }) {
  const startedAt = performance.now()
  let removed = 0
  for (;;) {
    const { sessions } = await storage.purge({ now, revokedBefore: 0, eventsBefore: 0, limit: 500 })
    if (sessions === 0) break
    removed += sessions
  }
  print(`${removed.toLocaleString('en')} expired sessions purged in ${Math.round(performance.now() - startedAt)} ms`)
}

const wanted = process.argv.slice(2).filter(parameter => !parameter.startsWith('--'))
for (const name of wanted.length > 0 ? wanted : Object.keys(kinds)) {
  const kind = kinds[name]
  if (kind === undefined) throw new Error(`${name} must be one of: ${Object.keys(kinds).join(', ')}`)
  print(name)
  const few = await fill(1_000, kind)
  const many = await fill(longOrShort(usersOf(process.argv), 2_000), kind)
  await compare(`scale-${name}`, [few, many], tasks, ['libsql', 'pg'])
  await many.run(expiredSessions)
  print(
    `without a purge: ${await refreshDuring(many, () => new Promise(resolve => setTimeout(resolve, longOrShort(5_000, 200))))}`,
  )
  print(`during a purge: ${await refreshDuring(many, () => purge(many))}`)
  await few.close()
  await many.close()
}
