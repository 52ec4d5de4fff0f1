import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { linksIn } from '../../lib/testing/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const subject = 'A device was signed out of your app.example.com account'

/** Ada's refresh token was copied, and both copies were used. */
async function reusedToken(t: Test, storage: Storage = memoryStorage()) {
  const tested = await testApplication(t, { mail: true, options: { storage, refreshGraceSeconds: 0 } })
  const tokens = await signUpForTokens(tested.app)
  await tested.mailbox.waitForMessage(ada.email)
  const { refreshToken } = tokens
  await tested.post('/refresh', { refreshToken })
  tested.asked()
  tested.events.length = 0
  const reuse = await tested.post('/refresh', { refreshToken })
  return { ...tested, tokens, reuse }
}

t.test('a refresh token used twice ends its session, and the owner gets a message without a link', async t => {
  const { app, mailbox, events, asked, tokens, reuse } = await reusedToken(t)
  refused(t, reuse, 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  t.strictSame(asked(), ['sessions.rotate', 'users.find', 'outbox.add'])
  t.hasStrict(events, [{ name: 'authn_token_reuse', userId: tokens.user.id, sessionId: tokens.session.id }])
  t.equal(events.length, 1)
  const message = await mailbox.waitForMessage(ada.email)
  t.equal(message.subject, subject)
  t.strictSame(linksIn(message), [])
  const me = await app.inject({ url: '/auth/me', headers: bearer(tokens.accessToken) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('the owner gets one message, however often the token is used', async t => {
  const { post, tokens, everythingTo } = await reusedToken(t)
  const again = await post('/refresh', { refreshToken: tokens.refreshToken })
  refused(t, again, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  t.equal((await everythingTo(ada.email)).filter(sent => sent === subject).length, 1)
})

t.test('if the account is deleted meanwhile, no message is sent', async t => {
  const { users, ...others } = memoryStorage()
  const deleting: Storage = {
    ...others,
    users: {
      ...users,
      async find({ userId }) {
        await users.delete({ userId, now: 0 })
        return users.find({ userId })
      },
    },
  }
  const { reuse, everythingTo } = await reusedToken(t, deleting)
  refused(t, reuse, 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  t.notOk((await everythingTo(ada.email)).includes(subject))
})

t.test('without a sender a refresh token used twice ends its session all the same', async t => {
  const { app, calls } = await testApplication(t, { options: { refreshGraceSeconds: 0 } })
  const { refreshToken } = await signUpForTokens(app)
  const refresh = () => app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  await refresh()
  calls.length = 0
  refused(t, await refresh(), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  t.strictSame(calls, ['sessions.rotate'])
})
