import t from 'tap'
import type { PasswordHash } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { passwordlessApplication } from '../support/passwordless-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const newPassword = 'a horse of another colour'
const offered = { secondFactor: 'offered' } as const

/** The operations that take a password, without it. */
const operations = [
  ['POST', '/auth/password/change', { newPassword }, 200],
  ['POST', '/auth/email/change', { email: 'new@example.com' }, 202],
  ['DELETE', '/auth/me', {}, 204],
] as const

const signIn = { method: 'POST', url: '/auth/sign-in', payload: { ...ada, password: newPassword } } as const

for (const [method, url, payload, done] of operations) {
  const name = `${method} ${url}`

  t.test(`${name}: a session of the last five minutes need not send the password`, async t => {
    const { inject, advance } = await testApplication(t, { mail: true, signedIn: true, options: offered })
    advance(301)
    refused(t, await inject({ method, url, payload }), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
    advance(-1)
    t.equal((await inject({ method, url, payload })).statusCode, done)
  })

  t.test(`${name}: the session of a user with a second factor must have it`, async t => {
    const { app, inject, advance } = await testApplication(t, { mail: true, signedIn: true, options: offered })
    const started = await inject({ method: 'POST', url: '/auth/second-factor/totp' })
    const code = totpCode(started.json().secret, noon)
    const confirmed = await inject({ method: 'POST', url: '/auth/second-factor/totp/confirm', payload: { code } })
    refused(t, await inject({ method, url, payload }), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
    advance(300)
    const headers = bearer(confirmed.json().accessToken)
    t.equal((await app.inject({ method, url, payload, headers })).statusCode, done)
  })

  t.test(`${name}: a wrong password is refused, however recent the session is`, async t => {
    const { inject } = await testApplication(t, { mail: true, signedIn: true, options: offered })
    const field = url.endsWith('password/change') ? 'currentPassword' : 'password'
    const wrong = { ...payload, [field]: 'incorrect horse' }
    refused(t, await inject({ method, url, payload: wrong }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  })

  t.test(`${name}: a user without a password needs none`, async t => {
    const { inject, advance } = await passwordlessApplication(t)
    const field = url.endsWith('password/change') ? 'currentPassword' : 'password'
    const guessed = { ...payload, [field]: 'null' }
    refused(t, await inject({ method, url, payload: guessed }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
    advance(300)
    t.equal((await inject({ method, url, payload })).statusCode, done)
  })

  t.test(`${name}: a user without a password needs a recent session`, async t => {
    const { inject, advance } = await passwordlessApplication(t)
    advance(301)
    refused(t, await inject({ method, url, payload }), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  })
}

t.test('a user without a password sets one in this way, and signs in with it', async t => {
  const { app, inject, mailbox } = await passwordlessApplication(t)
  refused(t, await app.inject(signIn), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await inject({ method: 'POST', url: '/auth/password/change', payload: { newPassword } })).statusCode, 200)
  t.equal((await app.inject(signIn)).statusCode, 200)
  t.match((await mailbox.waitForMessage(ada.email)).subject, /password/)
})

t.test('a password that is changed concurrently is not replaced by a recent session', async t => {
  const stored = '$2b$04$stored' as PasswordHash
  const { users, ...rest } = memoryStorage()
  const changePassword: typeof users.changePassword = async request => {
    await users.replacePasswordHash({
      userId: request.userId,
      currentHash: stored,
      newHash: `${stored}2` as PasswordHash,
    })
    return users.changePassword(request)
  }
  const storage = { ...rest, users: { ...users, changePassword } }
  const { inject } = await passwordlessApplication(t, { storage, passwordHash: stored })
  const answer = await inject({ method: 'POST', url: '/auth/password/change', payload: { newPassword } })
  refused(t, answer, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
})

t.test('a password change does not make a session recent', async t => {
  const { inject, app, advance } = await testApplication(t, { mail: true, signedIn: true, options: offered })
  advance(301)
  const payload = { currentPassword: ada.password, newPassword }
  const changed = await inject({ method: 'POST', url: '/auth/password/change', payload })
  t.equal(changed.statusCode, 200)
  const headers = bearer(changed.json().accessToken)
  const answer = await app.inject({ method: 'DELETE', url: '/auth/me', payload: {}, headers })
  refused(t, answer, 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  const proven = { method: 'POST', url: '/auth/reauthenticate', payload: { password: newPassword }, headers } as const
  const recent = bearer((await app.inject(proven)).json().accessToken)
  t.equal((await app.inject({ method: 'DELETE', url: '/auth/me', payload: {}, headers: recent })).statusCode, 204)
})
