import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import mysql from 'mysql2'
import pg from 'pg'
import type { Test } from 'tap'

export interface DatabaseServer {
  /** A sentence that says how to start the server, if there is none: the reason to skip a test. */
  readonly missing: string | false
  /** Makes a database of the test's own, which goes with it. @returns its URL. */
  createDatabase(t: Test): Promise<string>
}

interface Server {
  readonly variable: 'POSTGRES_URL' | 'MYSQL_URL'
  readonly usualUrl: string
  /** Runs a statement on the connection that creates databases. */
  run(url: string, statement: string): Promise<unknown>
  drop(name: string): string
}

/** Without a server, tests are skipped; with CI=true they fail. */
async function find({ variable, usualUrl, run, drop }: Server): Promise<DatabaseServer> {
  const { [variable]: url = usualUrl, CI } = process.env
  const missing = await run(url, 'select 1').then(
    () => false as const,
    (cause: Error) => {
      const sentence = `No server answers at ${url}. Set ${variable}, or start one: . .ci/start-databases && start_databases, as root on Debian`
      if (CI === 'true') throw new Error(sentence, { cause })
      return sentence
    },
  )
  return {
    missing,
    async createDatabase(t) {
      const name = `fast_auth_test_${randomBytes(6).toString('hex')}`
      await run(url, `create database ${name}`)
      t.teardown(() => run(url, drop(name)))
      return Object.assign(new URL(url), { pathname: `/${name}` }).href
    },
  }
}

/** A connection for one statement. */
export async function runOnPostgres(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  await client.connect()
  return client.query(statement).finally(() => client.end())
}

/** So too. */
export async function runOnMysql(url: string, statement: string): Promise<unknown> {
  const connection = mysql.createConnection({ uri: url, connectTimeout: 5000 })
  connection.on('error', () => undefined)
  const query = promisify((text: string, done: (error: Error | null, rows: unknown) => void) =>
    connection.query(text, done),
  )
  return query(statement).finally(() => connection.destroy())
}

/** Ends every connection to the database of the URL, as an operator does. */
export async function cutPostgres(url: string): Promise<void> {
  const others = 'datname = current_database() and pid <> pg_backend_pid()'
  await runOnPostgres(url, `select pg_terminate_backend(pid) from pg_stat_activity where ${others}`)
}

/** So too. */
export async function cutMysql(url: string): Promise<void> {
  const others = 'db = database() and id <> connection_id()'
  const rows = await runOnMysql(url, `select id from information_schema.processlist where ${others}`)
  const ids = (rows as readonly { readonly id: number }[]).map(({ id }) => id)
  // One that has ended by itself meanwhile is unknown.
  await Promise.all(ids.map(id => runOnMysql(url, `kill ${id}`).catch(() => undefined)))
}

export function postgresServer(): Promise<DatabaseServer> {
  return find({
    variable: 'POSTGRES_URL',
    usualUrl: 'postgres://postgres@127.0.0.1:5432/postgres',
    run: runOnPostgres,
    drop: name => `drop database ${name} with (force)`,
  })
}

export function mysqlServer(): Promise<DatabaseServer> {
  return find({
    variable: 'MYSQL_URL',
    usualUrl: 'mysql://root@127.0.0.1:3306/mysql',
    run: runOnMysql,
    drop: name => `drop database ${name}`,
  })
}

/** A pool as a host has it, closed at the end of the test. No commit waits for the disk. */
export function postgresPool(t: Test, url: string, settings: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ max: 10, options: '-c synchronous_commit=off', ...settings, connectionString: url })
  pool.on('error', () => undefined)
  t.teardown(() => pool.end())
  return pool
}

export function mysqlPool(t: Test, url: string, settings: mysql.PoolOptions = {}): mysql.Pool {
  const pool = mysql.createPool({ connectionLimit: 10, ...settings, uri: url })
  t.teardown(() => pool.promise().end())
  return pool
}
