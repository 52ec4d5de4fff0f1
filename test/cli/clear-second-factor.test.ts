import { resolve } from 'node:path'
import Database from 'libsql'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { storeProtectedAccount } from '../../lib/features/second-factor/conformance/protected-account.js'
import { openMessage } from '../../lib/mail/message-writer.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createSealer } from '../../lib/tokens/sealer.js'
import { secret } from '../support/secret.js'
import { fastAuthCommand } from './fixtures/shell.js'

/** A folder with a database in which a user has an authenticator app. */
async function folderWithFactor(t: Test, env: Readonly<Record<string, string>> = { JWT_SECRET_KEY: secret }) {
  const folder = t.testdir()
  const storage = sqliteStorage({ file: resolve(folder, 'users.db') })
  t.teardown(() => storage.close())
  await storage.migrate()
  const { user, now } = await storeProtectedAccount(storage)
  const { id: userId } = user
  return {
    user,
    folder,
    storage,
    clear: (key: string) =>
      fastAuthCommand(['user', 'clear-second-factor', key], folder, { DATABASE_URL: 'sqlite:users.db', ...env }),
    factors: () => storage.secondFactors.find({ userId }),
    sessions: async () => (await storage.sessions.list({ userId, limit: 10, offset: 0, now })).items.length,
  }
}

t.test('user clear-second-factor ends the sessions, writes the message, and stores the event', async t => {
  const { user, storage, clear, factors, sessions } = await folderWithFactor(t)
  const { exitCode, stdout, stderr } = await clear(user.email)
  t.strictSame([exitCode, stderr], [0, ''])
  t.match(stdout, `The second factor of user ${user.id} is cleared`)
  t.strictSame([await factors(), await sessions()], [{ totp: null, recoveryCodesLeft: 0 }, 0])
  const events = await storage.events.list({ userId: user.id, limit: 10 })
  t.strictSame(events.map(({ name }) => name).toSorted(), [
    'authn_second_factor_change',
    ...Array(3).fill('authn_token_revoked'),
  ])
  const claimed = await storage.outbox.claim({ now: Date.now(), leaseUntil: Date.now() + 60_000, limit: 10 })
  const messages = claimed.filter(message => message.userId === user.id)
  const sealer = createSealer(createKeyring([secret]))
  t.strictSame(
    messages.map(message => openMessage(sealer, message)),
    [{ kind: 'secondFactorCleared', to: user.email }],
  )
})

t.test('user clear-second-factor refuses a user without a second factor, and an unknown one', async t => {
  const { user, storage, clear } = await folderWithFactor(t)
  await storage.secondFactors.clear({ userId: user.id, now: Date.now(), messages: [] })
  const again = await clear(user.id)
  t.strictSame([again.exitCode, again.stdout], [1, ''])
  t.match(again.stderr, `User ${user.id} has no second factor. Nothing was changed.`)
  t.match((await clear('unknown@example.com')).stderr, 'There is no such user')
})

t.test('user clear-second-factor needs the secrets of the server, for the message', async t => {
  const { user, clear, factors } = await folderWithFactor(t, {})
  const { exitCode, stderr } = await clear(user.id)
  t.equal(exitCode, 1)
  t.match(stderr, 'JWT_SECRET_KEY must be set')
  t.not((await factors()).totp, null)
})

t.test('user clear-second-factor says so if the event could not be stored', async t => {
  const { user, folder, clear, factors } = await folderWithFactor(t)
  const database = new Database(resolve(folder, 'users.db'))
  database.exec('DROP TABLE fast_auth_events')
  database.close()
  const { exitCode, stderr } = await clear(user.id)
  t.equal(exitCode, 1)
  t.match(stderr, `The second factor of user ${user.id} is cleared, but the event was not stored`)
  t.strictSame(await factors(), { totp: null, recoveryCodesLeft: 0 })
})
