import { chmodSync, copyFileSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { openSqliteFile } from '../../../lib/storage/sql/open-sqlite-file.js'
import { openHandle, openStorage } from './fixtures/open-storage.js'
import { aSession, aUser, now, rotationOf } from './fixtures/records.js'

const fileFor = (t: Test) => join(t.testdir({}), 'auth.db')

t.test('a file is in WAL mode from the first method on', async t => {
  const file = fileFor(t)
  await openStorage(t, { file }).ping()
  t.same(openHandle(t, file).prepare('pragma journal_mode').all(), [{ journal_mode: 'wal' }])
})

t.test('acknowledged writes exist after closing and opening again', async t => {
  const file = fileFor(t)
  const user = aUser()
  const session = aSession(user)
  const first = openStorage(t, { file })
  await first.migrate()
  await first.users.create(signUpOf(user, { session }))
  await first.sessions.rotate(rotationOf(session, { recordSuperseded: true }))
  await first.close()

  const second = openStorage(t, { file })
  t.same(await second.users.find({ userId: user.id }), user)
  t.hasStrict(await second.sessions.find({ sessionId: session.id, now }), { generation: 1 })
  t.hasStrict(await second.revocations.list({ since: 0, limit: 9 }), [
    { kind: 'generation', id: session.id, generation: 0 },
  ])
})

t.test('a closed file is complete without its write-ahead log', async t => {
  const file = fileFor(t)
  const user = aUser()
  const storage = openStorage(t, { file })
  await storage.migrate()
  await storage.users.create(signUpOf(user))
  t.ok(statSync(`${file}-wal`).size > 0)
  await storage.close()
  copyFileSync(file, `${file}.copy`)
  t.same(await openStorage(t, { file: `${file}.copy` }).users.find({ userId: user.id }), user)
})

t.test('a memory database is a database of its own, and no file', async t => {
  const one = openStorage(t, { file: ':memory:' })
  const other = openStorage(t, { file: ':memory:' })
  await one.migrate()
  await other.migrate()
  const user = aUser()
  await one.users.create(signUpOf(user))
  t.same(await one.users.find({ userId: user.id }), user)
  t.equal(await other.users.find({ userId: user.id }), null)
  t.notOk(existsSync(':memory:'))
})

t.test('closing lets the methods end that were called before, the very first included', async t => {
  const file = fileFor(t)
  const storage = openStorage(t, { file })
  const migrated = storage.migrate()
  const users = [aUser(), aUser(), aUser()]
  const created = users.map(user => storage.users.create(signUpOf(user, { session: aSession(user) })))
  await storage.close()
  await migrated
  t.same(
    await Promise.all(created),
    users.map(() => ({ outcome: 'created' })),
  )
})

t.test('a method after closing rejects', async t => {
  const storage = openStorage(t, { file: fileFor(t) })
  await storage.migrate()
  await storage.close()
  await t.rejects(storage.ping(), { message: 'The SQLite storage is closed' })
  await t.rejects(storage.users.create(signUpOf(aUser())), { message: 'The SQLite storage is closed' })
})

t.test('closing twice, before any method, or concurrently is harmless', async t => {
  const storage = openStorage(t, { file: fileFor(t) })
  await Promise.all([storage.close(), storage.close()])
  await storage.close()
  await t.rejects(storage.ping(), { message: 'The SQLite storage is closed' })
})

t.test('a long queue of methods leaves the event loop its turns', async t => {
  const storage = openStorage(t, { file: ':memory:' })
  await storage.migrate()
  let turns = 0
  const tick = () => {
    turns += 1
    turning = setImmediate(tick)
  }
  let turning = setImmediate(tick)
  await Promise.all(Array.from({ length: 100 }, () => storage.ping()))
  clearImmediate(turning)
  t.ok(turns >= 90, `${turns} turns during 100 methods`)
})

t.test(
  'a new file, its log and its index are for their owner alone, and a file that is there keeps its mode',
  async t => {
    const file = fileFor(t)
    const storage = openStorage(t, { file })
    await storage.migrate()
    await storage.users.create(signUpOf(aUser()))
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
    t.same([file, `${file}-wal`, `${file}-shm`].map(modeOf), ['600', '600', '600'])

    const shared = fileFor(t)
    writeFileSync(shared, '')
    chmodSync(shared, 0o640)
    const other = openStorage(t, { file: shared })
    await other.migrate()
    t.same([shared, `${shared}-wal`, `${shared}-shm`].map(modeOf), ['640', '640', '640'])
  },
)

t.test('a file in a folder that is not there is an error that names it', async t => {
  t.throws(() => openSqliteFile(join(t.testdir(), 'missing', 'app.db')), /the folder \S+missing does not exist/)
})

t.test('a file below another file is an error that names it', async t => {
  const notAFolder = join(t.testdir({ file: '' }), 'file')
  t.throws(() => openSqliteFile(join(notAFolder, 'app.db')), /Cannot open the SQLite file \S+app\.db: ENOTDIR/)
})
