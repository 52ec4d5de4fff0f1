import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, cookieHeader, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

/** Ada has signed up without a confirmation; the present application requires it. */
async function requirementSwitchedOn(t: Test) {
  const storage = memoryStorage()
  const before = await testApplication(t, { mail: true, options: { storage } })
  const tokens = await signUpForTokens(before.app)
  const confirmation = await before.tokenTo(ada.email, 'confirmEmail')
  const after = await testApplication(t, { mail: true, options: { storage, requireEmailConfirmation: true } })
  after.asked()
  return { storage, before, after, tokens, confirmation }
}

t.test('an unproven address is not refreshed once that is required, and nothing is written', async t => {
  const { storage, after, tokens } = await requirementSwitchedOn(t)
  const { accessToken, refreshToken, session } = tokens
  const stored = () => storage.sessions.find({ sessionId: session.id, now: 0 })
  const before = await stored()
  refused(t, await after.post('/refresh', { refreshToken }), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  const headers = { cookie: `__Host-access_token=${accessToken}; __Secure-refresh_token=${refreshToken}` }
  refused(t, await after.post('/refresh', {}, headers), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  t.strictSame(after.asked(), ['sessions.rotate', 'sessions.rotate'])
  t.strictSame(await stored(), before)
  t.strictSame(after.events, [])
})

t.test('when it is proven, the same refresh token goes on', async t => {
  const { after, tokens, confirmation } = await requirementSwitchedOn(t)
  const { refreshToken, session } = tokens
  await after.post('/refresh', { refreshToken })
  t.equal((await after.post('/email/confirm', { token: confirmation, password: ada.password })).statusCode, 200)
  const renewed = await after.post('/refresh', { refreshToken })
  t.equal(renewed.statusCode, 200)
  t.equal(renewed.json().session.id, session.id)
})

t.test('a repeated refresh is refused as well', async t => {
  const { before, after, tokens } = await requirementSwitchedOn(t)
  const { refreshToken } = tokens
  t.equal((await before.post('/refresh', { refreshToken })).statusCode, 200)
  refused(t, await after.post('/refresh', { refreshToken }), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
})

t.test('a session that was opened after the confirmation is refreshed, with cookies', async t => {
  const { post, tokenTo } = await testApplication(t, { mail: true, options: { requireEmailConfirmation: true } })
  await post('/sign-up', ada)
  await post('/email/confirm', { token: await tokenTo(ada.email, 'confirmEmail'), password: ada.password })
  const cookie = cookieHeader(await post('/sign-in', ada))
  t.equal((await post('/refresh', {}, { cookie })).statusCode, 200)
})
