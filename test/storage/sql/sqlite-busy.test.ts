import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import type { SqliteHandle } from '../../../lib/engines/sqlite.js'
import { openHandle, openStorage } from './fixtures/open-storage.js'
import { aSession, aUser, now, rotationOf } from './fixtures/records.js'

/** For tests that are not about the time, on a machine that may be slow. */
const patient = 30_000

const fileFor = (t: Test) => join(t.testdir({}), 'auth.db')

for (const journal of ['wal', 'delete']) {
  t.test(
    `two connections in one process that rotate the same sessions make one successor each (${journal})`,
    async t => {
      const file = fileFor(t)
      const [one, other] = [openHandle(t, file), openHandle(t, file)].map(database => {
        database.exec(`pragma journal_mode = ${journal}`)
        return openStorage(t, { database })
      })
      if (one === undefined || other === undefined) return
      await one.migrate()
      const user = aUser()
      const session = aSession(user)
      await one.users.create(signUpOf(user, { session }))
      for (let generation = 0; generation < 20; generation += 1) {
        const rotations = await Promise.all(
          [one, other, one, other].map(storage => storage.sessions.rotate(rotationOf(session, { generation }))),
        )
        t.same(rotations.map(({ outcome }) => outcome).sort(), ['repeated', 'repeated', 'repeated', 'rotated'])
        for (const rotation of rotations) t.hasStrict(rotation, { session: { generation: generation + 1 } })
      }
    },
  )
}

t.test('two connections in one process that write without a pause both come to their turn', async t => {
  const file = fileFor(t)
  const storages = [1, 2].map(() => openStorage(t, { file, busyTimeoutMilliseconds: patient }))
  await Promise.all(storages.map(storage => storage.migrate()))
  const created = await Promise.all(
    storages.flatMap(storage => Array.from({ length: 150 }, () => storage.users.create(signUpOf(aUser())))),
  )
  t.equal(created.length, 300)
  t.ok(created.every(({ outcome }) => outcome === 'created'))
})

t.test('while a method waits for the lock, a timer of the same process can give it back', async t => {
  const file = fileFor(t)
  const storage = openStorage(t, { file })
  await storage.migrate()
  const other = openHandle(t, file)
  other.exec('begin immediate')
  setTimeout(() => other.exec('commit'), 300)
  const user = aUser()
  t.same(await storage.users.create(signUpOf(user)), { outcome: 'created' })
  t.same(await storage.users.find({ userId: user.id }), user)
})

t.test('while another connection writes, a WAL file is read without waiting', async t => {
  const file = fileFor(t)
  const storage = openStorage(t, { file, busyTimeoutMilliseconds: 0 })
  await storage.migrate()
  const user = aUser()
  await storage.users.create(signUpOf(user))
  const other = openHandle(t, file)
  other.exec('begin immediate')
  t.same(await storage.users.find({ userId: user.id }), user)
  t.same(await storage.apiKeys.list({ userId: user.id, limit: 1, offset: 0, sortBy: 'name', sortOrder: 'asc' }), {
    items: [],
    total: 0,
  })
})

t.test('a method that never gets the lock rejects when its time is up, and has done nothing', async t => {
  const file = fileFor(t)
  const storage = openStorage(t, { file, busyTimeoutMilliseconds: 100 })
  await storage.migrate()
  const other = openHandle(t, file)
  other.exec('begin immediate')
  const user = aUser()
  const startedAt = performance.now()
  await t.rejects(storage.users.create(signUpOf(user)), /database is locked/)
  t.ok(performance.now() - startedAt >= 100)
  other.exec('rollback')
  t.equal(await storage.users.find({ userId: user.id }), null)
  t.same(await storage.users.create(signUpOf(user)), { outcome: 'created' })
})

