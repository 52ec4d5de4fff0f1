import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { randomMessage, randomSession, randomToken, randomUser } from '../../lib/conformance/random-records.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import type { SignInCodeHash } from '../../lib/features/email-codes/port.js'
import { registrationOf } from '../../lib/features/passkeys/conformance/passkey-account.js'
import { mainWords } from './fixtures/main-words.js'
import { fastAuthCommand } from './fixtures/shell.js'

const env = { DATABASE_URL: 'sqlite:users.db' }
const expiresAt = Date.UTC(2020, 0, 1)

/** A folder with a database in which Ada has a live session, and so many that have expired. */
async function folderWithSessions(t: Test, count: number) {
  const folder = t.testdir()
  const storage = sqliteStorage({ file: resolve(folder, 'users.db'), synchronous: 'normal' })
  t.teardown(() => storage.close())
  await storage.migrate()
  const user = randomUser()
  const far = Date.now() + 86_400_000
  const live = randomSession(user, { expiresAt: far, absoluteExpiresAt: far })
  await storage.users.create(signUpOf(user, { session: live }))
  const { passwordHash } = user
  for (let index = 0; index < count; index += 1) {
    await storage.sessions.open({
      session: randomSession(user, { expiresAt }),
      proofs: [{ kind: 'password', hash: passwordHash }],
      maximumPerUser: 10_000,
    })
  }
  const isLiveStored = async () => (await storage.sessions.find({ sessionId: live.id, now: Date.now() })) !== null
  return { folder, storage, user, isLiveStored }
}

t.test('purge removes what has expired from DATABASE_URL, and says how many of each kind', async t => {
  const { folder, storage, user, isLiveStored } = await folderWithSessions(t, 3)
  const revoked = randomSession(user, { expiresAt: Date.now() + 1000 })
  await storage.sessions.open({
    session: revoked,
    proofs: [{ kind: 'password', hash: user.passwordHash }],
    maximumPerUser: 10_000,
  })
  const signedIn = { user, sessions: [revoked] as const, now: Date.now() }
  await storage.passkeys.register(registrationOf(signedIn, { challengeExpiresAt: expiresAt }))
  await storage.sessions.revoke({ sessionId: revoked.id, now: expiresAt })
  const token = randomToken(user, { expiresAt })
  await storage.oneTimeTokens.issue({ token, messages: [randomMessage(user, { expiresAt })] })
  await storage.outbox.add({ messages: [randomMessage(user, { expiresAt })] })
  const code = { userId: user.id, email: user.email, triesLeft: 5, createdAt: 0, expiresAt }
  const hash = 'of an expired code' as SignInCodeHash
  await storage.signInCodes.issue({ code: { ...code, id: randomUUID(), hash }, messages: [] })
  await storage.providerFlows.claim({ flowId: 'an expired flow', now: 0, expiresAt })
  const removed = '3 sessions, 1 one-time tokens, 2 messages, 1 revocations, 1 uses of passkeys'
  t.same(await fastAuthCommand(['purge'], folder, env), {
    exitCode: 0,
    stdout: `Removed: ${removed}, 1 sign-in codes, 1 sign-ins at providers.\n`,
    stderr: '',
  })
  t.ok(await isLiveStored(), 'a live session stays')
})

t.test('purge can be repeated, and then removes nothing', async t => {
  const { folder } = await folderWithSessions(t, 1)
  await fastAuthCommand(['purge'], folder, env)
  const { exitCode, stdout } = await fastAuthCommand(['purge'], folder, env)
  const removed = '0 sessions, 0 one-time tokens, 0 messages, 0 revocations, 0 uses of passkeys'
  t.same([exitCode, stdout], [0, `Removed: ${removed}, 0 sign-in codes, 0 sign-ins at providers.\n`])
})

t.test('purge looks at no other variable, and needs a database that can be opened', async t => {
  const strange = { DATABASE_URL: 'memory:', PORT: 'eighty', NODE_ENV: 'production', JWT_SECRET_KEY: 'short' }
  t.equal((await fastAuthCommand(['purge'], t.testdir(), strange)).exitCode, 0)
  const nowhere = await fastAuthCommand(['purge'], t.testdir(), { DATABASE_URL: 'sqlite:no-such-folder/users.db' })
  t.hasStrict(nowhere, { exitCode: 1, stdout: '' })
  t.match(nowhere.stderr, /^fast-auth: Cannot open the SQLite file/)
})

t.test('two processes that purge one database concurrently remove each row once, and nothing else', async t => {
  const count = 1_700
  const { folder, isLiveStored } = await folderWithSessions(t, count)
  const outcomes = await Promise.all(
    [1, 2].map(async () => {
      const [script = '', ...words] = [...mainWords, 'purge']
      const child = spawn(process.execPath, [script, ...words], { cwd: folder, env: { ...process.env, ...env } })
      const gone = new Promise(done => child.once('exit', done))
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
      return { exitCode: await gone, removed: Number(/^Removed: (\d+) sessions/.exec(stdout)?.[1]), stderr }
    }),
  )
  t.same(
    outcomes.map(({ exitCode, stderr }) => [exitCode, stderr]),
    [
      [0, ''],
      [0, ''],
    ],
  )
  t.equal(
    outcomes.reduce((sum, { removed }) => sum + removed, 0),
    count,
  )
  t.ok(await isLiveStored(), 'a live session stays')
})
