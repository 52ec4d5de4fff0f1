import { join } from 'node:path'
import t, { type Test } from 'tap'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import type { SqliteHandle } from '../../../lib/engines/sqlite.js'
import { openHandle, openStorage } from './fixtures/open-storage.js'
import { aSession, aUser, rotationOf } from './fixtures/records.js'

/** A storage with so many sessions, and the statements without parameters that it has run since. */
async function storageWithSessions(t: Test, count: number, beforeStatement: (statement: string) => void = () => {}) {
  const file = join(t.testdir({}), 'auth.db')
  const handle = openHandle(t, file)
  handle.exec('pragma journal_mode = wal')
  const statements: string[] = []
  const database: SqliteHandle = {
    prepare: text => handle.prepare(text),
    exec(text) {
      beforeStatement(text)
      statements.push(text)
      handle.exec(text)
    },
    close: () => handle.close(),
  }
  const storage = openStorage(t, { database, busyTimeoutMilliseconds: 0 })
  await storage.migrate()
  const sessions = Array.from({ length: count }, () => {
    const user = aUser()
    return { user, session: aSession(user) }
  })
  for (const { user, session } of sessions) await storage.users.create(signUpOf(user, { session }))
  statements.length = 0
  const rotateAll = () => Promise.all(sessions.map(({ session }) => storage.sessions.rotate(rotationOf(session))))
  return { file, storage, sessions, statements, rotateAll }
}

t.test('refreshes that come at the same moment wait for the disk once, and each gets its own answer', async t => {
  const { sessions, statements, rotateAll } = await storageWithSessions(t, 100)
  const rotations = await rotateAll()
  for (const [index, { user, session }] of sessions.entries())
    t.hasStrict(rotations[index], {
      outcome: 'rotated',
      session: { id: session.id, generation: 1 },
      user: { id: user.id },
    })
  t.same(statements, ['begin immediate', 'commit'])
})

t.test('while many refreshes are written the event loop goes on', async t => {
  const { rotateAll } = await storageWithSessions(t, 100)
  let turns = 0
  let isDone = false
  const count = () => {
    turns += 1
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  await rotateAll()
  isDone = true
  t.ok(turns >= 100 / 32, `${turns} turns`)
})

t.test('a call that fails does not affect the others of its group', async t => {
  const { storage, sessions, rotateAll } = await storageWithSessions(t, 10)
  const [first] = sessions
  if (first === undefined) return
  const impossible = storage.sessions.rotate(rotationOf(first.session, { sessionId: '\ud800' }))
  const [rotations] = await Promise.all([rotateAll(), t.rejects(impossible, /well-formed|surrogate/i)])
  t.same(new Set(rotations.map(({ outcome }) => outcome)), new Set(['rotated']))
  await t.rejects(storage.sessions.rotate(rotationOf(first.session, { sessionId: '\ud800' })))
})

t.test('after a failed commit each call is repeated alone, and none rotates twice', async t => {
  let failures = 0
  const { sessions, rotateAll } = await storageWithSessions(t, 5, statement => {
    if (statement !== 'commit' || failures !== 1) return
    failures = 2
    throw new Error('disk I/O error')
  })
  failures = 1
  const rotations = await rotateAll()
  t.equal(failures, 2)
  t.equal(rotations.length, sessions.length)
  for (const rotation of rotations) t.hasStrict(rotation, { outcome: 'rotated', session: { generation: 1 } })
})

t.test('if the database is locked, all waiting calls reject, and later ones succeed', async t => {
  const { file, rotateAll, sessions, storage } = await storageWithSessions(t, 3)
  const other = openHandle(t, file)
  other.exec('begin immediate')
  const refused = await Promise.allSettled(sessions.map(({ session }) => storage.sessions.rotate(rotationOf(session))))
  for (const answer of refused) t.match(answer, { status: 'rejected', reason: { message: /database is locked/ } })
  other.exec('rollback')
  for (const rotation of await rotateAll()) t.hasStrict(rotation, { outcome: 'rotated' })
})
