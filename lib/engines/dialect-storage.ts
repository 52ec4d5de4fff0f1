import { type Dialect, Kysely, type KyselyPlugin } from 'kysely'
import type { RevocationStore } from '../storage/revocation-store.js'
import { checkedDialect } from '../storage/sql/checked-dialect.js'
import type { Engine } from '../storage/sql/engine.js'
import { type SchemaNames, withTableNames } from '../storage/sql/table-names.js'
import type { Tables } from '../storage/sql/tables.js'
import { type SqlStorage, sqlStorage } from './sql-storage.js'

export interface DialectStorageParts {
  readonly dialect: Dialect
  /** For migrations, which have no time limit. */
  readonly migratingDialect?: Dialect
  readonly engine: Engine
  readonly names: SchemaNames
  /** Notifications of revocations, if the database has them: a plugin that sends them, and a function that receives them. */
  readonly push?: { readonly plugin: KyselyPlugin; readonly listen: NonNullable<RevocationStore['listen']> }
}

/** Creates a storage on a dialect. The dialect's connections stay open when the storage is closed. */
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
