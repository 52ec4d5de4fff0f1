import { pbkdf2Sync, randomBytes, scryptSync } from 'node:crypto'
import { join } from 'node:path'
import { hash as argon2 } from '@node-rs/argon2'
import bcrypt from 'bcrypt'
import t from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada, signInForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { fastAuthCommand } from './fixtures/shell.js'

const count = 10_000
const { password } = ada
const emailOf = (index: number) => `user${index}@example.com`
const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** The password as five other systems keep it, made with their libraries and their costs. */
async function foreignHashes(): Promise<string[]> {
  const salt = randomBytes(16)
  const derived = pbkdf2Sync(password, salt, 29_000, 32, 'sha256')
  const drawn = scryptSync(password, salt, 32, { N: 2 ** 14, r: 8, p: 1 })
  return [
    await bcrypt.hash(password, 4),
    (await bcrypt.hash(password, 5)).replace('$2b$', '$2y$'),
    await argon2(password, { memoryCost: 4096, timeCost: 3, parallelism: 1 }),
    `$scrypt$ln=14,r=8,p=1$${unpadded(salt)}$${unpadded(drawn)}`,
    `$pbkdf2-sha256$29000$${unpadded(salt).replaceAll('+', '.')}$${unpadded(derived).replaceAll('+', '.')}`,
  ]
}

t.test(
  'ten thousand users are imported and sign in with their old passwords, and each hash is replaced once',
  async t => {
    const hashes = await foreignHashes()
    const lines = Array.from({ length: count }, (_, index) =>
      JSON.stringify({ email: emailOf(index), passwordHash: hashes[index % hashes.length] }),
    )
    const folder = t.testdir({ 'users.ndjson': lines.join('\n') })
    const env = { DATABASE_URL: 'sqlite:users.db' }
    t.strictSame(await fastAuthCommand(['import', 'users.ndjson'], folder, env), {
      exitCode: 0,
      stdout: '10,000 imported, 0 already present, 0 skipped as invalid.\n',
      stderr: '10,000 lines, 100 %\n',
    })

    const storage = sqliteStorage({ file: join(folder, 'users.db') })
    const { app, events } = await testApplication(t, {
      options: { storage, passwords: { hasher: 'argon2id:m=7168,t=5,p=1' } },
    })
    const upgrades = () => events.filter(({ name }) => name === 'password_rehashed').length
    const hashOf = async (email: string) => (await storage.users.findByEmail({ email }))?.passwordHash
    for (const index of [0, 1, 2, 3, 4, 4_999, 7_777, count - 1]) {
      const email = emailOf(index)
      t.equal(await hashOf(email), hashes[index % hashes.length], 'the hash came as it was')
      await t.rejects(signInForTokens(app, { email, password: 'incorrect horse' }), /answered 401/)
      events.length = 0
      await signInForTokens(app, { email, password })
      const upgraded = await hashOf(email)
      t.match(upgraded, /^\$argon2id\$v=19\$m=7168,t=5,p=1\$/)
      await signInForTokens(app, { email, password })
      t.same([upgrades(), await hashOf(email)], [1, upgraded], 'once')
      await t.rejects(signInForTokens(app, { email, password: 'incorrect horse' }), /answered 401/)
    }
  },
)
