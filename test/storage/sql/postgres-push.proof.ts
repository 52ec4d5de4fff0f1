import type pg from 'pg'
import t, { type Test } from 'tap'
import { rotationOf } from '../../../lib/conformance/account-requests.js'
import { storeAccount } from '../../../lib/conformance/stored-records.js'
import { type PostgresStorageOptions, postgresStorage } from '../../../lib/engines/postgres.js'
import { randomOrganization } from '../../../lib/features/organizations/conformance/organization-account.js'
import type { PostgresPool } from '../../../lib/storage/sql/postgres-dialect.js'
import { cutPostgres, postgresPool, postgresServer } from '../../support/database-server.js'
import { soon } from '../../support/soon.js'

const server = await postgresServer()
const skip = server.missing

/** A storage, the pool and the URL behind it. */
async function opened(t: Test, options: Partial<PostgresStorageOptions> = {}, settings: pg.PoolConfig = {}) {
  const url = await server.createDatabase(t)
  const pool = postgresPool(t, url, settings)
  const storage = postgresStorage({ pool, ...options })
  await storage.migrate()
  return { url, pool, storage }
}

/** Listens until the end of the test. */
async function listenTo(t: Test, storage: ReturnType<typeof postgresStorage>) {
  const heard: string[] = []
  const listener = await storage.revocations.listen?.({
    onRevocation: () => heard.push('revoked'),
    onLoss: ({ message }) => heard.push(message),
  })
  t.teardown(() => listener?.close())
  return { heard, listener }
}

/** Each statement runs on any free connection of the server, as with PgBouncer in transaction mode. */
function betweenTransactions(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect()
      return Object.assign(Object.create(client), { query: (statement: pg.QueryConfig) => pool.query(statement) })
    },
  }
}

