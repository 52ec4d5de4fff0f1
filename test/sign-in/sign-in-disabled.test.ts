import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const wrong = { ...ada, password: 'incorrect horse' }
const signIn = (payload: object) => ({ method: 'POST', url: '/auth/sign-in', payload }) as const

t.test('the answer that an account is disabled follows only the right password', async t => {
  const { app, events, calls } = await testApplication(t)
  const { user } = await signUpForTokens(app)
  await app.fastAuth.disableUser(user.id)
  events.length = 0
  calls.length = 0
  refused(t, await app.inject(signIn(ada)), 403, 'FAST_AUTH_USER_DISABLED')
  t.strictSame(calls, ['users.findByEmail'])
  refused(t, await app.inject(signIn(wrong)), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.hasStrict(events, [
    { name: 'authn_login_fail', userId: user.id, sessionId: null, reason: 'user_disabled' },
    { name: 'authn_login_fail', userId: user.id, sessionId: null, reason: 'wrong_password' },
  ])
})

t.test('a disabled account is reported even with an unconfirmed address, and no hook is called', async t => {
  const beforeSignIn = () => {
    throw new Error('never called')
  }
  const { app, post } = await testApplication(t, {
    mail: true,
    options: { requireEmailConfirmation: true, hooks: { beforeSignIn } },
  })
  const creation = await app.fastAuth.createUser(ada)
  if (creation.outcome === 'created') await app.fastAuth.disableUser(creation.user.id)
  refused(t, await post('/sign-in', ada), 403, 'FAST_AUTH_USER_DISABLED')
})

/** Disables a user between the password check and the session. */
function disablingBefore({ sessions, users, ...rest }: Storage): Storage {
  return {
    ...rest,
    users,
    sessions: {
      ...sessions,
      async open(request) {
        await users.disable({ userId: request.session.userId, now: 1 })
        return sessions.open(request)
      },
    },
  }
}

t.test('a sign-in that a disabling overtakes opens no session', async t => {
  const storage = memoryStorage()
  const { app, events } = await testApplication(t, { options: { storage: disablingBefore(storage) } })
  const { user } = await signUpForTokens(app)
  events.length = 0
  refused(t, await app.inject(signIn(ada)), 403, 'FAST_AUTH_USER_DISABLED')
  t.hasStrict(events, [{ name: 'authn_login_fail', userId: user.id, reason: 'user_disabled' }])
  t.equal(events.length, 1)
  t.strictSame((await storage.sessions.list({ userId: user.id, limit: 10, now: 0, offset: 0 })).items, [])
})
