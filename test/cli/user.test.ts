import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import t, { type Test } from 'tap'
import type { UserRecord } from '../../lib/composition/storage.js'
import { randomApiKey, randomSession, randomUser } from '../../lib/conformance/random-records.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { fastAuthCommand } from './fixtures/shell.js'

const env = { DATABASE_URL: 'sqlite:users.db' }

/** A folder with a database in which Ada is signed in and has a key. */
async function folderWithAda(t: Test, overrides: Parameters<typeof randomUser>[0] = {}) {
  const folder = t.testdir()
  const storage = sqliteStorage({ file: resolve(folder, 'users.db') })
  t.teardown(() => storage.close())
  await storage.migrate()
  const ada = randomUser({ email: 'ada@example.com', ...overrides })
  const session = randomSession(ada)
  const apiKey = randomApiKey(ada)
  await storage.users.create(signUpOf(ada, { session }))
  await storage.apiKeys.create({ apiKey, maximumPerUser: 1 })
  return {
    ada,
    user: (...words: string[]) => fastAuthCommand(['user', ...words], folder, env),
    /** Lets Ada own an organisation. @returns its id */
    async own(): Promise<string> {
      const organization = { id: randomUUID(), name: 'Engines', kind: 'shared', createdAt: ada.createdAt } as const
      const asking = { sessionId: session.id, now: ada.createdAt }
      await storage.organizations.create({ organization, userId: ada.id, maximumOwned: 1, asking })
      return organization.id
    },
    stored: () => storage.users.find({ userId: ada.id }),
    sessions: async () =>
      (await storage.sessions.list({ userId: ada.id, limit: 10, now: ada.createdAt, offset: 0 })).items.length,
    keyOwner: async () => (await storage.apiKeys.findByHash({ hash: apiKey.hash, now: ada.createdAt }))?.user,
  }
}

/** By address, however it is typed, and by id. */
const names = {
  address: () => 'Ada@EXAMPLE.com',
  id: ({ id }: UserRecord) => id,
}

for (const [kind, nameOf] of Object.entries(names)) {
  t.test(`user show prints whom an ${kind} names, without the hash`, async t => {
    const { ada, user } = await folderWithAda(t, { emailConfirmedAt: 1_000_000_000_000, disabledAt: 0 })
    const { exitCode, stdout, stderr } = await user('show', nameOf(ada))
    t.strictSame(JSON.parse(stdout), {
      id: ada.id,
      email: ada.email,
      username: ada.username,
      profile: ada.profile,
      emailConfirmedAt: '2001-09-09T01:46:40.000Z',
      createdAt: new Date(ada.createdAt).toISOString(),
      lastSignInAt: null,
      disabledAt: '1970-01-01T00:00:00.000Z',
    })
    t.strictSame([exitCode, stderr], [0, ''])
    t.notMatch(stdout, /passwordHash|conformance\$/)
  })

  t.test(`user disable disables the user that an ${kind} names, and user enable enables them again`, async t => {
    const { ada, user, stored, sessions, keyOwner } = await folderWithAda(t)
    const before = Date.now()
    const disabled = await user('disable', nameOf(ada))
    t.hasStrict(disabled, { exitCode: 0, stderr: '' })
    t.ok(disabled.stdout.startsWith(`User ${ada.id} is disabled. Running servers apply this `))
    t.match(disabled.stdout, /"revocationFeed\.everySeconds" \(default 1\), unless their "revocation" is "none"\.\n$/)
    t.equal(await sessions(), 0)
    t.ok(Number((await stored())?.disabledAt) >= before)
    t.ok(Number((await keyOwner())?.disabledAt) >= before)
    const enabled = await user('enable', nameOf(ada))
    t.strictSame(enabled, { exitCode: 0, stderr: '', stdout: `User ${ada.id} is enabled.\n` })
    t.strictSame(await stored(), ada)
  })

  t.test(`user end-sessions signs out whom an ${kind} names, and changes nothing else`, async t => {
    const { ada, user, stored, sessions } = await folderWithAda(t)
    const ended = await user('end-sessions', nameOf(ada))
    t.hasStrict(ended, { exitCode: 0, stderr: '' })
    t.ok(ended.stdout.startsWith(`Every session of user ${ada.id} has ended. Running servers `))
    t.strictSame([await sessions(), await stored()], [0, ada])
  })

  t.test(`user confirm counts the address of whom an ${kind} names as proven`, async t => {
    const { ada, user, stored } = await folderWithAda(t)
    const before = Date.now()
    const confirmed = await user('confirm', nameOf(ada))
    const stdout = `The address ada@example.com of user ${ada.id} is confirmed.\n`
    t.strictSame(confirmed, { exitCode: 0, stderr: '', stdout })
    t.ok(Number((await stored())?.emailConfirmedAt) >= before)
  })

  t.test(`user delete says whom an ${kind} names, and with --yes deletes them`, async t => {
    const { ada, user, stored, sessions, keyOwner } = await folderWithAda(t)
    const asked = await user('delete', nameOf(ada))
    const sentence = `This would permanently delete user ${ada.id}, ada@example.com. Add --yes to delete. Nothing was changed.`
    t.strictSame(asked, { exitCode: 1, stdout: '', stderr: `fast-auth: ${sentence}\n` })
    t.strictSame([await stored(), await sessions()], [ada, 1])
    const deleted = await user('delete', nameOf(ada), '--yes')
    t.hasStrict(deleted, { exitCode: 0, stderr: '' })
    t.ok(deleted.stdout.startsWith(`User ${ada.id}, ada@example.com, is deleted. Running servers `))
    t.strictSame([await stored(), await sessions(), await keyOwner()], [null, 0, undefined])
  })
}

