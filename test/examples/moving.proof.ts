import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { postgresPool, postgresServer } from '../support/database-server.js'
import { testApplication } from '../support/test-application.js'

const postgres = await postgresServer()
const skip = postgres.missing

/** Takes a database along as the example says: its SQL, its script, the import. @returns who can sign in afterwards. */
async function moved(t: Test, { tables, sql, script }: { tables: string; sql: string; script: string }) {
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
  const storage = sqliteStorage({ file: join(cwd, 'moved.db') })
  const { app } = await testApplication(t, { options: { storage } })
  return async (email: string, password: string) => {
    const payload = { email, password, transport: 'token' }
    const { statusCode } = await app.inject({ method: 'POST', url: '/auth/sign-in', payload })
    return { statusCode, user: await storage.users.findByEmail({ email }) }
  }
}

// The hash of the password by better-auth 1.7.5.
const betterAuthHash =
  '0675e07d7df43fc6f167f41cb25062db:38557f00a1d9f774d43c249ca43ee59ec57064364b66bc89a0a13efa2de57d5a1ce2e6a7caefaacf096574f7de8834490abb3b177852ce4a4bf3c46152c0ff24'
const betterAuthPassword = 'correct horse battéry'

t.test('users of better-auth sign in with their old passwords', { skip }, async t => {
  const signIn = await moved(t, {
    tables: `
      create table "user" (id text primary key, name text not null, email text not null unique,
        "emailVerified" boolean not null, image text, "createdAt" timestamptz not null, "updatedAt" timestamptz not null);
      create table account (id text primary key, "accountId" text not null, "providerId" text not null,
        "userId" text not null references "user", "accessToken" text, password text);
      insert into "user" values
        ('1', 'Ada', 'ada@example.com', true, null, '2024-02-29T12:00:00Z', '2025-01-01T00:00:00Z'),
        ('2', 'Ben', 'ben@example.com', false, null, '2024-03-01T12:00:00Z', '2025-01-01T00:00:00Z'),
        ('3', 'Cyd', 'cyd@example.com', true, null, '2024-03-02T12:00:00Z', '2025-01-01T00:00:00Z');
      insert into account values
        ('a', '1', 'credential', '1', null, '${betterAuthHash}'), ('b', '2', 'credential', '2', null, '${betterAuthHash}'),
        ('c', '4711', 'github', '3', 'a token', null), ('d', '4712', 'github', '1', 'a token', null)`,
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
  t.equal((await signIn('cyd@example.com', betterAuthPassword)).user, null, 'a user without a password is not exported')
})

t.test('users of a table with bcrypt hashes sign in with their old passwords', { skip }, async t => {
  // The hash of the password `U*U`, from the test vectors of crypt_blowfish.
  const hash = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'
  const signIn = await moved(t, {
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
