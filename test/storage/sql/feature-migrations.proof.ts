import { Kysely, sql } from 'kysely'
import t from 'tap'
import { mysqlStorage } from '../../../lib/engines/mysql.js'
import { postgresStorage } from '../../../lib/engines/postgres.js'
import { checkedDialect } from '../../../lib/storage/sql/checked-dialect.js'
import { mysqlDialect } from '../../../lib/storage/sql/mysql-dialect.js'
import { collationOf, mysqlEngine } from '../../../lib/storage/sql/mysql-engine.js'
import { postgresDialect } from '../../../lib/storage/sql/postgres-dialect.js'
import { postgresEngine } from '../../../lib/storage/sql/postgres-engine.js'
import type { Tables } from '../../../lib/storage/sql/tables.js'
import { mysqlPool, mysqlServer, postgresPool, postgresServer } from '../../support/database-server.js'
import { proveFeatureMigrations, statementsIn } from './fixtures/feature-migrations.js'

const [postgres, mysql] = [await postgresServer(), await mysqlServer()]
const { signal } = new AbortController()

t.test('PostgreSQL', { skip: postgres.missing }, async t => {
  proveFeatureMigrations(t, async t => {
    const pool = postgresPool(t, await postgres.createDatabase(t))
    const dialect = postgresDialect(pool, { names: null, timeoutMilliseconds: null })
    return {
      storage: postgresStorage({ pool }),
      database: new Kysely<Tables>({ dialect: checkedDialect(dialect, signal) }),
      engine: postgresEngine,
      parts: `select indexdef as part from pg_indexes where schemaname = 'public' union all
        select concat(conrelid::regclass, ' ', conname, ' ', pg_get_constraintdef(oid)) from pg_constraint
        where connamespace = 'public'::regnamespace`,
      firstRelease: statementsIn('postgres.sql'),
    }
  })
})

t.test('MySQL', { skip: mysql.missing }, async t => {
  proveFeatureMigrations(t, async t => {
    const pool = mysqlPool(t, await mysql.createDatabase(t))
    const database = new Kysely<Tables>({ dialect: checkedDialect(mysqlDialect(pool, null), signal) })
    const { rows } = await sql<{ server: string }>`select version() as server`.execute(database)
    // The statements were written down on MariaDB: MySQL has another collation.
    const collation = collationOf(rows[0]?.server ?? '')
    return {
      storage: mysqlStorage({ pool }),
      database,
      engine: mysqlEngine,
      parts: `select concat_ws(' ', table_name, index_name, seq_in_index, column_name) as part
        from information_schema.statistics where table_schema = database() union all
        select concat_ws(' ', table_name, constraint_name, referenced_table_name)
        from information_schema.referential_constraints where constraint_schema = database()`,
      firstRelease: statementsIn('mysql.sql').map(text => text.replaceAll('utf8mb4_nopad_bin', collation)),
    }
  })
})
