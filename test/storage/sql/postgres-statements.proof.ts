import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import t, { type Test } from 'tap'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { postgresStorage } from '../../../lib/engines/postgres.js'
import { breakableServer } from '../../support/breakable-server.js'
import { postgresPool, postgresServer } from '../../support/database-server.js'
import { aSession, aToken, aUser, now, rotationOf } from './fixtures/records.js'

const server = await postgresServer()

function test(title: string, body: (t: Test, url: string) => Promise<void>): void {
  t.test(title, { skip: server.missing }, async t => body(t, await server.createDatabase(t)))
}

const one = { max: 1 }

/** Resolves when a connection of the database waits for a lock. */
async function someoneWaits(pool: pg.Pool): Promise<void> {
  const sql = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
  while ((await pool.query(sql)).rowCount === 0) await sleep(5)
}

const prepared = 'select count(*)::int as count from pg_prepared_statements'

test('a statement is prepared once on a connection, under a name of its own', async (t, url) => {
  const pool = postgresPool(t, url, one)
  const storage = postgresStorage({ pool })
  await storage.migrate()
  t.same((await pool.query(prepared)).rows, [{ count: 0 }])
  for (const userId of ['a', 'b', 'c']) await storage.users.find({ userId })
  t.same((await pool.query(prepared)).rows, [{ count: 1 }])
})

test('with preparedStatements: false none is', async (t, url) => {
  const pool = postgresPool(t, url, one)
  const storage = postgresStorage({ pool, preparedStatements: false })
  await storage.migrate()
  const user = aUser()
  await storage.users.create(signUpOf(user))
  t.same(await storage.users.find({ userId: user.id }), user)
  t.same((await pool.query(prepared)).rows, [{ count: 0 }])
})

test('no more than 256 statements are prepared, and the others are carried out', async (t, url) => {
  const pool = postgresPool(t, url, one)
  const storage = postgresStorage({ pool })
  await storage.migrate()
  const uses = { userId: null, name: 'x', reason: null, sessionId: null, apiKeyId: null, ip: null, userAgent: null }
  for (let count = 1; count <= 140; count += 1) {
    const events = Array.from({ length: count }, (_, index) => ({
      ...uses,
      id: `${count}-${index}`,
      happenedAt: now,
      requestId: null,
      details: {},
    }))
    await storage.events.add({ events })
  }
  t.same((await pool.query(prepared)).rows, [{ count: 256 }])
  t.equal((await storage.events.list({ limit: 1 })).length, 1)
})

test('a column that a newer release adds doesn’t disturb those who have prepared statements', async (t, url) => {
  const pool = postgresPool(t, url)
  const storage = postgresStorage({ pool })
  await storage.migrate()
  const user = aUser()
  const session = aSession(user)
  await storage.users.create(signUpOf(user, { session }))
  await Promise.all(Array.from({ length: 10 }, () => storage.users.find({ userId: user.id })))
  await pool.query('alter table fast_auth_users add column of_the_future text')
  t.same(await storage.users.find({ userId: user.id }), user)
  t.hasStrict(
    await storage.sessions.open({
      session: aSession(user),
      proofs: [{ kind: 'password', hash: user.passwordHash }],
      maximumPerUser: 100,
    }),
    {
      outcome: 'opened',
    },
  )
})

test('what the host makes of large integers elsewhere is no matter here', async (t, url) => {
  const types = { getTypeParser: () => (text: string) => (/^\d+$/.test(text) ? BigInt(text) : text) }
  const storage = postgresStorage({ pool: postgresPool(t, url, { types }) })
  await storage.migrate()
  const user = aUser({ emailConfirmedAt: 253_402_300_799_999 })
  await storage.users.create(signUpOf(user))
  t.strictSame(await storage.users.find({ userId: user.id }), user)
})

