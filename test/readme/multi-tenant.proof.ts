import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import t, { type Test } from 'tap'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { currentOrganization } from '../../lib/index.js'
import { signUpUser } from '../../lib/testing/index.js'
import { postgresServer, runOnPostgres } from '../support/database-server.js'
import { setEnvironment } from '../support/environment.js'
import { testApplication } from '../support/test-application.js'
import { block } from './readme.js'

const file = 'docs/multi-tenant.md'
const { missing: skip, createDatabase } = await postgresServer()

/** A folder inside the package, so that `pg` and `fast-auth` in an import are found. */
const folder = mkdtempSync(resolve('dist', 'multi-tenant-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

interface Member {
  readonly id: string
  readonly organization: { readonly id: string; readonly role: string }
}

type Work<Result> = (client: pg.PoolClient) => Promise<Result>

/** Roles belong to the server, not to a database: each test has its own. */
const named = (text: string, role: string) => text.replace(/\btenant(?=\b|_login\b)/g, role)

/**
 * An application on PostgreSQL with the documented table, policies and transaction, and owners of two organisations. No connection is
 * that of a superuser, whom no policy restricts.
 * @param settings options of the documented pool
 */
async function tenants(t: Test, settings: pg.PoolConfig = {}) {
  const server = await createDatabase(t)
  const role = `tenant_${randomBytes(6).toString('hex')}`
  const ownerRole = `${role}_owner`
  const database = new URL(server).pathname.slice(1)
  await runOnPostgres(
    server,
    `create role ${ownerRole} login createrole; alter database ${database} owner to ${ownerRole}`,
  )
  const urlOf = (username: string) => Object.assign(new URL(server), { username }).href
  const url = urlOf(`${role}_login`)
  setEnvironment(t, { TENANT_DATABASE_URL: url })
  writeFileSync(`${folder}/${role}.mjs`, named(block('transaction', file), role))
  const { pool, inOrganization } = (await import(pathToFileURL(`${folder}/${role}.mjs`).href)) as {
    readonly pool: pg.Pool
    inOrganization<Result>(user: Member, work: Work<Result>): Promise<Result>
  }
  Object.assign(pool.options, settings)
  const ownerPool = new pg.Pool({ connectionString: urlOf(ownerRole) })
  t.teardown(async () => {
    await Promise.all([pool.end(), ownerPool.end()])
    const roles = `${ownerRole}, ${role}, ${role}_login`
    await runOnPostgres(server, `reassign owned by ${roles} to postgres; drop owned by ${roles}; drop role ${roles}`)
  })
  const storage = postgresStorage({ pool: ownerPool })
  const { app } = await testApplication(t, { mail: true, options: { organizations: {}, storage } })
  for (const marker of ['table', 'policies', 'role policy']) await ownerPool.query(named(block(marker, file), role))

  async function owner() {
    const signedIn = await signUpUser(app)
    const request = { method: 'POST', url: '/auth/organizations', payload: { name: 'Engines' } } as const
    const { id } = (await signedIn.inject(request)).json()
    const user: Member = { id: signedIn.user.id, organization: { id, role: 'owner' } }
    const add = (organizationId = id) =>
      inOrganization(user, client =>
        client.query('insert into projects (organization_id, name) values ($1, $2)', [organizationId, 'Difference']),
      )
    await add()
    return { user, signedIn, id, add }
  }

  return { pool, ownerPool, role, url, inOrganization, one: await owner(), other: await owner() }
}

t.test('each organisation reads, changes and inserts its own rows, and no others', { skip }, async t => {
  const { inOrganization, one, other } = await tenants(t)
  for (const { user, id } of [one, other]) {
    const { rows } = await inOrganization(user, client => client.query('select organization_id from projects'))
    t.same(rows, [{ organization_id: id }])
  }
  await t.rejects(one.add(other.id), { code: '42501' }, 'no row for another organisation')
  const update = { text: "update projects set name = 'Mine' where organization_id = $1", values: [other.id] }
  t.equal((await inOrganization(one.user, client => client.query(update))).rowCount, 0)
  const moved = { text: 'update projects set organization_id = $1', values: [other.id] }
  await t.rejects(
    inOrganization(one.user, client => client.query(moved)),
    { code: '42501' },
    'no row is moved',
  )
  await t.rejects(
    inOrganization(one.user, client => client.query('select * from fast_auth_users')),
    { code: '42501' },
  )
})

t.test('without claims there are no rows, and no setting outlives its transaction', { skip }, async t => {
  const { pool, role, inOrganization, one } = await tenants(t)
  await inOrganization(one.user, client => client.query('select 1'))
  const { rows } = await pool.query(
    "select current_user as role, current_setting('request.jwt.claims', true) as claims",
  )
  t.not(rows[0].role, role)
  t.notOk(rows[0].claims)
  const client = await pool.connect()
  t.teardown(() => client.release())
  await client.query('begin')
  await client.query(`set local role ${role}`)
  t.equal((await client.query('select * from projects')).rowCount, 0)
  const insert = { text: 'insert into projects (organization_id, name) values ($1, $2)', values: [one.id, 'Stolen'] }
  await t.rejects(client.query(insert), { code: '42501' })
  await client.query('rollback')
})

t.test(
  'a role without the right deletes no row, and a deleted organisation takes its rows along',
  { skip },
  async t => {
    const { ownerPool, inOrganization, one, other } = await tenants(t)
    const member = { ...one.user, organization: { id: one.id, role: 'member' } }
    const remove: Work<number | null> = async client => (await client.query('delete from projects')).rowCount
    t.equal(await inOrganization(member, remove), 0)
    t.equal(await inOrganization(one.user, remove), 1)
    const deleted = await other.signedIn.inject({ method: 'DELETE', url: `/auth/organizations/${other.id}` })
    t.equal(deleted.statusCode, 204)
    t.equal((await ownerPool.query('select * from projects')).rowCount, 0)
  },
)

t.test('a query that forgets the function is refused, and so is one that resets the role', { skip }, async t => {
  const { pool, inOrganization, one } = await tenants(t)
  for (const text of ['select * from projects', 'delete from projects', 'select * from fast_auth_users'])
    await t.rejects(pool.query(text), { code: '42501' }, text)
  const reset: Work<unknown> = async client => {
    await client.query('reset role')
    return client.query('select * from projects')
  }
  await t.rejects(inOrganization(one.user, reset), { code: '42501' })
})

t.test('a connection whose transaction may be open does not return to the pool', { skip }, async t => {
  const { pool, role, inOrganization, one, other } = await tenants(t, { max: 1, query_timeout: 300 })
  const slow: Work<unknown> = async client => {
    await client.query('insert into projects (organization_id, name) values ($1, $2)', [one.id, 'Half done'])
    return client.query('select pg_sleep(2)')
  }
  await t.rejects(inOrganization(one.user, slow), { message: 'Query read timeout' })
  const { rows } = await pool.query('select current_user as role')
  t.strictSame(rows, [{ role: `${role}_login` }])
  const names: Work<unknown[]> = async client => (await client.query('select organization_id from projects')).rows
  t.strictSame(await inOrganization(other.user, names), [{ organization_id: other.id }])
  t.strictSame(await inOrganization(one.user, names), [{ organization_id: one.id }], 'nothing half done is stored')
})

t.test('the documented function for Kysely separates organisations too', { skip }, async t => {
  const { role, url, one, other } = await tenants(t)
  writeFileSync(`${folder}/kysely-${role}.mjs`, named(block('kysely', file), role))
  const { inOrganization } = await import(pathToFileURL(`${folder}/kysely-${role}.mjs`).href)
  const database = new Kysely<{ projects: { organization_id: string } }>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }),
  })
  t.teardown(() => database.destroy())
  for (const { user, id } of [one, other]) {
    const rows = await inOrganization(database, user, (transaction: typeof database) =>
      transaction.selectFrom('projects').select('organization_id').execute(),
    )
    t.same(rows, [{ organization_id: id }])
  }
})

t.test('the documented scope guards its routes, and the documented test finds one without a guard', async t => {
  writeFileSync(`${folder}/separated.mjs`, block('tenancy test', file))
  const { assertSeparated } = await import(pathToFileURL(`${folder}/separated.mjs`).href)
  const { app } = await testApplication(t, {
    mail: true,
    options: { organizations: {} },
    async after(app) {
      const [, statements = ''] = block('scope', file).split(/^import .+$/m)
      const register = `return (async () => {\n${statements}\n})()`
      const list = async (organizationId: string) => [{ organizationId }]
      const names = ['app', 'currentOrganization', 'listProjects', 'listInvoices']
      await new Function(...names, register)(app, currentOrganization, list, list)
      app.get('/open/:organizationId', async () => [])
    },
  })
  const guarded = (id: string) => [{ url: `/${id}/projects` }, { url: `/${id}/invoices` }]
  await t.resolves(assertSeparated(app, guarded))
  await t.rejects(assertSeparated(app, (id: string) => [{ url: `/open/${id}` }]))
  t.equal((await (await signUpUser(app)).inject(`/${randomUUID()}/projects`)).statusCode, 404)
})
