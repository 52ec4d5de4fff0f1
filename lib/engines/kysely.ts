import type { Dialect } from 'kysely'
import { assertOptions, hasMethod, schemaRule, tablePrefixRule } from '../storage/sql/assert-options.js'
import { mysqlEngine } from '../storage/sql/mysql-engine.js'
import { postgresEngine } from '../storage/sql/postgres-engine.js'
import type { SchemaNames } from '../storage/sql/table-names.js'
import { dialectStorage } from './dialect-storage.js'
import type { SqlStorage } from './sql-storage.js'

export type { SqlStorage } from './sql-storage.js'

/** The options of `kyselyStorage`. */
export interface KyselyStorageOptions extends SchemaNames {
  /** Kysely 0.28 dialect with any driver. The storage never closes its connections: your application does. */
  readonly dialect: Dialect
  /** Database behind the dialect. Determines SQL, types, errors and locks. Use `mysql` for MariaDB too. */
  readonly engine: 'postgres' | 'mysql'
}

const engines = { postgres: postgresEngine, mysql: mysqlEngine } as const

const rules = {
  dialect: {
    isRight: (value: unknown) => hasMethod(value, 'createDriver'),
    allowed: 'a Kysely dialect',
    isNeeded: true,
  },
  engine: {
    isRight: (value: unknown) => Object.hasOwn(engines, String(value)),
    allowed: '"postgres" or "mysql"',
    isNeeded: true,
  },
  tablePrefix: tablePrefixRule,
  schema: schemaRule,
}

/**
 * Creates a storage on any driver that Kysely has a dialect for. Call `migrate()` before the first use. Prefer
 * `postgresStorage` for `pg` and `mysqlStorage` for `mysql2`: they use prepared statements and statement timeouts.
 * @throws {TypeError} An option is missing, unknown or invalid; the message names it.
 * @example
 * ```ts
 * import { kyselyStorage } from 'fast-auth/storage/kysely'
 * import { PostgresDialect } from 'kysely'
 * import pg from 'pg'
 *
 * const dialect = new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env.DATABASE_URL }) })
 * await app.register(fastAuth, { secrets, storage: kyselyStorage({ dialect, engine: 'postgres' }) })
 * ```
 */
export function kyselyStorage(options: KyselyStorageOptions): SqlStorage {
  assertOptions('kyselyStorage', options, rules)
  const { dialect, engine, ...names } = options
  return dialectStorage({ dialect, engine: engines[engine], names })
}
