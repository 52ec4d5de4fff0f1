import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const remove = { method: 'DELETE', url: '/auth/second-factor/totp' } as const

t.test('a removal takes the app and the recovery codes, and the password alone signs in', async t => {
  const hooked: unknown[] = []
  const afterSecondFactorChange = ({ reason }: { reason: string }) => void hooked.push(reason)
  const application = await protectedApplication(t, { options: { hooks: { afterSecondFactorChange } } })
  const { session, asked, events, user, mailbox, post, signIn, recoveryCodes } = application
  const { send, sessionId } = await session()
  asked()
  events.length = 0
  hooked.length = 0
  const answer = await send('DELETE', '/second-factor/totp')
  t.strictSame([answer.statusCode, answer.body], [204, ''])
  t.strictSame(asked(), ['users.find', 'secondFactors.removeTotp'])
  const about = { userId: user.id, sessionId }
  t.hasStrict(events, [{ name: 'authn_second_factor_change', reason: 'totp_removed', ...about }])
  t.strictSame(
    events.map(({ name }) => name),
    ['authn_second_factor_change', 'authn_token_revoked'],
  )
  t.strictSame(hooked, ['totp_removed'])
  t.match((await mailbox.waitForMessage(ada.email)).subject, /second factor/)
  t.strictSame((await send('GET', '/second-factor')).json(), { totp: null, recoveryCodesLeft: 0, required: false })
  t.equal((await post('/sign-in', ada)).statusCode, 200)
  refused(t, await signIn({ recoveryCode: recoveryCodes[0] }), 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
})

t.test('all other sessions end', async t => {
  const { session } = await protectedApplication(t)
  const [other, own] = [await session(), await session()]
  t.equal((await own.send('DELETE', '/second-factor/totp')).statusCode, 204)
  refused(t, await other.send('GET', '/me'), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await own.send('GET', '/me')).statusCode, 200)
})

t.test('a second factor is needed that was given at most five minutes ago', async t => {
  const { session, advance, nextCode, app } = await protectedApplication(t)
  const { send } = await session()
  advance(301)
  refused(t, await send('DELETE', '/second-factor/totp'), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  const proven = await send('POST', '/reauthenticate', { code: nextCode() })
  advance(300)
  const headers = bearer(proven.json().accessToken)
  t.equal((await app.inject({ ...remove, headers })).statusCode, 204)
})

t.test('there is nothing to remove twice', async t => {
  const { session } = await protectedApplication(t)
  const { send } = await session()
  await send('DELETE', '/second-factor/totp')
  refused(t, await send('DELETE', '/second-factor/totp'), 404, 'FAST_AUTH_TOTP_NOT_FOUND')
})

t.test(
  'neither a visitor, nor an API key, nor a session without a factor, nor a page of another site removes',
  async t => {
    const { app, owner } = await testApplication(t, { keys: true, options: { secondFactor: 'offered' } })
    const { key } = await owner.make()
    refused(t, await app.inject(remove), 401, 'FAST_AUTH_UNAUTHENTICATED')
    refused(t, await app.inject({ ...remove, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
    const headers = bearer(owner.accessToken)
    refused(t, await app.inject({ ...remove, headers }), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
    const cookie = await signUpForCookies(app, { ...ada, email: 'ben@example.com' })
    const foreign = await app.inject({ ...remove, headers: { cookie, 'sec-fetch-site': 'cross-site' } })
    refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  },
)

t.test('a session that another process has ended removes nothing', async t => {
  const storage = memoryStorage()
  const { session, user } = await protectedApplication(t, { options: { storage } })
  const { send, sessionId } = await session()
  await storage.sessions.revoke({ sessionId, now: noon })
  refused(t, await send('DELETE', '/second-factor/totp'), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.ok((await storage.secondFactors.find({ userId: user.id })).totp?.confirmedAt)
})
