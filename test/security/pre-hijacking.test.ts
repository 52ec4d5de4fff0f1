import t from 'tap'
import { memoryStorage } from '../../lib/storage/memory/index.js'
import { bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { mailApp } from '../support/mail-app.js'
import { refused } from '../support/refusal.js'
import { storedApiKey } from '../support/stored-api-key.js'

const victim = { email: 'victim@example.com', password: 'chosen by the victim' }
const attacker = { email: victim.email, password: 'chosen by the attacker' }

t.test(
  'whoever signed up with an address before its owner keeps nothing once the owner resets the password',
  async t => {
    const storage = memoryStorage()
    const { app, post, tokenTo } = await mailApp(t, { options: { storage } })
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
    refused(t, await post('/email/change/confirm', { token: change }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
    const signedIn = await signInForTokens(app, victim)
    t.match(signedIn.user, { id: user.id, email: victim.email, emailConfirmedAt: String })
  },
)

t.test(
  'where addresses must be confirmed, whoever signed up first gets no session until the owner confirms',
  async t => {
    const { post, tokenTo } = await mailApp(t, { options: { requireEmailConfirmation: true } })
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
