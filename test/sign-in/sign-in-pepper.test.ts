import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada } from '../support/account.js'
import { importedApp, importedHashes, signInRequest } from '../support/imported-user.js'
import { refused } from '../support/refusal.js'
import { otherPepper, pepper } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { visible } from '../support/visible.js'

t.test(
  'a hash whose pepper is gone matches nothing: the answer is that of a wrong password, and the log says why',
  async t => {
    const storage = memoryStorage()
    const before = await testApplication(t, {
      options: { storage, passwords: { hasher: 'bcrypt:10', pepper: [pepper] } },
    })
    await before.app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
    const { app, events } = await testApplication(t, { options: { storage, passwords: { hasher: 'bcrypt:10' } } })
    const right = await app.inject(signInRequest(ada.password))
    const unknown = await app.inject(signInRequest(ada.password, 'ben@example.com'))
    refused(t, right, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
    t.strictSame(visible(right), visible(unknown))
    t.hasStrict(events[0], { name: 'authn_login_fail', reason: 'pepper_missing' })
  },
)

t.test('an unreadable hash is distinguished from a wrong password only in the events', async t => {
  const { app, events } = await importedApp(t, '$2b$31$N9qo8uLOickgx2ZMRZoMyeUalutVAUeK1iyhYKLzwpTyWAft3dHE.')
  const unreadable = await app.inject(signInRequest(ada.password))
  const unknown = await app.inject(signInRequest(ada.password, 'ben@example.com'))
  refused(t, unreadable, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.strictSame(visible(unreadable), visible(unknown))
  t.hasStrict(events[0], { name: 'authn_login_fail', reason: 'hash_unreadable' })
})

t.test('a pepper is rotated by signing in: afterwards the older one can be dropped', async t => {
  const { storage, app } = await importedApp(t, importedHashes.argon2id, { passwords: { pepper: [pepper] } })
  t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200)
  const rings = [[otherPepper, pepper], [otherPepper]]
  for (const ring of rings) {
    const next = await testApplication(t, { options: { storage, passwords: { hasher: 'bcrypt:10', pepper: ring } } })
    t.equal((await next.app.inject(signInRequest(ada.password))).statusCode, 200, `${ring.length} peppers`)
  }
  const first = await testApplication(t, { options: { storage, passwords: { hasher: 'bcrypt:10', pepper: [pepper] } } })
  refused(t, await first.app.inject(signInRequest(ada.password)), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
})

t.test('neither a hash nor the pepper is in the log or the events of a rotation', async t => {
  const { storage } = await importedApp(t, importedHashes.scrypt)
  const log: string[] = []
  const logger = { level: 'trace', stream: { write: (line: string) => log.push(line) } }
  for (const ring of [[pepper], [otherPepper, pepper], []]) {
    const options = { storage, passwords: { hasher: 'bcrypt:10', pepper: ring } } as const
    const { app, events } = await testApplication(t, { options, server: { logger } })
    await app.inject(signInRequest(ada.password))
    t.ok(events.length > 0)
    log.push(JSON.stringify(events))
  }
  const logged = log.join('')
  t.match(logged, 'password_rehashed')
  t.match(logged, 'pepper_missing')
  for (const kept of ['$bcrypt', '$scrypt', '$pepper', pepper, otherPepper, ada.password])
    t.notOk(logged.includes(kept))
})
