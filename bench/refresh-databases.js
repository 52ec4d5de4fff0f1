// Opens an empty database, with the fastest statement that changes one row of it.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import pg from 'pg'
import { postgresStorage } from '../dist/lib/engines/postgres.js'
import { sqliteStorage } from '../dist/lib/engines/sqlite.js'

const { POSTGRES_URL = 'postgres://postgres@127.0.0.1:5432/postgres' } = process.env
const statement = (/** @type {(place: number) => string} */ parameter) =>
  `update fast_auth_sessions set generation = ${parameter(1)}, rotated_at = ${parameter(2)}
   where id = ${parameter(3)} and generation <= ${parameter(4)} and expires_at > ${parameter(5)}`

/**
 * @typedef {object} Database
 * @property {import('../dist/lib/composition/storage.js').Storage} storage
 * @property {(statement: string) => Promise<unknown>} run
 * @property {(id: string, generation: number) => Promise<unknown>} update Updates a session without the storage.
 */

/** @returns {Database} */
function openSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true }))
  const file = join(folder, 'auth.db')
  const storage = sqliteStorage({ file })
  const handle = new Libsql(file)
  handle.exec('pragma journal_mode = wal')
  handle.exec('pragma synchronous = full')
  /** @type {ReturnType<typeof handle.prepare> | undefined} */
  let prepared
  return {
    storage,
    run: async text => handle.exec(text),
    async update(id, generation) {
      prepared ??= handle.prepare(statement(() => '?'))
      prepared.run([generation, Date.now(), id, generation, Date.now()])
    },
  }
}

/** @returns {Promise<Database>} */
async function openPostgres() {
  // Creates a separate schema. The next benchmark drops it, even if this process crashes.
  const schema = `fast_auth_bench_${randomBytes(6).toString('hex')}`
  const pool = new pg.Pool({ connectionString: POSTGRES_URL, max: 17, options: `-c search_path=${schema}` })
  const old = await pool.query("select nspname as name from pg_namespace where nspname like 'fast_auth_bench_%'")
  for (const { name } of old.rows) await pool.query(`drop schema ${name} cascade`)
  await pool.query(`create schema ${schema}`)
  const text = `${statement(place => `$${place}`)} returning *`
  return {
    storage: postgresStorage({ pool }),
    run: text => pool.query(text),
    update: (id, generation) =>
      pool.query({ name: 'raw', text, values: [generation, Date.now(), id, generation, Date.now()] }),
  }
}

/** @param {'sqlite' | 'postgres'} kind */
export async function openDatabase(kind) {
  return kind === 'sqlite' ? openSqlite() : openPostgres()
}
