import type { Dialect } from 'kysely'
import { assertOptions, hasMethod, schemaRule, tablePrefixRule } from './assert-options.js'
import { dialectStorage } from './dialect-storage.js'
import { mysqlEngine } from './mysql-engine.js'
import { postgresEngine } from './postgres-engine.js'
import type { SqlStorage } from './sql-storage.js'
import type { SchemaNames } from './table-names.js'

export type { SqlStorage } from './sql-storage.js'

export interface KyselyStorageOptions extends SchemaNames {
  /** A dialect of Kysely 0.28, whatever driver is behind it. What it opens is yours to close. */
  readonly dialect: Dialect
  /** Whose SQL, types, errors and locks it has. `mysql` is MariaDB too. */
  readonly engine: 'postgres' | 'mysql'
}

const engines = { postgres: postgresEngine, mysql: mysqlEngine } as const

const rules = {
  dialect: {
    isRight: (value: unknown) => hasMethod(value, 'createDriver'),
    allowed: 'a dialect of Kysely',
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
 * The storage port on any driver that Kysely has a dialect for. Call `migrate()` before the first use. For `pg` and `mysql2`
 * there are `postgresStorage` and `mysqlStorage`, which send prepared statements and limit their time.
 * @throws {TypeError} An option is missing, unknown or not what it must be; the sentence names it.
 */
export function kyselyStorage(options: KyselyStorageOptions): SqlStorage {
  assertOptions('kyselyStorage', options, rules)
  const { dialect, engine, ...names } = options
  return dialectStorage({ dialect, engine: engines[engine], names })
}
