import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { storedApiKey } from '../support/stored-api-key.js'
import { testApplication } from '../support/test-application.js'

const victim = { email: 'victim@example.com', password: 'chosen by the victim' }
const attacker = { email: victim.email, password: 'chosen by the attacker' }

t.test(
  'an attacker who signed up with an address before its owner keeps nothing once the owner resets the password',
  async t => {
    const storage = memoryStorage()
    const { app, post, tokenTo } = await testApplication(t, { mail: true, options: { storage } })
    const sessions = [await signUpForTokens(app, attacker), await signInForTokens(app, attacker)] as const
    const [{ user, accessToken }] = sessions
    const isKeyAlive = await storedApiKey(storage, user.id)
    await post('/email/change', { email: 'attacker@example.com', password: attacker.password }, bearer(accessToken))
    const change = await tokenTo('attacker@example.com', 'changeEmail')
    t.equal(await isKeyAlive(), true)

    await post('/password/forgot', { email: victim.email })
    const token = await tokenTo(victim.email, 'resetPassword')
    t.equal((await post('/password/reset', { token, password: victim.password })).statusCode, 204)

    refused(t, await post('/sign-in', attacker), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
    for (const session of sessions) {
      const me = await app.inject({ url: '/auth/me', headers: bearer(session.accessToken) })
      refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
      const refresh = await post('/refresh', { refreshToken: session.refreshToken })
      refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
    }
    t.equal(await isKeyAlive(), false)
    refused(
      t,
      await post('/email/change/confirm', { token: change, password: attacker.password }),
      400,
      'FAST_AUTH_ONE_TIME_TOKEN_INVALID',
    )
    const signedIn = await signInForTokens(app, victim)
    t.match(signedIn.user, { id: user.id, email: victim.email, emailConfirmedAt: String })
  },
)

t.test(
  'if addresses must be confirmed, an attacker who signed up first gets no session until the owner confirms',
  async t => {
    const { post, tokenTo } = await testApplication(t, { mail: true, options: { requireEmailConfirmation: true } })
    await post('/sign-up', attacker)
    refused(t, await post('/sign-in', attacker), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
    await post('/sign-up', victim)
    refused(t, await post('/sign-in', victim), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
    await post('/password/forgot', { email: victim.email })
    const token = await tokenTo(victim.email, 'resetPassword')
    await post('/password/reset', { token, password: victim.password })
    refused(t, await post('/sign-in', attacker), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
    t.equal((await post('/sign-in', victim)).statusCode, 200)
  },
)

/** The uses that the owner of a mailbox can make of a link that an attacker caused. */
async function links(t: Test, options: Partial<FastAuthOptions>) {
  const storage = memoryStorage()
  const tested = await testApplication(t, { mail: true, options: { storage, ...options } })
  const confirm = async (password: string) =>
    tested.post('/email/confirm', { token: await tested.tokenTo(victim.email, 'confirmEmail'), password })
  return { ...tested, storage, confirm }
}

t.test('the owner who opens the link of an attacker’s sign-up does not confirm the attacker’s password', async t => {
  const { post, tokenTo } = await links(t, { requireEmailConfirmation: true })
  await post('/sign-up', attacker)
  const token = await tokenTo(victim.email, 'confirmEmail')
  refused(t, await post('/email/confirm', { token, password: victim.password }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  refused(t, await post('/sign-in', attacker), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
})

for (const [order, users] of [
  ['before the owner', [attacker, victim]],
  ['after the owner', [victim, attacker]],
] as const) {
  t.test(`an attacker who signs up ${order} never gets in: one password and one mailbox belong together`, async t => {
    const { post, tokenTo, confirm } = await links(t, { requireEmailConfirmation: true })
    for (const user of users) t.equal((await post('/sign-up', user)).statusCode, 202)
    const isOwnersAccount = users[0] === victim
    t.equal((await confirm(victim.password)).statusCode, isOwnersAccount ? 200 : 401)
    if (!isOwnersAccount) {
      await post('/password/forgot', { email: victim.email })
      const token = await tokenTo(victim.email, 'resetPassword')
      t.equal((await post('/password/reset', { token, password: victim.password })).statusCode, 204)
    }
    refused(t, await post('/sign-in', attacker), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
    t.equal((await post('/sign-in', victim)).statusCode, 200)
  })
}

t.test('an attacker’s API key and session do not survive the reset of an owner who opened the link before', async t => {
  const { app, post, tokenTo, confirm, storage } = await links(t, {})
  const { user, accessToken } = await signUpForTokens(app, attacker)
  const isKeyAlive = await storedApiKey(storage, user.id)
  t.equal((await confirm(victim.password)).statusCode, 401)
  await post('/password/forgot', { email: victim.email })
  const token = await tokenTo(victim.email, 'resetPassword')
  await post('/password/reset', { token, password: victim.password })
  t.equal(await isKeyAlive(), false)
  refused(t, await app.inject({ url: '/auth/me', headers: bearer(accessToken) }), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('an attacker cannot move an account of their own to the owner’s address by the owner’s click', async t => {
  const { app, post, tokenTo } = await links(t, {})
  const { accessToken } = await signUpForTokens(app, { ...attacker, email: 'attacker@example.com' })
  await post('/email/change', { email: victim.email, password: attacker.password }, bearer(accessToken))
  const token = await tokenTo(victim.email, 'changeEmail')
  const attempt = await post('/email/change/confirm', { token, password: victim.password })
  refused(t, attempt, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  await t.resolves(signUpForTokens(app, victim))
})

t.test('a wrong password with a mailed link costs the link nothing, and is limited like every password', async t => {
  const { app, post, tokenTo } = await links(t, { limits: { freeGuesses: 2 } })
  await signUpForTokens(app, victim)
  const token = await tokenTo(victim.email, 'confirmEmail')
  const wrong = () => post('/email/confirm', { token, password: attacker.password })
  for (const status of [401, 401, 429]) t.equal((await wrong()).statusCode, status)
  const patient = await links(t, {})
  await signUpForTokens(patient.app, victim)
  const other = await patient.tokenTo(victim.email, 'confirmEmail')
  await patient.post('/email/confirm', { token: other, password: attacker.password })
  t.equal((await patient.post('/email/confirm', { token: other, password: victim.password })).statusCode, 200)
})
