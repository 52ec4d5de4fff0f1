import { join } from 'node:path'
import t from 'tap'
import { bcryptSha256 } from '../../lib/passwords/bcrypt-sha256.js'
import { sqliteStorage } from '../../lib/storage/sql/sqlite.js'
import { ada, signInForTokens } from '../support/account.js'
import { testApp } from '../support/test-app.js'
import { fastAuthCommand } from './fixtures/shell.js'

const count = 10_000
const emailOf = (index: number) => `user${index}@example.com`

t.test('ten thousand people are imported, and sign in with the passwords that they had', async t => {
  // Made elsewhere, with the costs of elsewhere.
  const hashes = await Promise.all([4, 5, 6].map(cost => bcryptSha256.hash(ada.password, cost)))
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ email: emailOf(index), passwordHash: hashes[index % hashes.length] }),
  )
  const folder = t.testdir({ 'users.ndjson': lines.join('\n') })
  const env = { DATABASE_URL: 'sqlite:users.db' }
  t.strictSame(await fastAuthCommand(['import', 'users.ndjson'], folder, env), {
    exitCode: 0,
    stdout: '10,000 imported, 0 already there, 0 skipped as bad.\n',
    stderr: '10,000 lines, 100 %\n',
  })

  const { app } = await testApp(t, { options: { storage: sqliteStorage({ file: join(folder, 'users.db') }) } })
  for (const index of [0, 1, 2, 4_999, 7_777, count - 1]) {
    const { user } = await signInForTokens(app, { email: emailOf(index), password: ada.password })
    t.match(user, { email: emailOf(index) })
    await t.rejects(signInForTokens(app, { email: emailOf(index), password: 'incorrect horse' }), /answered 401/)
  }
})
