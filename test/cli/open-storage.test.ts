import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import t from 'tap'
import { openStorage } from '../../lib/cli/open-storage.js'

const unknownUser = { email: 'ada@example.com' }

t.test('a path begins at the folder', async t => {
  const folder = t.testdir({ deeper: {} })
  const storage = await openStorage({ kind: 'sqlite', file: 'deeper/users.db' }, folder)
  await storage.close()
  t.ok(readdirSync(join(folder, 'deeper')).includes('users.db'))
})

for (const database of [{ kind: 'memory' }, { kind: 'sqlite', file: ':memory:' }] as const) {
  t.test(`${JSON.stringify(database)} is ready and leaves no file`, async t => {
    const folder = t.testdir()
    const storage = await openStorage(database, folder)
    t.equal(await storage.users.findByEmail(unknownUser), null)
    await storage.close()
    t.same(readdirSync(folder), [])
  })
}

t.test('a file that is no database is refused', async t => {
  const folder = t.testdir({ 'users.db': 'Dear diary, today nothing happened, and it happened at great length.' })
  await t.rejects(openStorage({ kind: 'sqlite', file: 'users.db' }, folder), {
    message: `Cannot open the SQLite file ${join(folder, 'users.db')}: file is not a database`,
  })
})

t.test('a database of a newer release is refused', async t => {
  const folder = t.testdir()
  const file = join(folder, 'users.db')
  const database = new Database(file)
  database.exec('create table fast_auth_migrations (version integer not null primary key, name varchar(255) not null)')
  database.exec("insert into fast_auth_migrations values (1000, 'a thing of the future')")
  database.close()
  await t.rejects(openStorage({ kind: 'sqlite', file }, folder), {
    message:
      'Cannot prepare the database: The database has the migration "a thing of the future" of a newer release of fast-auth, which this one does not know',
  })
})
