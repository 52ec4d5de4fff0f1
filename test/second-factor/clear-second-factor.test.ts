import { randomUUID } from 'node:crypto'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { setUpTotp } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { partialStorage } from '../support/partial-storage.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('the application clears the second factor of a user who has lost it', async t => {
  const hooked: unknown[] = []
  const afterSecondFactorChange = ({ reason }: { reason: string }) => void hooked.push(reason)
  const application = await protectedApplication(t, { options: { hooks: { afterSecondFactorChange } } })
  const { app, session, asked, events, user, mailbox, post } = application
  const sessions = [await session(), await session()]
  asked()
  events.length = 0
  hooked.length = 0
  t.strictSame(await app.fastAuth.clearSecondFactor(user.id), { outcome: 'cleared', endedSessions: 3 })
  t.strictSame(asked(), ['users.find', 'secondFactors.clear'])
  const about = { userId: user.id, sessionId: null, ip: null }
  t.hasStrict(events, [{ name: 'authn_second_factor_change', reason: 'cleared', ...about }])
  t.strictSame(
    events.slice(1).map(({ name }) => name),
    Array(3).fill('authn_token_revoked'),
  )
  t.strictSame(hooked, ['cleared'])
  t.match((await mailbox.waitForMessage(ada.email)).subject, /second factor/)
  for (const { send, refreshToken } of sessions) {
    refused(t, await send('GET', '/me'), 401, 'FAST_AUTH_SESSION_REVOKED')
    refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  }
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})

t.test('a user without a second factor, and an unknown one, have nothing to clear', async t => {
  const { app, user, inject } = await testApplication(t, { signedIn: true, options: { secondFactor: 'offered' } })
  t.strictSame(await app.fastAuth.clearSecondFactor(user.id), { outcome: 'notSet' })
  t.strictSame(await app.fastAuth.clearSecondFactor(randomUUID()), { outcome: 'unknownUser' })
  t.equal((await inject('/auth/me')).statusCode, 200, 'the session goes on')
})

t.test('an application with the option off clears factors from before', async t => {
  const storage = memoryStorage()
  const before = await testApplication(t, { signedIn: true, options: { storage, secondFactor: 'offered' } })
  await setUpTotp(before, { at: noon })
  const { app, post } = await testApplication(t, { options: { storage } })
  refused(t, await post('/sign-in', ada), 403, 'FAST_AUTH_SIGN_IN_REFUSED')
  t.strictSame(await app.fastAuth.clearSecondFactor(before.user.id), { outcome: 'cleared', endedSessions: 1 })
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})

t.test('a storage without second factors cannot clear any', async t => {
  const storage = partialStorage(memoryStorage(), []) as ReturnType<typeof memoryStorage>
  const { app, user } = await testApplication(t, { signedIn: true, options: { storage, apiKeys: false } })
  await t.rejects(app.fastAuth.clearSecondFactor(user.id), { message: /has no second factors/ })
})
