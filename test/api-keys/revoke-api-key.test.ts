import t from 'tap'
import { newApiKey } from '../../lib/features/api-keys/api-key-text.js'
import { ada } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { mistyped } from '../support/test-keys.js'

t.test('an application revokes any user’s key by its text, and it is refused immediately', async t => {
  const { app, owner, ownerOf, use, events } = await testApplication(t, { keys: true })
  const ben = await ownerOf({ ...ada, email: 'ben@example.com' })
  const [leaked, other] = [await ben.make(), await owner.make()]
  for (const { key } of [leaked, other]) t.equal((await use(key)).statusCode, 200)
  events.length = 0
  t.strictSame(await app.fastAuth.revokeApiKey(leaked.key), {
    outcome: 'revoked',
    apiKeyId: leaked.id,
    userId: ben.user.id,
  })
  t.strictSame(events, [
    {
      name: 'authn_token_revoked',
      reason: 'revoked',
      at: '2026-01-01T12:00:00.000Z',
      userId: ben.user.id,
      sessionId: null,
      apiKeyId: leaked.id,
      ip: null,
      userAgent: null,
      requestId: null,
    },
  ])
  t.equal((await use(leaked.key)).statusCode, 401)
  t.equal((await use(other.key)).statusCode, 200)
})

t.test('a mistyped or unknown key is an outcome, and nothing changes', async t => {
  const { app, owner, use, calls, events } = await testApplication(t, { keys: true })
  const { key } = await owner.make()
  calls.length = 0
  events.length = 0
  for (const text of [mistyped(key), '', 'sk-', `${key}\n`, undefined as unknown as string]) {
    t.strictSame(await app.fastAuth.revokeApiKey(text), { outcome: 'mistyped' })
  }
  t.strictSame(calls, [])
  t.strictSame(await app.fastAuth.revokeApiKey(newApiKey('sk-').key), { outcome: 'unknown' })
  t.strictSame([calls, events], [['apiKeys.findByHash'], []])
  t.equal((await use(key)).statusCode, 200)
})

t.test('a key with another prefix can be revoked too: one of a former name of the product', async t => {
  const { app } = await testApplication(t, { keys: true })
  t.strictSame(await app.fastAuth.revokeApiKey(newApiKey('old_name_').key), { outcome: 'unknown' })
})
