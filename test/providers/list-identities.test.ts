import t from 'tap'
import { ben, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

t.test('a user lists the own identities, the oldest first, and those of no other user', async t => {
  const { browser, ada, advance } = await providerApplication(t)
  await browser().signIn(ben)
  const hers = await ada()
  t.strictSame(await hers.identities(), [])
  for (const sub of ['first', 'second']) {
    await hers.link({ sub, email: `${sub}@example.com`, email_verified: true })
    advance(1)
  }
  const identities = await hers.identities()
  t.match(identities, [
    { provider: 'acme', email: 'first@example.com', createdAt: '2026-01-01T12:00:00.000Z', lastUsedAt: null },
    { provider: 'acme', email: 'second@example.com', createdAt: '2026-01-01T12:00:01.000Z', lastUsedAt: null },
  ])
  t.equal(identities.length, 2)
  for (const identity of identities) t.notOk('subject' in identity || 'issuer' in identity)
})

t.test('a client without a session lists no identities', async t => {
  const { browser } = await providerApplication(t)
  refused(t, await browser().get('/identities'), 401, 'FAST_AUTH_UNAUTHENTICATED')
})
