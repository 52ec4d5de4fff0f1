import { Kysely } from 'kysely'
import t from 'tap'
import { sqliteStorage } from '../../../lib/engines/sqlite.js'
import { sqliteDialect } from '../../../lib/storage/sql/sqlite-dialect.js'
import { SqliteDriver } from '../../../lib/storage/sql/sqlite-driver.js'
import { sqliteEngine } from '../../../lib/storage/sql/sqlite-engine.js'
import type { Tables } from '../../../lib/storage/sql/tables.js'
import { proveFeatureMigrations, statementsIn } from './fixtures/feature-migrations.js'
import { openHandle } from './fixtures/open-storage.js'

// The statement of the users' table ends in the added columns, whose order may differ.
const parts = "select coalesce(sql, name) as part from sqlite_schema where name <> 'fast_auth_users'"

proveFeatureMigrations(t, async t => {
  const handle = openHandle(t, ':memory:')
  const driver = new SqliteDriver({ handle, isOurs: false, busyTimeoutMilliseconds: 5000 })
  return {
    storage: sqliteStorage({ database: handle }),
    database: new Kysely<Tables>({ dialect: sqliteDialect(driver) }),
    engine: sqliteEngine,
    parts,
    firstRelease: statementsIn('sqlite.sql'),
  }
})
