import t from 'tap'
import { createSoftwareAuthenticator, registerPasskey, totpCode } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { confirmedApplication, origin, passkeyApplication } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'

const setupRequired = 'FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED'
const options = { secondFactor: 'required' } as const

t.test('a session without the factor adds a passkey, proves it, and then has a full session', async t => {
  const application = await confirmedApplication(t, { options })
  const { app, send, post, accessToken } = application
  refused(t, await send('GET', '/me'), 403, setupRequired)
  const authenticator = createSoftwareAuthenticator()
  await registerPasskey(application, { authenticator, origin })
  refused(t, await send('GET', '/me'), 403, setupRequired)
  const { challenge, rpId } = (await post('/sign-in/passkey/options', undefined)).json()
  const credential = authenticator.get({ challenge, rpId, timeout: 1, userVerification: 'required' }, { origin })
  const proven = await post('/reauthenticate', { credential }, bearer(accessToken))
  t.equal(proven.statusCode, 200)
  const headers = bearer(proven.json().accessToken)
  t.equal((await app.inject({ url: '/auth/me', headers })).statusCode, 200)
  const state = await app.inject({ url: '/auth/second-factor', headers })
  t.strictSame(state.json(), { totp: null, passkeys: 1, recoveryCodesLeft: 0, required: true })
})

t.test('a session by a passkey passes every guard', async t => {
  const { app, passkeySession } = await passkeyApplication(t, {
    options,
    after(app) {
      const { authenticate, authenticateOptional, requireSession, requireScopes, requireRecentSignIn } = app.fastAuth
      const guards = {
        authenticate,
        authenticateOptional,
        requireSession,
        requireScopes: requireScopes('any'),
        requireRecentSignIn: requireRecentSignIn({ maxAgeSeconds: 300 }),
        requireSecondFactor: app.fastAuth.requireSecondFactor({ maxAgeSeconds: 300 }),
      }
      for (const [name, guard] of Object.entries(guards)) app.get(`/${name}`, { onRequest: guard }, async () => name)
    },
  })
  const { accessToken } = await passkeySession()
  const paths = ['authenticate', 'authenticateOptional', 'requireSession', 'requireScopes', 'requireRecentSignIn']
  for (const path of [...paths, 'requireSecondFactor'])
    t.equal((await app.inject({ url: `/${path}`, headers: bearer(accessToken) })).statusCode, 200, path)
})

t.test('a session without the factor lists passkeys, and neither renames nor deletes one', async t => {
  const { send, passkey } = await passkeyApplication(t, { options })
  t.equal((await send('GET', '/passkeys')).json().items.length, 1)
  refused(t, await send('PATCH', `/passkeys/${passkey.id}`, { name: 'x' }), 403, setupRequired)
  refused(t, await send('DELETE', `/passkeys/${passkey.id}`), 403, setupRequired)
})

t.test('the password alone signs a user with a passkey in, to a session that only sets up', async t => {
  const { app, post } = await passkeyApplication(t, { options })
  const answer = await post('/sign-in', { ...ada, transport: 'token' })
  t.equal(answer.statusCode, 200)
  const headers = bearer(answer.json().accessToken)
  refused(t, await app.inject({ url: '/auth/me', headers }), 403, setupRequired)
  const started = await app.inject({ method: 'POST', url: '/auth/second-factor/totp', headers })
  const payload = { code: totpCode(started.json().secret, noon) }
  const confirmed = await app.inject({ method: 'POST', url: '/auth/second-factor/totp/confirm', payload, headers })
  const inject = (url: string) => app.inject({ url, headers: bearer(confirmed.json().accessToken) })
  t.equal((await inject('/auth/me')).statusCode, 200)
})

t.test('a session by a passkey deletes it, and stays', async t => {
  const { passkeySession, passkey } = await passkeyApplication(t, { options })
  const { send } = await passkeySession()
  t.equal((await send('DELETE', `/passkeys/${passkey.id}`)).statusCode, 204)
  t.equal((await send('GET', '/me')).statusCode, 200)
})
