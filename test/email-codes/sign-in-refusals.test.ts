import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { SignInRefusedError } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { codeApplication, invalid, otherThan } from '../support/code-application.js'
import { failingStorage } from '../support/failing-storage.js'
import { refused } from '../support/refusal.js'

t.test('a user who was disabled after the request learns it, and the code is worth what it was', async t => {
  const { app, request, use, user, events } = await codeApplication(t)
  const requested = await request()
  await app.fastAuth.disableUser(user.id)
  events.length = 0
  for (let count = 0; count < 6; count += 1) refused(t, await use(requested), 403, 'FAST_AUTH_USER_DISABLED')
  t.hasStrict(events[0], { name: 'authn_login_fail', reason: 'user_disabled', userId: user.id })
  t.equal(events.length, 6)
  await app.fastAuth.enableUser(user.id)
  t.equal((await use(requested)).statusCode, 200)
})

t.test('the application may refuse a sign-in by mail as any other, and the code is worth what it was', async t => {
  let isOpen = false
  const asked: string[] = []
  const hooks = {
    beforeSignIn({ user }: { user: { email: string } }) {
      asked.push(user.email)
      if (!isOpen) throw new SignInRefusedError('Come back tomorrow')
    },
  }
  const { request, use, events } = await codeApplication(t, { options: { hooks } })
  const requested = await request()
  events.length = 0
  const answer = await use(requested)
  refused(t, answer, 403, 'FAST_AUTH_SIGN_IN_REFUSED')
  t.equal(answer.json().message, 'Come back tomorrow')
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'refused_by_hook' }])
  isOpen = true
  t.equal((await use(requested)).statusCode, 200)
  t.strictSame(asked, [ada.email, ada.email])
})

t.test('the hook of sign-ins is not asked for a wrong code', async t => {
  const calls: unknown[] = []
  const hooks = { beforeSignIn: (context: unknown) => void calls.push(context) }
  const { request, use } = await codeApplication(t, { options: { hooks } })
  const requested = await request()
  refused(t, await use({ ...requested, code: otherThan(requested.code) }), 401, invalid)
  t.strictSame(calls, [])
})

for (const method of ['users.findByEmail', 'signInCodes.issue']) {
  t.test(`a request during a failure of ${method} gets 503, and sets no cookie`, async t => {
    const { storage, failNext } = failingStorage(memoryStorage())
    const { ask } = await codeApplication(t, { options: { storage } })
    failNext(method, 'throw')
    refused(t, await ask(), 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
    t.equal((await ask()).statusCode, 202)
  })
}

for (const method of ['signInCodes.tryCode', 'sessions.open']) {
  t.test(`a code during a failure of ${method} gets 503, keeps the cookie, and works afterwards`, async t => {
    const { storage, failNext } = failingStorage(memoryStorage())
    const { request, use } = await codeApplication(t, { options: { storage } })
    const requested = await request(ada.email, 'cookie')
    failNext(method, 'throw')
    refused(t, await use(requested), 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
    t.equal((await use(requested)).statusCode, 200)
  })
}
