import { randomUUID } from 'node:crypto'
import t from 'tap'
import { ada, bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a deleted key is refused immediately, even after a recent use, and the others stay valid', async t => {
  const { owner, use, calls, events } = await testApplication(t, { keys: true })
  const [deleted, kept] = [await owner.make(), await owner.make()]
  for (const { key } of [deleted, kept]) t.equal((await use(key)).statusCode, 200)
  calls.length = 0
  events.length = 0
  const answer = await owner.remove(deleted.id)
  t.strictSame([answer.statusCode, answer.body, calls], [204, '', ['apiKeys.delete']])
  t.strictSame(events, [
    {
      name: 'authn_token_delete',
      at: '2026-01-01T12:00:00.000Z',
      userId: owner.user.id,
      sessionId: owner.session.id,
      apiKeyId: deleted.id,
      ip: '127.0.0.1',
      userAgent: 'lightMyRequest',
      requestId: 'req-6',
    },
  ])
  t.equal((await use(deleted.key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
  t.equal((await use(kept.key)).statusCode, 200)
  t.equal((await owner.list()).json().total, 1)
})

t.test('an id may be written in capitals', async t => {
  const { owner, use } = await testApplication(t, { keys: true })
  const { id, key } = await owner.make()
  await use(key)
  t.equal((await owner.remove(id.toUpperCase())).statusCode, 204)
  t.equal((await use(key)).statusCode, 401)
})

t.test('an expired key can be deleted', async t => {
  const { owner, advance } = await testApplication(t, { keys: true })
  const { id } = await owner.make({ expiresAt: '2026-01-01T12:00:01Z' })
  advance(2)
  t.equal((await owner.remove(id)).statusCode, 204)
})

t.test('unknown, deleted and other users’ keys get one 404, and other users’ keys stay valid', async t => {
  const { owner, ownerOf, use, events } = await testApplication(t, { keys: true })
  const ben = await ownerOf({ ...ada, email: 'ben@example.com' })
  const [deleted, foreign] = [await owner.make(), await ben.make()]
  await owner.remove(deleted.id)
  events.length = 0
  const bodies = []
  for (const id of [randomUUID(), deleted.id, foreign.id]) {
    const answer = await owner.remove(id)
    refused(t, answer, 404, 'FAST_AUTH_API_KEY_NOT_FOUND')
    bodies.push(answer.body)
  }
  t.equal(new Set(bodies).size, 1)
  t.equal((await use(foreign.key)).statusCode, 200)
  t.strictSame(events, [])
})

t.test('a malformed id is refused without a storage call', async t => {
  const { owner, calls } = await testApplication(t, { keys: true })
  for (const id of ['x', '1', `${randomUUID()}x`, '%00']) refused(t, await owner.remove(id), 400, 'FST_ERR_VALIDATION')
  t.strictSame(calls, [])
})

t.test('no key deletes a key, not even itself', async t => {
  const { app, owner, use } = await testApplication(t, { keys: true })
  const { id, key } = await owner.make()
  const answer = await app.inject({ method: 'DELETE', url: `/auth/api-keys/${id}`, headers: bearer(key) })
  refused(t, answer, 403, 'FAST_AUTH_SESSION_REQUIRED')
  t.equal((await use(key)).statusCode, 200)
})

t.test('another site’s page deletes no key', async t => {
  const { app } = await testApplication(t)
  const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const headers = { cookie: signUp.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  const made = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: { name: 'deploy' } })
  const request = { method: 'DELETE', url: `/auth/api-keys/${made.json().id}`, headers } as const
  const crossSite = { ...request, headers: { ...headers, 'sec-fetch-site': 'cross-site' } }
  refused(t, await app.inject(crossSite), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.equal((await app.inject(request)).statusCode, 204)
})
