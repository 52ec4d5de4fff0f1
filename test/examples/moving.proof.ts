import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'libsql'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { postgresPool, postgresServer } from '../support/database-server.js'
import { testApplication } from '../support/test-application.js'

const postgres = await postgresServer()
const skip = postgres.missing

interface Move {
  readonly tables: string
  readonly sql: string
  readonly script: string
  /** Whether the linked accounts are taken along. */
  readonly hasIdentities?: boolean
}

/** Takes a database along as the example says: its SQL, its script, the import. @returns who can sign in afterwards. */
async function moved(t: Test, { tables, sql, script, hasIdentities = false }: Move) {
  const pool = postgresPool(t, await postgres.createDatabase(t))
  await pool.query(tables)
  const { rows } = await pool.query({ text: readFileSync(`examples/moving/${sql}`, 'utf8'), rowMode: 'array' })
  const lines = rows.map(([row]) => `${JSON.stringify(row)}\n`).join('')
  const cwd = t.testdir()
  const run = (parts: readonly string[], input: string) =>
    spawnSync(process.execPath, parts, { cwd, input, encoding: 'utf8', env: { DATABASE_URL: 'sqlite:moved.db' } })
  const exported = run([resolve('examples/moving', script)], lines)
  t.equal(exported.stderr, '')
  const done = run([resolve('dist/lib/cli/main.js'), 'import', '-'], exported.stdout)
  t.equal(done.status, 0, done.stderr)
  const identities = hasIdentities ? run([resolve('examples/moving/identities.js')], lines) : null
  const database = new Database(join(cwd, 'moved.db'))
  // Twice: the user may run it again.
  for (const _ of [1, 2]) database.exec(identities?.stdout ?? '')
  database.close()
  const storage = sqliteStorage({ file: join(cwd, 'moved.db') })
  const { app } = await testApplication(t, { options: { storage } })
  async function signIn(email: string, password: string) {
    const payload = { email, password, transport: 'token' }
    const { statusCode } = await app.inject({ method: 'POST', url: '/auth/sign-in', payload })
    return { statusCode, user: await storage.users.findByEmail({ email }) }
  }
  /** Returns the address of the user of an identity. */
  async function ownerOf(issuer: string, subject: string) {
    const identity = await storage.identities.find({ issuer, subject })
    const user = identity && (await storage.users.find({ userId: identity.userId }))
    return user?.email
  }
  return { signIn, ownerOf, warnings: identities?.stderr ?? '' }
}

// The hash of the password by better-auth 1.7.5.
const betterAuthHash =
  '0675e07d7df43fc6f167f41cb25062db:38557f00a1d9f774d43c249ca43ee59ec57064364b66bc89a0a13efa2de57d5a1ce2e6a7caefaacf096574f7de8834490abb3b177852ce4a4bf3c46152c0ff24'
const betterAuthPassword = 'correct horse battéry'

const tenant = '11111111-2222-3333-4444-555555555555'

/** Returns a stored ID token of Microsoft. Only its tenant is read. */
const idTokenOf = (tid: string) => `e30.${Buffer.from(JSON.stringify({ tid })).toString('base64url')}.c2ln`

