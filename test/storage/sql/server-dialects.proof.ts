import { type Dialect, Kysely } from 'kysely'
import t, { type Test } from 'tap'
import { mysqlStorage } from '../../../lib/engines/mysql.js'
import { postgresStorage } from '../../../lib/engines/postgres.js'
import { migrations } from '../../../lib/engines/sql-migrations.js'
import { checkedDialect, isNumberColumn } from '../../../lib/storage/sql/checked-dialect.js'
import { mysqlDialect } from '../../../lib/storage/sql/mysql-dialect.js'
import { postgresDialect } from '../../../lib/storage/sql/postgres-dialect.js'
import { migrationsTable } from '../../../lib/storage/sql/schema.js'
import type { Tables } from '../../../lib/storage/sql/tables.js'
import { mysqlPool, mysqlServer, postgresPool, postgresServer } from '../../support/database-server.js'

const [postgres, mysql] = [await postgresServer(), await mysqlServer()]

async function openPostgres(t: Test) {
  const pool = postgresPool(t, await postgres.createDatabase(t))
  const dialect = postgresDialect(pool, { names: null, timeoutMilliseconds: null })
  return { storage: postgresStorage({ pool }), dialect }
}

async function openMysql(t: Test) {
  const pool = mysqlPool(t, await mysql.createDatabase(t))
  return { storage: mysqlStorage({ pool }), dialect: mysqlDialect(pool, null) }
}

const dialects = [
  { name: 'PostgreSQL', missing: postgres.missing, open: openPostgres },
  { name: 'MySQL', missing: mysql.missing, open: openMysql },
]

for (const { name, missing, open } of dialects) {
  t.test(`${name}: a Kysely on the dialect knows the tables, and closes no pool`, { skip: missing }, async t => {
    const { storage, dialect } = await open(t)
    await storage.migrate()
    const kyselyOn = (each: Dialect) => new Kysely<Tables>({ dialect: each })
    for (const database of [kyselyOn(dialect), kyselyOn(checkedDialect(dialect, new AbortController().signal))]) {
      const tables = await database.introspection.getTables()
      t.ok(tables.some(table => table.name === 'fast_auth_users'))
      await t.rejects(database.selectFrom('fast_auth_users').selectAll().stream().next(), /streams no queries/)
      await database.destroy()
    }
    await storage.ping()
  })
}

t.test('the names of columns show which hold numbers', async t => {
  const steps = [migrationsTable, ...migrations.flatMap(migration => migration.steps)]
  for (const step of steps) {
    const columns = step.step === 'addColumn' ? { [step.column]: step.kind } : 'primaryKey' in step ? step.columns : {}
    for (const [name, kind] of Object.entries(columns)) t.equal(isNumberColumn(name), kind.startsWith('number'), name)
  }
})
