import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { type Fault, faultyStorage } from '../support/faulty-storage.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const { password } = ada
const newEmail = 'new@example.com'

/** Ada with a pending link of every kind, and each of the operations as she would use it, the last ending the others. */
async function pendingLinks(t: Test) {
  const { storage, fail } = faultyStorage(memoryStorage())
  const tested = await testApplication(t, { mail: true, options: { storage, storageTimeoutSeconds: 0.5 } })
  const { app, events, post, tokenTo } = tested
  const { accessToken } = await signUpForTokens(app)
  const change = () => post('/email/change', { email: newEmail, password }, bearer(accessToken))
  await post('/password/forgot', { email: ada.email })
  await change()
  const confirmation = await tokenTo(ada.email, 'confirmEmail')
  const reset = await tokenTo(ada.email, 'resetPassword')
  const token = await tokenTo(newEmail, 'changeEmail')
  events.length = 0
  const links = {
    confirmEmail: () => post('/email/confirm', { token: confirmation, password: ada.password }),
    confirmEmailChange: () => post('/email/change/confirm', { token, password: ada.password }),
    resetPassword: () => post('/password/reset', { token: reset, password: 'a horse of another colour' }),
  }
  const requests = {
    sendEmailConfirmation: () => post('/email/confirm/send', { email: ada.email }),
    requestPasswordReset: () => post('/password/forgot', { email: ada.email }),
    requestEmailChange: change,
  }
  return { ...tested, fail, links, requests }
}

for (const fault of ['rejects', 'throws', 'hangs'] satisfies Fault[]) {
  t.test(`a storage that ${fault} is a 503, and costs no link`, async t => {
    const { links, requests, events, fail } = await pendingLinks(t)
    fail(fault)
    const answers = await Promise.all(Object.values({ ...links, ...requests }).map(send => send()))
    for (const answer of answers) refused(t, answer, 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
    t.strictSame(events, [])
    fail('none')
    t.equal((await links.confirmEmail()).statusCode, 200)
    t.equal((await links.resetPassword()).statusCode, 204)
  })
}

t.test('an unknown address is a 503 too while the storage is down', async t => {
  const { post, fail } = await pendingLinks(t)
  fail('rejects')
  for (const path of ['/password/forgot', '/email/confirm/send']) {
    refused(t, await post(path, { email: 'ben@example.com' }), 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
  }
})

t.test('a confirmation whose answer was lost has happened: the link is used, the address proven', async t => {
  const { links, post, fail } = await pendingLinks(t)
  fail('losesAnswer', 'oneTimeTokens.confirmEmail')
  refused(t, await links.confirmEmail(), 503, 'FAST_AUTH_STORAGE_UNAVAILABLE')
  fail('none')
  refused(t, await links.confirmEmail(), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  t.type((await post('/sign-in', ada)).json().user.emailConfirmedAt, 'string')
})