t.test('a transaction that is rolled back sends no notification', { skip }, async t => {
  const { storage, pool } = await opened(t)
  const { user, now } = await storeAccount(storage)
  const { heard } = await listenTo(t, storage)
  await pool.query('alter table fast_auth_sessions add constraint keep check (id is not null)')
  await pool.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'not today'; end $$;
    create trigger refuse before delete on fast_auth_sessions execute function refuse()`)
  await t.rejects(storage.sessions.revokeAll({ userId: user.id, now }), { message: 'not today' })
  await pool.query('drop trigger refuse on fast_auth_sessions')
  t.same(heard, [])
  await storage.sessions.revokeAll({ userId: user.id, now })
  await soon(() => heard.length > 0)
  t.same(heard, ['revoked'], 'many lines of one transaction cause one notification')
})

t.test('a recorded refresh sends no notification, since every process would read the feed', { skip }, async t => {
  const { storage } = await opened(t)
  const account = await storeAccount(storage)
  const [, other] = account.sessions
  const { heard } = await listenTo(t, storage)
  const rotation = rotationOf(account, { recordSuperseded: true })
  t.equal((await storage.sessions.rotate(rotation)).outcome, 'rotated')
  t.equal((await storage.revocations.list({ since: account.now, limit: 9 })).length, 1)
  await storage.sessions.revoke({ sessionId: other.id, now: account.now })
  await soon(() => heard.length > 0)
  t.same(heard, ['revoked'])
})

t.test(
  'a changed membership sends a notification, since access tokens name the former role; a switch does not',
  { skip },
  async t => {
    const { storage } = await opened(t)
    const account = await storeAccount(storage)
    const { user, now } = account
    const [{ id: sessionId }] = account.sessions
    const organization = randomOrganization(now)
    const asking = { sessionId, now }
    await storage.organizations.create({ organization, userId: user.id, maximumOwned: 1, asking })
    const place = { organizationId: organization.id, userId: user.id }
    const { heard } = await listenTo(t, storage)
    await storage.memberships.switch({ ...place, sessionId, idleExpiresAt: now + 1, now })
    const actor = { userId: user.id, atLeast: 'owner', ownRoles: {} } as const
    const change = await storage.memberships.changeRole({ ...place, role: 'owner', actor, now: now + 1 })
    t.hasStrict(change, { outcome: 'changed', endedGenerations: [{ sessionId, generation: 1 }] })
    await soon(() => heard.length > 0)
    t.same(heard, ['revoked'])
  },
)

t.test('applications with separate tables in one database do not notify each other', { skip }, async t => {
  const { storage, pool } = await opened(t)
  await pool.query('create schema other')
  const others = [postgresStorage({ pool, tablePrefix: 'b_' }), postgresStorage({ pool, schema: 'other' })]
  for (const one of others) await one.migrate()
  const listening = await Promise.all([storage, ...others].map(one => listenTo(t, one)))
  for (const one of [...others, storage]) {
    const { user, now } = await storeAccount(one)
    await one.sessions.revokeAll({ userId: user.id, now })
  }
  await soon(() => listening.every(({ heard }) => heard.length > 0))
  t.same(
    listening.map(({ heard }) => heard),
    [['revoked'], ['revoked'], ['revoked']],
  )
})

t.test('a listener is notified when the connection is cut, and other methods continue', { skip }, async t => {
  const { storage, url } = await opened(t)
  const { heard, listener } = await listenTo(t, storage)
  await cutPostgres(url)
  await soon(() => heard.length > 0)
  t.same(heard, ['The connection that listens to PostgreSQL is lost'])
  await t.rejects(Promise.resolve(listener?.ping()))
  await t.resolves(Promise.resolve(listener?.close()), 'which has nothing left to close')
  await soon(() =>
    storage.ping().then(
      () => true,
      () => false,
    ),
  )
  const again = await listenTo(t, storage)
  await t.resolves(Promise.resolve(again.listener?.ping()))
  t.same(again.heard, [], 'a ping is no revocation')
})

t.test('a connection that listened is not lent again', { skip }, async t => {
  const { storage, pool } = await opened(t, {}, { max: 2 })
  const { listener } = await listenTo(t, storage)
  t.equal(pool.totalCount - pool.idleCount, 1, 'it is kept meanwhile')
  const [{ pid }] = (await pool.query(`select pid from pg_stat_activity where query = 'select 1'`)).rows
  await listener?.close()
  await soon(async () => (await pool.query('select from pg_stat_activity where pid = $1', [pid])).rows.length === 0)
  t.equal(pool.totalCount - pool.idleCount, 0)
})

t.test('if notifications do not arrive, it says so, and keeps no connection', { skip }, async t => {
  const { url } = await opened(t)
  const pool = postgresPool(t, url)
  const storage = postgresStorage({ pool: betweenTransactions(pool) })
  await t.rejects(listenTo(t, storage), {
    message: 'PostgreSQL does not pass on what NOTIFY sends: behind PgBouncer in transaction mode, set push to false',
  })
  t.equal(pool.totalCount - pool.idleCount, 0)
})

t.test(
  'with push: false, or a pool of one connection, there are no notifications and no listener',
  { skip },
  async t => {
    const { storage, url } = await opened(t)
    const { heard } = await listenTo(t, storage)
    const silent = [
      postgresStorage({ pool: postgresPool(t, url), push: false }),
      postgresStorage({ pool: postgresPool(t, url, { max: 1 }) }),
    ]
    for (const one of silent) {
      t.equal(one.revocations.listen, undefined)
      const { user, now } = await storeAccount(one)
      await one.sessions.revokeAll({ userId: user.id, now })
    }
    t.same(heard, [])
    const { user, now } = await storeAccount(storage)
    await storage.sessions.revokeAll({ userId: user.id, now })
    await soon(() => heard.length > 0)
    t.same(heard, ['revoked'])
  },
)

t.test('a process can exit while a listener is connected', { skip }, async t => {
  const { storage, pool } = await opened(t)
  const unreferenced: unknown[] = []
  pool.on('acquire', client => {
    const { unref } = client as unknown as { unref(): void }
    Object.assign(client, { unref: () => unreferenced.push(Reflect.apply(unref, client, [])) })
  })
  await listenTo(t, storage)
  t.equal(unreferenced.length, 1)
})