test('every transaction uses READ COMMITTED, regardless of the default', async (t, url) => {
  const strict = { options: '-c default_transaction_isolation=serializable -c default_transaction_read_only=on' }
  const storage = postgresStorage({ pool: postgresPool(t, url) })
  await storage.migrate()
  const user = aUser()
  const session = aSession(user)
  await storage.users.create(signUpOf(user, { session }))
  const pool = postgresPool(t, url, strict)
  const rotation = await postgresStorage({ pool }).sessions.rotate(rotationOf(session))
  t.equal(rotation.outcome, 'rotated')
})

test('a copied token that is presented while its session is being revoked is unknown', async (t, url) => {
  const pool = postgresPool(t, url)
  const storage = postgresStorage({ pool })
  await storage.migrate()
  const user = aUser()
  const session = aSession(user, { generation: 5 })
  await storage.users.create(signUpOf(user, { session }))
  const other = await pool.connect()
  await other.query('begin')
  await other.query('delete from fast_auth_sessions')
  const rotation = storage.sessions.rotate(rotationOf({ ...session, generation: 1 }))
  await someoneWaits(pool)
  await other.query('commit')
  other.release()
  t.same(await rotation, { outcome: 'unknown' })
  t.same(await storage.revocations.list({ since: now, limit: 1 }), [])
})

test('a mailed token that is used while its owner is being deleted is invalid', async (t, url) => {
  const pool = postgresPool(t, url)
  const storage = postgresStorage({ pool })
  await storage.migrate()
  const user = aUser()
  const token = aToken(user)
  await storage.users.create(signUpOf(user, { token }))
  const other = await pool.connect()
  await other.query('begin; delete from fast_auth_one_time_tokens; delete from fast_auth_users')
  const confirmation = storage.oneTimeTokens.confirmEmail({ hash: token.hash, now })
  await someoneWaits(pool)
  await other.query('commit')
  other.release()
  t.same(await confirmation, { outcome: 'invalid' })
})

test('a statement without an answer is given up in time, and its connection is closed', async (t, url) => {
  const broken = await breakableServer(t, url)
  const pool = postgresPool(t, broken.url, { ...one, connectionTimeoutMillis: 5000 })
  const storage = postgresStorage({ pool, statementTimeoutMilliseconds: 100 })
  await storage.migrate()
  broken.fallSilent()
  await t.rejects(storage.users.create(signUpOf(aUser())), { message: 'The database did not answer within 100 ms' })
  broken.recover()
  t.equal(await storage.users.find({ userId: 'x' }), null)
  t.equal(pool.totalCount, 1)
})

test('a statement that the server refuses costs no connection', async (t, url) => {
  const pool = postgresPool(t, url, one)
  const storage = postgresStorage({ pool })
  const pidOf = async () => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid
  const pid = await pidOf()
  await t.rejects(storage.users.find({ userId: 'x' }), { code: '42P01' })
  t.equal(await pidOf(), pid)
})

test('a method that waits for a lock too long is given up, and has done nothing', async (t, url) => {
  const pool = postgresPool(t, url)
  const storage = postgresStorage({ pool, statementTimeoutMilliseconds: 200 })
  await storage.migrate()
  const user = aUser()
  await storage.users.create(signUpOf(user))
  const other = await pool.connect()
  await other.query('begin')
  await other.query('select 1 from fast_auth_users for update')
  const opening = storage.sessions.open({
    session: aSession(user),
    proofs: [{ kind: 'password', hash: user.passwordHash }],
    maximumPerUser: 100,
  })
  await t.rejects(opening, { message: 'The database did not answer within 200 ms' })
  await other.query('commit')
  other.release()
  t.same((await storage.sessions.list({ userId: user.id, now, limit: 1, offset: 0 })).items, [])
  t.hasStrict(await storage.users.find({ userId: user.id }), { lastSignInAt: null })
})

test('a refresh that fails for good is said to have failed', async (t, url) => {
  const pool = postgresPool(t, url, one)
  const storage = postgresStorage({ pool })
  await storage.migrate()
  await pool.query('drop table fast_auth_sessions')
  await t.rejects(storage.sessions.rotate(rotationOf(aSession(aUser()))))
})
