import Libsql from 'libsql'
import t from 'tap'
import { storageMethods } from '../../../lib/composition/storage-methods.js'
import type { SqliteHandle } from '../../../lib/engines/sqlite.js'
import { openStorage } from './fixtures/open-storage.js'
import { shapeOf, useEveryMethod } from './fixtures/use-every-method.js'

const handle = new Libsql(':memory:')
t.teardown(() => handle.close())
const statements = new Set<string>()

const recording: SqliteHandle = {
  prepare(sql) {
    statements.add(sql)
    return handle.prepare(sql)
  },
  exec: sql => handle.exec(sql),
  close: () => handle.close(),
}

/** How SQLite would carry the statement out, a line a step. */
function planOf(sql: string): string[] {
  const steps = handle.prepare(`explain query plan ${sql}`).all()
  return steps.map(step => String(Reflect.get(Object(step), 'detail')))
}

/**
 * `oldest` and `page` are no tables but few rows of one: those that a purge has chosen, and a page of members. The table of migrations
 * has one row for each migration.
 */
const isWholeTable = (step: string) =>
  step.startsWith('SCAN') && !/^SCAN ((\d+ )?CONSTANT ROWS?|oldest|page|fast_auth_migrations)$/.test(step)

let called: ReadonlySet<string>

t.before(async () => {
  const storage = openStorage(t, { database: recording })
  await storage.migrate()
  statements.clear()
  called = await useEveryMethod(storage)
})

t.test('every method is among those whose statements are looked at', async t => {
  const every = Object.entries(storageMethods).flatMap(([group, methods]) =>
    methods.map(method => `${group}.${method}`),
  )
  t.same([...called].sort(), every.sort())
})

const isCountOfAll = (sql: string) => sql === 'select count(*) as "total" from "fast_auth_users"'

t.test('no statement of any method reads a whole table, but for the count of all users', async t => {
  for (const sql of statements) t.same(isCountOfAll(sql) ? [] : planOf(sql).filter(isWholeTable), [], sql)
})

t.test('all users are counted in an index, without their rows', async t => {
  const counts = [...statements].filter(isCountOfAll)
  t.equal(counts.length, 1)
  for (const sql of counts) t.match(planOf(sql)[0], /^SCAN fast_auth_users USING COVERING INDEX /)
})

t.test('messages to claim are read in the order in which they are due, not sorted', async t => {
  const claims = [...statements].filter(sql => sql.startsWith('select') && sql.includes('order by "next_attempt_at"'))
  t.equal(claims.length, 1)
  for (const sql of claims)
    t.same(planOf(sql), ['SEARCH fast_auth_outbox USING INDEX fast_auth_outbox_by_next_attempt (next_attempt_at<?)'])
})

t.test('a key is found by the index of hashes, and its user by the key of users', async t => {
  const lookUps = [...statements].filter(sql => sql.includes('from "fast_auth_api_keys" as'))
  t.equal(lookUps.length, 1)
  for (const sql of lookUps) {
    t.same(planOf(sql), [
      'SEARCH apiKey USING INDEX sqlite_autoindex_fast_auth_api_keys_2 (hash=?)',
      'SEARCH owner USING PRIMARY KEY (id=?)',
    ])
  }
})

t.test('the keys of a user are read from one range of the index, and only these are sorted and counted', async t => {
  const lists = [...statements].filter(sql =>
    /select \* from "fast_auth_api_keys".*order by|count.*"fast_auth_api_keys"/.test(sql),
  )
  t.equal(lists.length, 7)
  for (const sql of lists) t.match(planOf(sql)[0], /^SEARCH fast_auth_api_keys USING PRIMARY KEY \(user_id=\?\)$/)
})

t.test('the waiting invitations of an organisation are counted without the expired ones', async t => {
  const counts = [...statements].filter(sql => sql.includes('count(*) as "total" from "fast_auth_invitations"'))
  t.equal(counts.length, 1)
  const range = 'fast_auth_invitations_by_organization (organization_id=? AND expires_at>?)'
  for (const sql of counts) t.same(planOf(sql), [`SEARCH fast_auth_invitations USING INDEX ${range}`])
})

t.test('a statement without an index would be noticed', async t => {
  t.ok(planOf('select * from fast_auth_sessions where ip = ?').some(isWholeTable))
  t.ok(planOf('delete from fast_auth_revocations where id = ?').some(isWholeTable))
})

t.test('no value is part of a statement, so that each statement is compiled and prepared once', async t => {
  for (const sql of statements) t.notMatch(sql, /\d{3}|@|none/)
  const shapes = new Set([...statements].map(shapeOf))
  t.ok(shapes.size > 40 && shapes.size < 220, `${shapes.size} statements`)
})
