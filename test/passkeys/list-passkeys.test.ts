import t from 'tap'
import { createSoftwareAuthenticator, registerPasskey, signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { confirmedApplication, origin, passkeyApplication, passkeys, rpId } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a user without a passkey has none, and learns the relying party', async t => {
  const { send, asked } = await confirmedApplication(t)
  const answer = await send('GET', '/passkeys')
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(answer.json(), { items: [], rpId })
  t.strictSame(asked(), ['passkeys.list'])
})

t.test('a user sees all passkeys, the oldest first, when they were used, and no key', async t => {
  const application = await passkeyApplication(t)
  const { send, passkey, signIn, advance } = application
  advance(10)
  const key = createSoftwareAuthenticator({ isSynced: false, transports: ['usb', 'nfc'] })
  const second = await registerPasskey(application, { authenticator: key, origin, name: 'Key' })
  advance(20)
  await signIn()
  const answer = await send('GET', '/passkeys')
  t.strictSame(answer.json().items, [
    { ...passkey, lastUsedAt: new Date(noon + 30_000).toISOString() },
    {
      ...second,
      name: 'Key',
      createdAt: new Date(noon + 10_000).toISOString(),
      lastUsedAt: null,
      synced: false,
      transports: ['usb', 'nfc'],
    },
  ])
  t.notMatch(answer.body, /publicKey|counter/)
})

t.test('a user sees their own passkeys only', async t => {
  const { app } = await passkeyApplication(t)
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  t.strictSame((await ben.inject('/auth/passkeys')).json().items, [])
})

t.test('neither a visitor nor an API key sees passkeys', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: { passkeys } })
  const { key } = await owner.make()
  const url = '/auth/passkeys'
  refused(t, await app.inject(url), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ url, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
})

t.test('a query is refused', async t => {
  const { send } = await confirmedApplication(t)
  refused(t, await send('GET', '/passkeys?limit=1'), 400, 'FST_ERR_VALIDATION')
})
