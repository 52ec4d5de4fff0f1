import { join } from 'node:path'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { addMember, createOrganization, signUpUser } from '../../lib/testing/index.js'
import { ada, signInForTokens, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const ben = { ...ada, email: 'ben@example.com' }

for (const [name, storageFor] of Object.entries({
  'in memory': () => memoryStorage(),
  'in SQLite': (t: Test) => sqliteStorage({ file: join(t.testdir({}), 'auth.db') }),
})) {
  t.test(`events that were stored ${name} are listed as they were emitted, newest first`, async t => {
    const { app, events } = await testApplication(t, { options: { auditLog: true, storage: storageFor(t) } })
    await signUpForTokens(app)
    await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, password: 'incorrect horse' } })
    await signInForTokens(app)
    const listed = await app.fastAuth.listEvents()
    t.equal(listed.length, 4)
    t.strictSame(
      listed.map(({ id: _, ...event }) => event),
      [...events].reverse(),
    )
  })

  t.test(`events of organisations that were stored ${name} say what was changed`, async t => {
    const options = { auditLog: true, organizations: {}, storage: storageFor(t) }
    const { app, events, mailbox } = await testApplication(t, { mail: true, options })
    const { organization, owner } = await createOrganization(app, await signUpUser(app))
    const { id: organizationId } = organization
    const { user } = await addMember(app, { organizationId, by: owner, mailbox })
    const url = `/auth/organizations/${organizationId}/members/${user.id}`
    t.equal((await owner.inject({ method: 'DELETE', url })).statusCode, 204)
    const listed = await app.fastAuth.listEvents()
    t.hasStrict(listed[0], { reason: 'member_removed', organizationId, memberId: user.id, role: 'member' })
    t.strictSame(
      listed.map(({ id: _, ...event }) => event),
      [...events].reverse(),
    )
  })
}

t.test('an event about an API key says which', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: { auditLog: true } })
  const { id } = await owner.make()
  t.hasStrict((await app.fastAuth.listEvents())[0], { name: 'authn_token_created', apiKeyId: id })
})

t.test('the events of one user are listed page by page', async t => {
  const { app } = await testApplication(t, { options: { auditLog: true } })
  const { user } = await signUpForTokens(app)
  await signUpForTokens(app, ben)
  await signInForTokens(app)
  const first = await app.fastAuth.listEvents({ userId: user.id, limit: 2 })
  const second = await app.fastAuth.listEvents({ userId: user.id, limit: 2, before: first[1]?.id ?? '' })
  t.same(
    [first, second].map(page => page.map(({ name }) => name)),
    [['authn_login_success', 'authn_login_success'], ['user_created']],
  )
})

t.test('a limit that is none is refused', async t => {
  const { app } = await testApplication(t, { options: { auditLog: true } })
  for (const limit of [0, 1001, 1.5, Number.NaN, '5' as unknown as number]) {
    await t.rejects(app.fastAuth.listEvents({ limit }), { name: 'RangeError', message: /1 to 1000/ })
  }
  for (const limit of [1, 1000]) t.same(await app.fastAuth.listEvents({ limit }), [])
})

t.test('without auditLog no event is kept, and no storage call is made for any', async t => {
  const { app, calls } = await testApplication(t)
  await signUpForTokens(app)
  t.same(await app.fastAuth.listEvents(), [])
  t.same(calls, ['users.create', 'events.list'])
})

t.test('no request waits for its events to be written', async t => {
  const { app, calls } = await testApplication(t, { options: { auditLog: true } })
  await signUpForTokens(app)
  t.same(calls, ['users.create'])
})

t.test('pending events are written when the application closes, before the storage closes', async t => {
  const storage = { ...memoryStorage(), close: async () => {} }
  const { app } = await testApplication(t, { options: { auditLog: true, storage } })
  await signUpForTokens(app)
  await app.close()
  const kept = await storage.events.list({ limit: 10 })
  t.same(
    kept.map(({ name }) => name),
    ['authn_login_success', 'user_created'],
  )
})

t.test('a storage that keeps no events changes no answer, and the failure is logged', async t => {
  const storage = memoryStorage()
  const lines: string[] = []
  const stream = { write: (line: string) => lines.push(line) }
  const { events } = storage
  const broken = {
    ...storage,
    events: { ...events, add: () => Promise.reject(new Error('no space left on db.internal')) },
  }
  const options = { auditLog: true, storage: broken }
  const { app } = await testApplication(t, { options, server: { logger: { level: 'error', stream } } })
  await signUpForTokens(app)
  t.same(await app.fastAuth.listEvents(), [])
  t.hasStrict(JSON.parse(lines[0] ?? ''), { level: 50, msg: 'fast-auth: events were not written to the storage' })
  await signInForTokens(app)
})

t.test('the events of a deleted user stay, without network address and user agent, those on their way too', async t => {
  const storage = memoryStorage()
  const { app } = await testApplication(t, { options: { auditLog: true, storage } })
  const { user } = await signUpForTokens(app)
  await app.fastAuth.listEvents()
  await signInForTokens(app)
  await storage.users.delete({ userId: user.id, now: 0 })
  const listed = await app.fastAuth.listEvents({ userId: user.id })
  t.equal(listed.length, 3)
  for (const event of listed) t.hasStrict(event, { userId: user.id, ip: null, userAgent: null })
})
