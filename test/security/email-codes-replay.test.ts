import { join } from 'node:path'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { setUpTotp, signInUser, totpCode } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { codeApplication, invalid, stranger } from '../support/code-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const times = 20
const statusesOf = (answers: readonly { statusCode: number }[]) => answers.map(({ statusCode }) => statusCode).sort()

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name}, of 20 concurrent uses of one code, one opens a session`, async t => {
    const { storage } = await open(t)
    const { request, use, user, events } = await codeApplication(t, { options: { storage, migrate: true } })
    for (let round = 1; round <= 3; round += 1) {
      const requested = await request()
      events.length = 0
      const answers = await Promise.all(Array.from({ length: times }, () => use(requested)))
      t.strictSame(statusesOf(answers), [200, ...Array(times - 1).fill(401)])
      t.equal(events.filter(event => event.name === 'authn_login_success').length, 1)
      const { total } = await storage.sessions.list({ userId: user.id, now: noon, limit: 99, offset: 0 })
      t.equal(total, round)
    }
  })

  t.test(`in ${name}, of 20 concurrent uses of the code of a new address, one opens a session of one user`, async t => {
    const { storage } = await open(t)
    const options = { storage, migrate: true, emailSignIn: { signUp: true } }
    const { request, use, events } = await codeApplication(t, { options })
    const requested = await request(stranger)
    events.length = 0
    const answers = await Promise.all(Array.from({ length: times }, () => use(requested)))
    const successes = answers.filter(({ statusCode }) => statusCode < 300)
    t.equal(successes.length, 1)
    t.ok(answers.every(({ statusCode }) => [200, 201, 401].includes(statusCode)))
    t.equal(events.filter(event => event.name === 'user_created').length, 1)
    const user = await storage.users.findByEmail({ email: stranger })
    const { total } = await storage.sessions.list({ userId: String(user?.id), now: noon, limit: 99, offset: 0 })
    t.equal(total, 1)
  })

  t.test(`in ${name}, of 20 concurrent second factors after one code, one opens a session`, async t => {
    const { storage } = await open(t)
    const options = { storage, migrate: true, secondFactor: 'offered' } as const
    const { app, post, request, use, user, advance } = await codeApplication(t, { options })
    const { recoveryCodes } = await setUpTotp(await signInUser(app, ada), { at: noon })
    advance(30)
    const before = await storage.sessions.list({ userId: user.id, now: noon, limit: 99, offset: 0 })
    const { signInToken } = (await use(await request())).json()
    // Each with another recovery code: the mailed code alone decides.
    const complete = (recoveryCode: string) => post('/sign-in/second-factor', { signInToken, recoveryCode })
    const answers = await Promise.all([...recoveryCodes, ...recoveryCodes].map(complete))
    t.strictSame(statusesOf(answers), [200, ...Array(times - 1).fill(401)])
    const after = await storage.sessions.list({ userId: user.id, now: noon, limit: 99, offset: 0 })
    t.equal(after.total, before.total + 1)
  })
}

t.test('of 20 concurrent uses of one code, on two servers with one SQLite file, one opens a session', async t => {
  const storageOf = () => sqliteStorage({ file: join(t.testdirName, 'auth.db') })
  t.testdir()
  const one = await codeApplication(t, { options: { storage: storageOf(), migrate: true } })
  const two = await testApplication(t, { mail: true, options: { storage: storageOf(), emailSignIn: {} } })
  for (let round = 0; round < 3; round += 1) {
    const { code, body } = await one.request()
    const payload = { code, ...body }
    const uses = Array.from({ length: times }, (_, index) =>
      (index % 2 === 0 ? one : two).post('/sign-in/email/confirm', payload),
    )
    t.strictSame(statusesOf(await Promise.all(uses)), [200, ...Array(times - 1).fill(401)])
  }
})

t.test(
  'a used code is worth nothing on another server, after a sign-out, and after the deletion of the session',
  async t => {
    const storage = memoryStorage()
    const { app, request, use, post } = await codeApplication(t, { options: { storage } })
    const requested = await request()
    const { accessToken, session } = (await use(requested)).json()
    const other = await testApplication(t, { mail: true, options: { storage, emailSignIn: {} } })
    const again = { code: requested.code, ...requested.body }
    refused(t, await other.post('/sign-in/email/confirm', again), 401, invalid)
    t.equal((await post('/sign-out', {}, bearer(accessToken))).statusCode, 204)
    t.equal(await storage.sessions.find({ sessionId: session.id, now: noon }), null)
    refused(t, await use(requested), 401, invalid)
    refused(t, await use({ ...requested, code: requested.token }), 401, invalid)
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 401)
  },
)

t.test('the second factor of a sign-in by mail is worth nothing a second time', async t => {
  const { app, post, request, use, advance } = await codeApplication(t, { options: { secondFactor: 'offered' } })
  const { secret } = await setUpTotp(await signInUser(app, ada), { at: noon })
  advance(30)
  const complete = async () => {
    const { signInToken } = (await use(await request())).json()
    return post('/sign-in/second-factor', { signInToken, code: totpCode(secret, noon + 30_000) })
  }
  t.equal((await complete()).statusCode, 200)
  refused(t, await complete(), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
})