t.test('user delete names the organisations of which a user is the only owner, and changes nothing', async t => {
  const { ada, user, stored, sessions, own } = await folderWithAda(t)
  const organizationId = await own()
  const refused = await user('delete', ada.id, '--yes')
  const remedy = 'Make another member of each an owner, or delete them, with the API. Nothing was changed.'
  const sentence = `User ${ada.id}, ada@example.com, is the only owner of organisations: ${organizationId}. ${remedy}`
  t.strictSame(refused, { exitCode: 1, stdout: '', stderr: `fast-auth: ${sentence}\n` })
  t.strictSame([await stored(), await sessions()], [ada, 1])
})

for (const method of ['show', 'disable', 'enable', 'end-sessions', 'confirm', 'delete']) {
  t.test(`user ${method} says that there is no such user`, async t => {
    const { ada, user, stored, sessions } = await folderWithAda(t)
    for (const name of ['ben@example.com', 'not an @ address', '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11']) {
      const { exitCode, stdout, stderr } = await user(method, name)
      t.equal(stderr, 'fast-auth: There is no such user. Nothing was changed.\n', name)
      t.strictSame([exitCode, stdout], [1, ''])
    }
    t.strictSame([await stored(), await sessions()], [ada, 1])
  })
}

t.test('user looks at no variable but that of the database, which must be one that can be opened', async t => {
  const { ada, user } = await folderWithAda(t)
  t.equal((await user('show', ada.id)).exitCode, 0)
  const strange = { ...env, PORT: 'eighty', NODE_ENV: 'production', JWT_SECRET_KEY: 'short' }
  const shown = await fastAuthCommand(['user', 'enable', ada.id], t.testdirName, strange)
  t.equal(shown.exitCode, 0)
  const nowhere = { DATABASE_URL: 'sqlite:no-such-folder/users.db' }
  const failed = await fastAuthCommand(['user', 'enable', ada.id], t.testdirName, nowhere)
  t.match(failed, { exitCode: 1, stderr: /^fast-auth: Cannot open the SQLite file/ })
})
