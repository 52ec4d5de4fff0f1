import { type Dialect, Kysely, type KyselyPlugin } from 'kysely'
import type { RevocationStore } from '../storage.js'
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
  /** Where the database tells of revocations: what makes statements tell, and who hears. */
  readonly push?: { readonly plugin: KyselyPlugin; readonly listen: NonNullable<RevocationStore['listen']> }
}

/** The storage port on what is behind a dialect, which stays open when the storage is closed. */
export function dialectStorage(parts: DialectStorageParts): SqlStorage {
  const { dialect, migratingDialect = dialect, engine, names, push } = parts
  const closing = new AbortController()
  const open = (behind: Dialect) =>
    withTableNames(
      new Kysely<Tables>({
        dialect: checkedDialect(behind, closing.signal),
        plugins: push === undefined ? [] : [push.plugin],
      }),
      names,
    )
  return sqlStorage({
    ...(push === undefined ? {} : { listen: push.listen }),
    database: open(dialect),
    migrator: open(migratingDialect),
    engine,
    reach: 'network',
    close: async () => closing.abort(new Error('The storage is closed')),
  })
}