t.test('a method without a transaction waits and rejects alike', async t => {
  const file = fileFor(t)
  const storage = openStorage(t, { file, busyTimeoutMilliseconds: 50 })
  await storage.migrate()
  const user = aUser()
  await storage.users.create(signUpOf(user))
  const other = openHandle(t, file)
  const newHash = aUser().passwordHash
  const replace = () => storage.users.replacePasswordHash({ userId: user.id, currentHash: user.passwordHash, newHash })
  other.exec('begin immediate')
  await t.rejects(replace(), /database is locked/)
  other.exec('rollback')
  t.same(await replace(), { outcome: 'replaced' })
})

t.test('with a busy timeout of 0, a method tries once', async t => {
  const file = fileFor(t)
  const handle = openHandle(t, file)
  const tries: string[] = []
  const database: SqliteHandle = {
    prepare: sql => handle.prepare(sql),
    exec(sql) {
      tries.push(sql)
      return handle.exec(sql)
    },
    close: () => handle.close(),
  }
  const storage = openStorage(t, { database, busyTimeoutMilliseconds: 0 })
  await storage.migrate()
  openHandle(t, file).exec('begin immediate')
  tries.length = 0
  await t.rejects(storage.users.create(signUpOf(aUser())), /database is locked/)
  t.same(tries, ['begin immediate'])
})

t.test('a commit that a reader holds up is tried again until the reader is done', async t => {
  const file = fileFor(t)
  const storage = openStorage(t, { database: openHandle(t, file) })
  await storage.migrate()
  const reader = openHandle(t, file)
  reader.exec('begin; select * from fast_auth_users')
  const user = aUser()
  const created = storage.users.create(signUpOf(user))
  await sleep(50)
  t.same(reader.prepare('select id from fast_auth_users').all(), [])
  reader.exec('commit')
  t.same(await created, { outcome: 'created' })
  t.same(reader.prepare('select id from fast_auth_users').all(), [{ id: user.id }])
})

t.test('a commit that never gets through is rolled back, and the connection serves the next method', async t => {
  const file = fileFor(t)
  const storage = openStorage(t, { database: openHandle(t, file), busyTimeoutMilliseconds: 50 })
  await storage.migrate()
  const reader = openHandle(t, file)
  reader.exec('begin; select * from fast_auth_users')
  const user = aUser()
  await t.rejects(storage.users.create(signUpOf(user)), /database is locked/)
  t.equal(await storage.users.find({ userId: user.id }), null)
  reader.exec('commit')
  t.same(await storage.users.create(signUpOf(user)), { outcome: 'created' })
})

t.test('a file that is locked while it is opened is opened, and its first method waits', async t => {
  const file = fileFor(t)
  const first = openStorage(t, { database: openHandle(t, file) })
  await first.migrate()
  const other = openHandle(t, file)
  other.exec('begin exclusive')
  const storage = openStorage(t, { file })
  setTimeout(() => other.exec('commit'), 50)
  t.equal(await storage.sessions.find({ sessionId: 'none', now }), null)
})

t.test('a first method that is refused by a lock leaves the settings to the next one', async t => {
  const file = fileFor(t)
  const other = openHandle(t, file)
  other.exec('create table theirs (id); begin exclusive')
  const storage = openStorage(t, { file, busyTimeoutMilliseconds: 0 })
  await t.rejects(storage.migrate(), /database is locked/)
  other.exec('commit')
  await storage.migrate()
  t.same(openHandle(t, file).prepare('pragma journal_mode').all(), [{ journal_mode: 'wal' }])
})

t.test('closing while another connection reads is no error', async t => {
  const file = fileFor(t)
  const storage = openStorage(t, { file })
  await storage.migrate()
  const reader = openHandle(t, file)
  reader.exec('begin; select * from fast_auth_users')
  await storage.users.create(signUpOf(aUser()))
  await storage.close()
  reader.exec('commit')
  t.same(reader.prepare('select count(*) as users from fast_auth_users').all(), [{ users: 1 }])
})
