import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { randomApiKey, randomUser } from '../../lib/conformance/random-records.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { newApiKey } from '../../lib/features/api-keys/api-key-text.js'
import { soon } from '../support/soon.js'
import { mainWords } from './fixtures/main-words.js'
import { serveHere } from './fixtures/running-server.js'
import { fastAuthCommand } from './fixtures/shell.js'

const env = { DATABASE_URL: 'sqlite:users.db' }

/** A folder with a database in which Ada has a key that begins with `prefix`. */
async function folderWithKey(t: Test, prefix = 'sk-') {
  const folder = t.testdir()
  const storage = sqliteStorage({ file: resolve(folder, 'users.db') })
  t.teardown(() => storage.close())
  await storage.migrate()
  const user = randomUser()
  const { key, ...made } = newApiKey(prefix)
  const apiKey = randomApiKey(user, made)
  await storage.users.create(signUpOf(user))
  await storage.apiKeys.create({ apiKey, maximumPerUser: 1 })
  const isAlive = async () => (await storage.apiKeys.findByHash({ hash: made.hash, now: Date.now() })) !== null
  const sentence = `The API key ${apiKey.id} of user ${user.id} is revoked.`
  return { folder, key, isAlive, sentence }
}

t.test('revoke-key deletes the key that is its word, and says whose it was', async t => {
  const { folder, key, isAlive, sentence } = await folderWithKey(t, 'acme_live_')
  const { exitCode, stdout, stderr } = await fastAuthCommand(['revoke-key', key], folder, env)
  t.ok(stdout.startsWith(sentence), stdout)
  t.match(stdout, /within "revocationFeed\.everySeconds" \(default 1\), unless their "revocation" is "none"\.\n$/)
  t.same([exitCode, stderr, await isAlive()], [0, '', false])
})

for (const [how, type] of Object.entries({
  'in one piece': (key: string) => [`${key}\n`],
  'in pieces, with blanks and more lines': (key: string) => [
    ' ',
    key.slice(0, 9),
    `${key.slice(9)} \r\nmore`,
    '\nlines',
  ],
  'without an end of the line': (key: string) => [key],
})) {
  t.test(`revoke-key without a word reads the key from the standard input, ${how}`, async t => {
    const { folder, key, isAlive, sentence } = await folderWithKey(t)
    const { exitCode, stdout, stderr } = await fastAuthCommand(['revoke-key'], folder, env, {
      stdin: Readable.from(type(key)),
    })
    t.ok(stdout.startsWith(sentence), stdout)
    t.same([exitCode, stderr, await isAlive()], [0, 'Type the key and press Enter: ', false])
  })
}

t.test('a server that honoured the key a moment ago learns that it is revoked', async t => {
  const { folder, key } = await folderWithKey(t)
  const { url } = await serveHere(t, folder, env)
  const statusOf = async () => (await fetch(`${url}/auth/me`, { headers: { authorization: `Bearer ${key}` } })).status
  t.same([await statusOf(), await statusOf()], [200, 200])
  await fastAuthCommand(['revoke-key', key], folder, env)
  const seconds = await soon(async () => (await statusOf()) === 401)
  t.ok(seconds < 3, `${seconds} s, on a machine that may be busy`)
})

t.test('revoke-key says that a key is mistyped, and repeats none of it', async t => {
  const { folder, key, isAlive } = await folderWithKey(t)
  const mistyped = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`
  const { exitCode, stdout, stderr } = await fastAuthCommand(['revoke-key', mistyped], folder, env)
  t.equal(stderr, 'fast-auth: This is not an API key: its checksum is wrong. Nothing was changed.\n')
  t.same([exitCode, stdout, await isAlive()], [1, '', true])
})

t.test('revoke-key reads no further than a key can be long', async t => {
  const { folder } = await folderWithKey(t)
  async function* endless() {
    for (;;) yield 'x'.repeat(600)
  }
  const { exitCode, stderr } = await fastAuthCommand(['revoke-key'], folder, env, { stdin: Readable.from(endless()) })
  t.match(stderr, 'This is not an API key')
  t.equal(exitCode, 1)
})

t.test('revoke-key says that there is no such key, also if it was revoked before', async t => {
  const { folder, key } = await folderWithKey(t)
  await fastAuthCommand(['revoke-key', key], folder, env)
  for (const gone of [key, newApiKey('sk-').key]) {
    const { exitCode, stdout, stderr } = await fastAuthCommand(['revoke-key', gone], folder, env)
    t.equal(stderr, 'fast-auth: This API key does not exist or was deleted. Nothing was changed.\n')
    t.same([exitCode, stdout], [1, ''])
  }
})

t.test('revoke-key looks at no other variable, and needs a database that can be opened', async t => {
  const { folder, key } = await folderWithKey(t)
  const strange = { ...env, PORT: 'eighty', NODE_ENV: 'production', JWT_SECRET_KEY: 'short' }
  t.equal((await fastAuthCommand(['revoke-key', key], folder, strange)).exitCode, 0)
  const nowhere = await fastAuthCommand(['revoke-key', key], folder, { DATABASE_URL: 'sqlite:no-such-folder/users.db' })
  t.match(nowhere, { exitCode: 1, stderr: /^fast-auth: Cannot open the SQLite file/ })
})

t.test('the process reads the key from its standard input, and ends when the line does', async t => {
  const { folder, key, isAlive, sentence } = await folderWithKey(t)
  const main = [...mainWords, 'revoke-key']
  const { status, stdout } = spawnSync(process.execPath, main, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input: `${key}\n`,
  })
  t.ok(stdout.startsWith(sentence), stdout)
  t.same([status, await isAlive()], [0, false])
})
