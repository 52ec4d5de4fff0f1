import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { fastAuthCommand } from './fixtures/shell.js'

t.test('migrate makes the tables of DATABASE_URL and says so', async t => {
  const folder = t.testdir()
  const { exitCode, stdout, stderr } = await fastAuthCommand(['migrate'], folder, { DATABASE_URL: 'sqlite:users.db' })
  t.same(
    { exitCode, stdout, stderr },
    { exitCode: 0, stdout: 'The tables of the database are at the current version.\n', stderr: '' },
  )
  const storage = sqliteStorage({ file: resolve(folder, 'users.db') })
  t.teardown(() => storage.close())
  t.equal(await storage.users.findByEmail({ email: 'ada@example.com' }), null)
})

t.test('migrate can be repeated', async t => {
  const folder = t.testdir()
  await fastAuthCommand(['migrate'], folder)
  t.hasStrict(await fastAuthCommand(['migrate'], folder), { exitCode: 0, stderr: '' })
})

t.test('migrate looks at no other variable', async t => {
  const env = { DATABASE_URL: 'memory:', PORT: 'eighty', NODE_ENV: 'production', MAIL_URL: 'console:' }
  t.hasStrict(await fastAuthCommand(['migrate'], t.testdir(), env), { exitCode: 0, stderr: '' })
})

t.test('a dry run prints the SQL and makes no file', async t => {
  const folder = t.testdir()
  const { exitCode, stdout } = await fastAuthCommand(['migrate', '--dry-run'], folder, {
    DATABASE_URL: 'sqlite:users.db',
  })
  t.equal(exitCode, 0)
  t.match(stdout, /^create table "fast_auth_users" .+;$/m)
  t.same(readdirSync(folder), [])
  await fastAuthCommand(['migrate'], folder, { DATABASE_URL: 'sqlite:users.db' })
  const again = await fastAuthCommand(['migrate', '--dry-run'], folder, { DATABASE_URL: 'sqlite:users.db' })
  t.equal(again.stdout, '-- The tables of the database are at the current version.\n')
})

t.test('a dry run on a storage without tables prints that there is nothing to do', async t => {
  t.match(await fastAuthCommand(['migrate', '--dry-run'], t.testdir(), { DATABASE_URL: 'memory:' }), {
    exitCode: 0,
    stdout: /^-- /,
  })
})
