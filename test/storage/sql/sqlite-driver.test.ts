import { join } from 'node:path'
import { Kysely, sql } from 'kysely'
import t, { type Test } from 'tap'
import type { SqliteHandle } from '../../../lib/engines/sqlite.js'
import { openSqliteFile } from '../../../lib/storage/sql/open-sqlite-file.js'
import { sqliteDialect } from '../../../lib/storage/sql/sqlite-dialect.js'
import { SqliteDriver } from '../../../lib/storage/sql/sqlite-driver.js'
import { openHandle } from './fixtures/open-storage.js'

interface Notes {
  notes: { id: number; text: string }
}

function openNotes(t: Test, handle: SqliteHandle = openHandle(t, ':memory:')): Kysely<Notes> {
  handle.exec('create table notes (id integer primary key, text text not null)')
  const driver = new SqliteDriver({ handle, isOurs: false, busyTimeoutMilliseconds: 0 })
  t.teardown(() => driver.destroy())
  return new Kysely<Notes>({ dialect: sqliteDialect(driver) })
}

t.test('when SQLite has rolled back by itself, the error that caused it is reported', async t => {
  const notes = openNotes(t)
  const twice = notes.transaction().execute(async transaction => {
    await transaction.insertInto('notes').values({ id: 1, text: 'one' }).execute()
    await sql`insert or rollback into notes (id, text) values (1, 'again')`.execute(transaction)
  })
  await t.rejects(twice, /UNIQUE constraint failed/)
  t.same(await notes.selectFrom('notes').selectAll().execute(), [])
})

t.test('a transaction that throws is rolled back', async t => {
  const notes = openNotes(t)
  const failing = notes.transaction().execute(async transaction => {
    await transaction.insertInto('notes').values({ id: 1, text: 'one' }).execute()
    throw new Error('no further')
  })
  await t.rejects(failing, { message: 'no further' })
  t.same(await notes.selectFrom('notes').selectAll().execute(), [])
})

t.test('a lock on rows is left out of the statement, other modifiers are not', async t => {
  const notes = openNotes(t)
  t.notMatch(notes.selectFrom('notes').selectAll().forUpdate().compile().sql, /for update/)
  t.notMatch(notes.selectFrom('notes').selectAll().forUpdate('notes').compile().sql, /for update|of/)
  t.match(notes.selectFrom('notes').select('text').distinct().compile().sql, /^select distinct "text"/)
})

t.test('a connection of our own is set to write through at every commit, and to refuse orphans', async t => {
  const handle = openSqliteFile(join(t.testdir({}), 'auth.db'))
  handle.exec('pragma synchronous = off; pragma foreign_keys = off')
  const driver = new SqliteDriver({ handle, isOurs: true, busyTimeoutMilliseconds: 0 })
  t.teardown(() => driver.destroy())
  await driver.acquireConnection()
  await driver.releaseConnection()
  t.same(handle.prepare('pragma synchronous').all(), [{ synchronous: 2 }])
  t.same(handle.prepare('pragma foreign_keys').all(), [{ foreign_keys: 1 }])
})

t.test('a connection that the storage opens itself syncs only now and then, if the option says so', async t => {
  const handle = openSqliteFile(join(t.testdir({}), 'auth.db'))
  const driver = new SqliteDriver({ handle, isOurs: true, busyTimeoutMilliseconds: 0, synchronous: 'normal' })
  t.teardown(() => driver.destroy())
  await driver.acquireConnection()
  await driver.releaseConnection()
  t.same(handle.prepare('pragma synchronous').all(), [{ synchronous: 1 }])
})

t.test('a query cannot be streamed', async t => {
  const rows = openNotes(t).selectFrom('notes').selectAll().stream()
  await t.rejects(rows[Symbol.asyncIterator]().next(), { message: 'The SQLite storage streams no queries' })
})

t.test('the tables of the database can be listed', async t => {
  t.hasStrict(await openNotes(t).introspection.getTables(), [{ name: 'notes' }])
})

t.test('a statement is prepared once, and of many only so many are kept', async t => {
  const handle = openHandle(t, ':memory:')
  const prepared: string[] = []
  const notes = openNotes(t, {
    prepare(sql) {
      prepared.push(sql)
      return handle.prepare(sql)
    },
    exec: sql => handle.exec(sql),
    close: () => handle.close(),
  })
  const ask = (column: number) => notes.selectFrom('notes').select(sql.lit(column).as('column')).execute()
  for (let column = 0; column < 256; column += 1) await ask(column)
  await ask(0)
  t.equal(prepared.length, 256)
  await ask(256)
  await ask(0)
  t.equal(prepared.length, 258)
})
