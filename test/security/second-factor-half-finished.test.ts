import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer } from '../support/account.js'
import { protectedApplication } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { secret as firstSecret, otherSecret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const expired = 'FAST_AUTH_SIGN_IN_EXPIRED'

t.test('a half-finished sign-in is no access token, refresh token or mailed token', async t => {
  const { app, begin, post, asked } = await protectedApplication(t)
  const { signInToken } = (await begin()).json()
  asked()
  for (const headers of [bearer(signInToken), { cookie: `__Host-access_token=${signInToken}` }])
    refused(t, await app.inject({ url: '/auth/me', headers }), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  const refresh = await post('/refresh', { refreshToken: signInToken })
  refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  const inCookie = await post('/refresh', {}, { cookie: `__Secure-refresh_token=${signInToken}` })
  t.equal(inCookie.statusCode, 401)
  for (const [path, body] of [
    ['/password/reset', { token: signInToken, password: 'a horse of another colour' }],
    ['/email/confirm', { token: signInToken, password: ada.password }],
    ['/email/change/confirm', { token: signInToken, password: ada.password }],
  ] as const)
    t.ok((await post(path, body)).statusCode >= 400, path)
  t.equal((await app.inject({ method: 'DELETE', url: '/auth/me', headers: bearer(signInToken) })).statusCode, 401)
  t.notOk(asked().some(call => /open|rotate|reset|delete|confirm/i.test(call)))
})

t.test('an access token and a refresh token are no half-finished sign-in', async t => {
  const { complete, session, nextCode } = await protectedApplication(t)
  const { accessToken, refreshToken } = await session()
  for (const signInToken of [accessToken, refreshToken]) {
    const answer = await complete({ signInToken, code: nextCode() })
    t.ok(answer.statusCode === 401 || answer.statusCode === 400, answer.body)
  }
})

t.test('a half-finished sign-in ends when the password changes', async t => {
  const { begin, complete, session, nextCode, recoveryCodes, asked } = await protectedApplication(t)
  const { send } = await session()
  const { signInToken } = (await begin()).json()
  const change = { currentPassword: ada.password, newPassword: 'a horse of another colour' }
  t.equal((await send('POST', '/password/change', change)).statusCode, 200)
  asked()
  for (const fields of [{ code: nextCode() }, { recoveryCode: recoveryCodes[0] }])
    refused(t, await complete({ signInToken, ...fields }), 401, expired)
  t.strictSame(asked(), ['users.find', 'users.find'], 'no factor is looked at')
})

t.test('a half-finished sign-in of a browser is of no use to another one', async t => {
  const { begin, complete, code } = await protectedApplication(t)
  await begin('cookie')
  refused(t, await complete({ code: code() }), 401, expired)
})

t.test('the token of a cookie is refused in a body, and the reverse', async t => {
  const { begin, complete, code } = await protectedApplication(t)
  const ofCookie = (await begin('cookie')).cookies[0]?.value
  const ofBody = (await begin('token')).json().signInToken
  refused(t, await complete({ signInToken: ofCookie, code: code() }), 401, expired)
  refused(t, await complete({ code: code() }, { cookie: `__Host-sign_in=${ofBody}` }), 401, expired)
  const both = { cookie: `__Host-sign_in=${ofCookie}` }
  refused(t, await complete({ signInToken: ofCookie, code: code() }, both), 401, expired)
  t.equal((await complete({ code: code() }, both)).statusCode, 200)
})

t.test('a token that another server signed is refused', async t => {
  const storage = memoryStorage()
  const { begin, code } = await protectedApplication(t, { options: { storage } })
  const { signInToken } = (await begin()).json()
  const options = { storage, secondFactor: 'offered', secrets: [otherSecret] as [string] } as const
  const { post } = await testApplication(t, { options })
  refused(t, await post('/sign-in/second-factor', { signInToken, code: code() }), 401, expired)
  t.not(firstSecret, otherSecret)
})

t.test('a half-finished sign-in survives wrong codes, so the owner may correct a typing error', async t => {
  const { begin, complete, code, advance } = await protectedApplication(t)
  const { signInToken } = (await begin()).json()
  const wrong = String((Number(code()) + 1) % 1_000_000).padStart(6, '0')
  t.equal((await complete({ signInToken, code: wrong })).statusCode, 401)
  advance(30)
  t.equal((await complete({ signInToken, code: code() })).statusCode, 200)
})
