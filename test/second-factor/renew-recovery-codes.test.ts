import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer } from '../support/account.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const path = '/second-factor/recovery-codes'

t.test('new recovery codes replace the earlier ones, and the owner gets a message', async t => {
  const hooked: unknown[] = []
  const afterSecondFactorChange = ({ reason }: { reason: string }) => void hooked.push(reason)
  const application = await protectedApplication(t, { options: { hooks: { afterSecondFactorChange } } })
  const { session, signIn, asked, events, user, mailbox, recoveryCodes } = application
  await signIn({ recoveryCode: recoveryCodes[0] })
  const { send, sessionId } = await session()
  asked()
  events.length = 0
  hooked.length = 0
  const answer = await send('POST', path)
  t.equal(answer.statusCode, 201)
  t.hasStrict(answer.headers, answerHeaders)
  const renewed = answer.json().recoveryCodes
  t.equal(new Set([...renewed, ...recoveryCodes]).size, 20)
  t.strictSame(asked(), ['users.find', 'secondFactors.renewRecoveryCodes'])
  const about = { userId: user.id, sessionId }
  t.hasStrict(events, [{ name: 'authn_second_factor_change', reason: 'recovery_codes_renewed', ...about }])
  t.strictSame(hooked, ['recovery_codes_renewed'])
  t.match((await mailbox.waitForMessage(ada.email)).subject, /recovery codes/)
  t.equal((await send('GET', '/second-factor')).json().recoveryCodesLeft, 10)
  refused(t, await signIn({ recoveryCode: recoveryCodes[1] }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.equal((await signIn({ recoveryCode: renewed[9] })).statusCode, 200)
})

t.test('other sessions go on', async t => {
  const { session } = await protectedApplication(t)
  const [other, own] = [await session(), await session()]
  t.equal((await own.send('POST', path)).statusCode, 201)
  t.equal((await other.send('GET', '/me')).statusCode, 200)
})

t.test('a second factor is needed that was given at most five minutes ago', async t => {
  const { session, advance } = await protectedApplication(t)
  const { send } = await session()
  advance(300)
  t.equal((await send('POST', path)).statusCode, 201)
  advance(1)
  refused(t, await send('POST', path), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
})

t.test('a user without an app has no recovery codes', async t => {
  const { session } = await protectedApplication(t)
  const { send } = await session()
  await send('DELETE', '/second-factor/totp')
  refused(t, await send('POST', path), 404, 'FAST_AUTH_TOTP_NOT_FOUND')
})

t.test('neither a visitor, nor an API key, nor a session without a factor renews codes', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: { secondFactor: 'offered' } })
  const { key } = await owner.make()
  const request = { method: 'POST', url: `/auth${path}` } as const
  refused(t, await app.inject(request), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...request, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
  const headers = bearer(owner.accessToken)
  refused(t, await app.inject({ ...request, headers }), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
})

t.test('a session that another process has ended renews nothing', async t => {
  const storage = memoryStorage()
  const { session, signIn, recoveryCodes } = await protectedApplication(t, { options: { storage } })
  const { send, sessionId } = await session()
  await storage.sessions.revoke({ sessionId, now: noon })
  refused(t, await send('POST', path), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await signIn({ recoveryCode: recoveryCodes[0] })).statusCode, 200)
})
