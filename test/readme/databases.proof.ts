import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import t, { type Test } from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { postgresServer } from '../support/database-server.js'
import { setEnvironment } from '../support/environment.js'
import { secret } from '../support/secret.js'
import { soon } from '../support/soon.js'
import { block } from './readme.js'

const { missing: skip, createDatabase } = await postgresServer()

async function connect(t: Test, url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  t.teardown(() => client.end())
  return client
}

async function rowsOf(client: pg.Client, statement: string): Promise<unknown[]> {
  return (await client.query({ text: statement, rowMode: 'array' })).rows.flat()
}

/** Starts the application of this code on a database of its own, uses it and closes it while it listens. */
async function runAndClose(t: Test, code: string): Promise<pg.Client> {
  const folder = mkdtempSync(resolve('dist', 'docs-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const url = await createDatabase(t)
  setEnvironment(t, { AUTH_SECRET: secret, DATABASE_URL: url })
  writeFileSync(`${folder}/code.mjs`, code)
  const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${folder}/code.mjs`).href)
  const client = await connect(t, url)
  const { accessToken } = await signUpForTokens(app)
  const made = await app.inject({
    method: 'POST',
    url: '/auth/api-keys',
    headers: bearer(accessToken),
    payload: { name: 'deploy' },
  })
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(made.json().key) })).statusCode, 200)
  // The last statement of the connection that listens.
  const listening = "select pid from pg_stat_activity where datname = current_database() and query = 'select 1'"
  await soon(async () => (await rowsOf(client, listening)).length === 1)
  const payload = { ...ada, password: 'not the password', transport: 'token' }
  t.equal((await app.inject({ method: 'POST', url: '/auth/sign-in', payload })).statusCode, 401)
  await t.resolves(app.close())
  return client
}

const documented = block('postgres', 'docs/databases.md')
const hook = "app.addHook('onClose', () => pool.end())\n"

for (const [order, code] of [
  ['before fast-auth is registered, as documented', documented],
  ['after fast-auth is registered', `${documented.replace(hook, '')}\n${hook}`],
] as const) {
  t.test(
    `an application that adds its pool.end() hook ${order} closes, and has written what waited`,
    { skip },
    async t => {
      t.ok(code.includes(hook))
      const client = await runAndClose(t, code)
      const names = await rowsOf(client, 'select name from fast_auth_events order by happened_at, id')
      t.same(names, ['user_created', 'authn_login_success', 'authn_token_created', 'authn_login_fail'])
      t.not((await rowsOf(client, 'select last_used_at from fast_auth_api_keys'))[0], null)
    },
  )
}

t.test('no document and no example adds the hook that closes a connection after fast-auth is registered', async t => {
  const files = ['docs/databases.md', 'docs/redis.md', 'examples/redis.js', 'examples/behind-a-proxy/app.js']
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    const hooks = text.matchAll(/addHook\('onClose', (?:async )?\(\) => (?:pool|client)\./g)
    for (const { index } of hooks) {
      const rest = text.slice(index).split('```')[0] ?? ''
      t.match(rest, /await app\.register\(fastAuth/, file)
    }
  }
})
