import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { migrations } from '../../../lib/engines/sql-migrations.js'
import { isBusy, type SqliteHandle } from '../../../lib/storage/sql/sqlite-handle.js'
import { openHandle, openStorage } from './fixtures/open-storage.js'
import { aUser } from './fixtures/records.js'

const fileFor = (t: Test) => join(t.testdir({}), 'auth.db')

const appliedIn = (handle: SqliteHandle) =>
  handle.prepare('select version, name from fast_auth_migrations order by version').all()
const everyMigration = migrations.map(({ name }, index) => ({ version: index + 1, name }))

const tableNames = (handle: SqliteHandle) =>
  handle.prepare("select name from sqlite_schema where type = 'table' order by name").all()

function startMigration(t: Test, ...parameters: string[]): ChildProcess {
  const child = fork(fileURLToPath(new URL('fixtures/migrate-in-process.ts', import.meta.url)), parameters)
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

t.test('no two migrations have the same name', async t => {
  t.equal(new Set(migrations.map(({ name }) => name)).size, migrations.length)
})

t.test('every table is there after migrating, by its prefix', async t => {
  const database = openHandle(t, ':memory:')
  await openStorage(t, { database }).migrate()
  t.same(
    tableNames(database),
    [
      'api_keys',
      'events',
      'identities',
      'invitations',
      'memberships',
      'migrations',
      'one_time_tokens',
      'organizations',
      'outbox',
      'passkey_uses',
      'passkeys',
      'provider_flows',
      'recovery_codes',
      'revocations',
      'sessions',
      'sign_in_codes',
      'totp_factors',
      'users',
    ].map(name => ({ name: `fast_auth_${name}` })),
  )
})

t.test('before migrating, a method rejects', async t => {
  await t.rejects(openStorage(t, { file: ':memory:' }).users.find({ userId: 'none' }), /no such table/)
})

t.test('migrating again changes nothing', async t => {
  const database = openHandle(t, ':memory:')
  const storage = openStorage(t, { database })
  await storage.migrate()
  const user = aUser()
  await storage.users.create(signUpOf(user))
  await storage.migrate()
  await Promise.all([storage.migrate(), storage.migrate()])
  t.same(appliedIn(database), everyMigration)
  t.same(await storage.users.find({ userId: user.id }), user)
})

t.test('users from before the migration that adds disabling are not disabled', async t => {
  const database = openHandle(t, ':memory:')
  await openStorage(t, { database }).migrate()
  database.exec(`alter table fast_auth_users drop column disabled_at;
    delete from fast_auth_migrations where name = 'disabled users';
    insert into fast_auth_users (id, email, password_hash, profile, created_at) values ('old', 'a@b.c', 'x', '{}', 1)`)
  const storage = openStorage(t, { database })
  await storage.migrate()
  t.hasStrict(await storage.users.find({ userId: 'old' }), { email: 'a@b.c', createdAt: 1, disabledAt: null })
  t.hasStrict(await storage.users.disable({ userId: 'old', now: 2 }), { outcome: 'disabled' })
  t.hasStrict(await storage.users.find({ userId: 'old' }), { disabledAt: 2 })
})

t.test('a database migrated by a newer release is refused in a sentence', async t => {
  const database = openHandle(t, ':memory:')
  const storage = openStorage(t, { database })
  await storage.migrate()
  database.exec("insert into fast_auth_migrations (version, name) values (70, 'from the future')")
  await t.rejects(storage.migrate(), {
    message:
      'The database has the migration "from the future" of a newer release of fast-auth, which this one does not know',
  })
  database.exec("insert into fast_auth_migrations (version, name) values (71, 'a later one')")
  await t.rejects(storage.migrate(), {
    message:
      'The database has the migrations "from the future", "a later one" of a newer release of fast-auth, which this one does not know',
  })
})

t.test('a migration that fails leaves nothing of itself, and can be run again', async t => {
  const database = openHandle(t, ':memory:')
  const storage = openStorage(t, { database })
  database.exec('create table fast_auth_revocations (theirs integer)')
  await t.rejects(storage.migrate(), /fast_auth_revocations"? already exists/)
  t.same(tableNames(database), [{ name: 'fast_auth_migrations' }, { name: 'fast_auth_revocations' }])
  t.same(appliedIn(database), [])
  database.exec('drop table fast_auth_revocations')
  await storage.migrate()
  t.same(appliedIn(database), everyMigration)
})

t.test('a migrations table of another application stays unchanged', async t => {
  const database = openHandle(t, ':memory:')
  database.exec('create table fast_auth_migrations (theirs integer)')
  await t.rejects(openStorage(t, { database }).migrate(), /no such column/)
  t.same(tableNames(database), [{ name: 'fast_auth_migrations' }])
})

t.test('two processes that migrate a new file concurrently both succeed', async t => {
  const file = fileFor(t)
  const children = [startMigration(t, file), startMigration(t, file)]
  await Promise.all(children.map(child => once(child, 'message')))
  const exits = children.map(child => once(child, 'exit'))
  for (const child of children) child.send('go')
  t.same(await Promise.all(exits), [
    [0, null],
    [0, null],
  ])
  t.same(appliedIn(openHandle(t, file)), everyMigration)
})

/** Whether another connection is inside a transaction that writes. */
function isLocked(handle: SqliteHandle): boolean {
  try {
    handle.exec('begin immediate; rollback')
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  }
}

t.test('a process killed inside a migration leaves the ones before it done and nothing of this one', async t => {
  const file = fileFor(t)
  const handle = openHandle(t, file)
  handle.exec('pragma journal_mode = wal; create table fast_auth_migrations (version integer primary key, name text)')
  const child = startMigration(t, file, 'endless')
  while (appliedIn(handle).length < migrations.length || !isLocked(handle)) await sleep(5)
  child.kill('SIGKILL')
  t.same(await once(child, 'exit'), [null, 'SIGKILL'])

  const storage = openStorage(t, { file })
  await storage.migrate()
  t.same(appliedIn(handle), everyMigration)
  t.notMatch(JSON.stringify(tableNames(handle)), 'half_done')
  const user = aUser()
  t.same(await storage.users.create(signUpOf(user)), { outcome: 'created' })
})
