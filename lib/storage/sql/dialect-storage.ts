import { type Dialect, Kysely } from 'kysely'
import { checkedDialect } from './checked-dialect.js'
import type { Engine } from './engine.js'
import { type SqlStorage, sqlStorage } from './sql-storage.js'
import { type SchemaNames, withTableNames } from './table-names.js'
import type { Tables } from './tables.js'

export interface DialectStorageParts {
  readonly dialect: Dialect
  /** For migrations, which may take their time. */
  readonly migratingDialect?: Dialect
  readonly engine: Engine
  readonly names: SchemaNames
}

/** The storage port on what is behind a dialect, which stays open when the storage is closed. */
export function dialectStorage(parts: DialectStorageParts): SqlStorage {
  const { dialect, migratingDialect = dialect, engine, names } = parts
  const closing = new AbortController()
  const open = (behind: Dialect) =>
    withTableNames(new Kysely<Tables>({ dialect: checkedDialect(behind, closing.signal) }), names)
  return sqlStorage({
    database: open(dialect),
    migrator: open(migratingDialect),
    engine,
    close: async () => closing.abort(new Error('The storage is closed')),
  })
}
