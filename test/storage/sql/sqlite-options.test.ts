import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import Libsql from 'libsql'
import t from 'tap'
import { type SqliteStorageOptions, sqliteStorage } from '../../../lib/engines/sqlite.js'
import { openSqliteFile } from '../../../lib/storage/sql/open-sqlite-file.js'
import { openHandle, openStorage } from './fixtures/open-storage.js'

const refused = (options: unknown) => () => sqliteStorage(options as SqliteStorageOptions)

t.test('neither a file nor a database is refused, and so are both', async t => {
  const sentence = /exactly one of the options "file" and "database"/
  t.throws(refused({}), sentence)
  t.throws(refused({ file: ':memory:', database: openHandle(t, ':memory:') }), sentence)
})

t.test('an option that does not exist is refused by its name', async t => {
  t.throws(refused({ file: ':memory:', timeout: 5 }), /no option "timeout"/)
})

t.test('a file that is not a path is refused', async t => {
  for (const file of ['', 7, null, 'a\0b', 'sqlite:auth.db', 'file:auth.db', 'https://example.test/auth.db']) {
    t.throws(refused({ file }), { name: 'TypeError', message: /option "file".*must be the path/ }, String(file))
  }
})

t.test('a database that is not an open connection is refused', async t => {
  for (const database of ['auth.db', 7, null, {}, Libsql, { prepare() {} }]) {
    t.throws(refused({ database }), { name: 'TypeError', message: /option "database"/ }, typeof database)
  }
})

t.test('a database that is closed is refused', async t => {
  const database = new Libsql(':memory:')
  database.close()
  t.throws(refused({ database }), /not open/)
})

t.test('a busy timeout that is no duration is refused', async t => {
  for (const busyTimeoutMilliseconds of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null]) {
    t.throws(refused({ file: ':memory:', busyTimeoutMilliseconds }), /option "busyTimeoutMilliseconds"/)
  }
})

t.test('how commits are written is full or normal, and for a file', async t => {
  for (const synchronous of ['off', 'FULL', 1, null]) {
    t.throws(refused({ file: ':memory:', synchronous }), /option "synchronous".*"full" or "normal"/)
  }
  t.throws(refused({ database: openHandle(t, ':memory:'), synchronous: 'full' }), /option "synchronous".*for a "file"/)
})

t.test('options are left as they were', async t => {
  await openStorage(t, Object.freeze({ file: ':memory:', busyTimeoutMilliseconds: 0, synchronous: 'normal' })).migrate()
})

t.test('a folder that does not exist is refused in a sentence', async t => {
  const file = join(t.testdir({}), 'none', 'auth.db')
  t.throws(refused({ file }), {
    message: /^Cannot open the SQLite file .*none.auth\.db: the folder .*none does not exist$/,
  })
})

t.test('a file that is not a database is refused in a sentence', async t => {
  const file = join(t.testdir({ 'notes.txt': 'Not a database, however long it may get. '.repeat(100) }), 'notes.txt')
  t.throws(refused({ file }), { message: /^Cannot open the SQLite file .*notes\.txt: file is not a database$/ })
})

t.test('a folder in place of the file is refused, with the cause', async t => {
  const file = join(t.testdir({}), 'auth.db')
  mkdirSync(file)
  t.throws(refused({ file }), { message: /^Cannot open the SQLite file .*auth\.db: /, cause: Error })
})

t.test('if libsql is missing, the sentence says what to install', async t => {
  const require = createRequire(resolve('/', 'nothing-is-installed-here.js'))
  t.throws(() => openSqliteFile(':memory:', require), { message: /npm install libsql/, cause: Error })
})

t.test('a value that a broken driver throws is reported, even if it is not an Error', async t => {
  const folder = t.testdir({ node_modules: { libsql: {} } })
  writeFileSync(join(folder, 'node_modules/libsql/index.js'), 'module.exports = class { constructor() { throw "no" } }')
  t.throws(() => openSqliteFile(':memory:', createRequire(join(folder, 'here.js'))), { message: /:memory:: no$/ })
})