t.test('users of better-auth keep their passwords and linked accounts', { skip }, async t => {
  const { signIn, ownerOf, warnings } = await moved(t, {
    hasIdentities: true,
    tables: `
      create table "user" (id text primary key, name text not null, email text not null unique,
        "emailVerified" boolean not null, image text, "createdAt" timestamptz not null, "updatedAt" timestamptz not null);
      create table account (id text primary key, "accountId" text not null, "providerId" text not null,
        "userId" text not null references "user", "accessToken" text, "idToken" text, password text, "createdAt" timestamptz not null);
      insert into "user" values
        ('1', 'Ada', 'ada@example.com', true, null, '2024-02-29T12:00:00Z', '2025-01-01T00:00:00Z'),
        ('2', 'Ben', 'ben@example.com', false, null, '2024-03-01T12:00:00Z', '2025-01-01T00:00:00Z'),
        ('3', 'Cyd', 'cyd@example.com', true, null, '2024-03-02T12:00:00Z', '2025-01-01T00:00:00Z');
      insert into account values
        ('a', '1', 'credential', '1', null, null, '${betterAuthHash}', now()),
        ('b', '2', 'credential', '2', null, null, '${betterAuthHash}', now()),
        ('c', '4711', 'github', '3', 'a token', null, null, now()), ('d', '4712', 'github', '1', 'a token', null, null, now()),
        ('e', 'sub''1', 'microsoft', '3', null, '${idTokenOf(tenant)}', null, now()), ('f', '1', 'line', '2', null, null, null, now())`,
    sql: 'better-auth.sql',
    script: 'from-better-auth.js',
  })
  const ada = await signIn('ada@example.com', betterAuthPassword)
  t.equal(ada.statusCode, 200)
  t.match(ada.user, { createdAt: Date.UTC(2024, 1, 29, 12), emailConfirmedAt: Number, profile: { name: 'Ada' } })
  t.equal((await signIn('ada@example.com', 'incorrect horse')).statusCode, 401)
  const ben = await signIn('ben@example.com', betterAuthPassword)
  t.equal(ben.statusCode, 200)
  t.equal(ben.user?.emailConfirmedAt, null)
  t.equal((await signIn('cyd@example.com', betterAuthPassword)).user?.passwordHash, null)
  t.equal(await ownerOf('https://github.com/login/oauth', '4712'), 'ada@example.com')
  t.equal(await ownerOf('https://github.com/login/oauth', '4711'), 'cyd@example.com')
  t.equal(await ownerOf(`https://login.microsoftonline.com/${tenant}/v2.0`, "sub'1"), 'cyd@example.com')
  t.equal(warnings, 'The issuer of an account at line is unknown: user 2 must link it again\n')
})

t.test('users of Auth.js keep their linked accounts', { skip }, async t => {
  const { ownerOf, signIn } = await moved(t, {
    hasIdentities: true,
    tables: `
      create table users (id serial primary key, name varchar(255), email varchar(255), "emailVerified" timestamptz, image text);
      create table accounts (id serial primary key, "userId" integer not null, type varchar(255) not null,
        provider varchar(255) not null, "providerAccountId" varchar(255) not null, refresh_token text, access_token text,
        expires_at bigint, id_token text, scope text, session_state text, token_type text);
      insert into users (name, email, "emailVerified") values
        ('Ada', 'ada@example.com', null), (null, 'ben@example.com', '2024-02-29T12:00:00Z'), ('Cyd', null, null);
      insert into accounts ("userId", type, provider, "providerAccountId", id_token) values
        (1, 'oidc', 'google', '1234', null), (1, 'oidc', 'microsoft-entra-id', 'abc', '${idTokenOf(tenant)}'),
        (3, 'oauth', 'github', '1', null)`,
    sql: 'auth-js.sql',
    script: 'from-auth-js.js',
  })
  t.equal(await ownerOf('https://accounts.google.com', '1234'), 'ada@example.com')
  t.equal(await ownerOf(`https://login.microsoftonline.com/${tenant}/v2.0`, 'abc'), 'ada@example.com')
  t.equal(
    await ownerOf('https://github.com/login/oauth', '1'),
    undefined,
    'a user without an address is not taken along',
  )
  const ben = await signIn('ben@example.com', 'no password is right')
  t.equal(ben.statusCode, 401)
  t.hasStrict(ben.user, { passwordHash: null, emailConfirmedAt: Date.UTC(2024, 1, 29, 12), profile: {} })
})

t.test('users of a table with bcrypt hashes sign in with their old passwords', { skip }, async t => {
  // The hash of the password `U*U`, from the test vectors of crypt_blowfish.
  const hash = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'
  const { signIn } = await moved(t, {
    tables: `
      create table users (id serial primary key, email text unique, password_hash text, created_at timestamptz, verified_at timestamptz);
      insert into users (email, password_hash, created_at, verified_at) values
        ('Ada@example.com', '${hash}', '2019-11-05T08:15:30.123Z', '2019-11-06T00:00:00Z'),
        ('ben@example.com', '${hash}', '2019-11-05T08:15:30.123Z', null)`,
    sql: 'bcrypt-table.sql',
    script: 'from-bcrypt-table.js',
  })
  const ada = await signIn('ada@example.com', 'U*U')
  t.equal(ada.statusCode, 200)
  t.hasStrict(ada.user, { createdAt: Date.UTC(2019, 10, 5, 8, 15, 30, 123), emailConfirmedAt: Date.UTC(2019, 10, 6) })
  t.equal((await signIn('ben@example.com', 'U*U')).user?.emailConfirmedAt, null)
  t.equal((await signIn('ben@example.com', 'U*V')).statusCode, 401)
})
