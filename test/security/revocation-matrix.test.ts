import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/storage/memory/index.js'
import type { OneTimeTokenPurpose } from '../../lib/storage/storage.js'
import { newOneTimeToken, oneTimeTokenHash } from '../../lib/tokens/one-time-token.js'
import { ada, bearer, signInForTokens, signUpForTokens, type TokenPair } from '../support/account.js'
import { mailApp } from '../support/mail-app.js'

const now = Date.UTC(2026, 0, 1, 12)
const newEmail = 'new@example.com'

/**
 * What is good for something, and whether it still is: before, and after what the column says. In this order: an old
 * refresh token ends the session that a password change has let go on.
 */
const matrix = {
  // nothing, reset of a proven address, of an unproven one, address change, password change, deletion, end of sessions, disabling
  "asker's access token": [true, false, false, true, true, false, false, false],
  "asker's session": [true, false, false, true, true, false, false, false],
  "asker's refresh token": [true, false, false, true, false, false, false, false],
  "other session's access token": [true, false, false, false, false, false, false, false],
  "other session's refresh token": [true, false, false, false, false, false, false, false],
  'other session': [true, false, false, false, false, false, false, false],
  'API key': [true, true, false, true, true, false, true, false],
  'pending confirmation': [true, false, false, false, true, false, true, false],
  'pending password reset': [true, false, false, false, false, false, true, false],
  'pending address change': [true, false, false, false, false, false, true, false],
} satisfies Record<string, readonly [boolean, boolean, boolean, boolean, boolean, boolean, boolean, boolean]>

const columns = [
  { title: 'before anything happens', proven: true, ends: 'nothing' },
  { title: 'after a password reset', proven: true, ends: 'reset' },
  { title: 'after a password reset that proves the address', proven: false, ends: 'reset' },
  { title: 'after an address change', proven: true, ends: 'change' },
  { title: 'after a password change', proven: true, ends: 'password' },
  { title: 'after the account is deleted', proven: true, ends: 'account' },
  { title: 'after the server has ended all sessions', proven: true, ends: 'sessions' },
  { title: 'after the user is disabled', proven: true, ends: 'disabling' },
] as const

/** Ada on two devices, with an API key and one pending token of every purpose. */
async function everythingOfAda(t: Test, proven: boolean) {
  const storage = memoryStorage()
  const tested = await mailApp(t, { options: { storage } })
  const { app, post, tokenTo } = tested
  const asker = await signUpForTokens(app)
  const other = await signInForTokens(app)
  const made = await post('/api-keys', { name: 'deploy' }, bearer(other.accessToken))
  const isKeyGood = async () =>
    (await app.inject({ url: '/auth/me', headers: bearer(made.json().key) })).statusCode === 200
  // Used, so that it is remembered.
  t.ok(await isKeyGood())
  const confirmation = await tokenTo(ada.email, 'confirmEmail')
  if (proven) await post('/email/confirm', { token: confirmation })
  // No route issues this one where the address is proven already.
  const { token, hash } = newOneTimeToken()
  const about = { userId: asker.user.id, email: ada.email, sessionId: null, createdAt: now, expiresAt: now + 1000 }
  await storage.oneTimeTokens.issue({ token: { hash, purpose: 'confirmEmail', ...about }, messages: [] })
  await post('/password/forgot', { email: ada.email })
  await post('/email/change', { email: newEmail, password: ada.password }, bearer(asker.accessToken))
  const reset = await tokenTo(ada.email, 'resetPassword')
  const change = await tokenTo(newEmail, 'changeEmail')

  const isOk = async (answer: Promise<{ statusCode: number }>) => (await answer).statusCode === 200
  const access = ({ accessToken }: TokenPair) => isOk(app.inject({ url: '/auth/me', headers: bearer(accessToken) }))
  const refresh = ({ refreshToken }: TokenPair) => isOk(post('/refresh', { refreshToken }))
  const session = async ({ session: { id: sessionId } }: TokenPair) =>
    (await storage.sessions.find({ sessionId, now })) !== null
  const pending = async (text: string, purpose: OneTimeTokenPurpose) => {
    const presented = oneTimeTokenHash(text)
    return presented !== null && (await storage.oneTimeTokens.find({ hash: presented, purpose, now })) !== null
  }
  const probes: Record<keyof typeof matrix, () => Promise<boolean>> = {
    "asker's access token": () => access(asker),
    "asker's refresh token": () => refresh(asker),
    "asker's session": () => session(asker),
    "other session's access token": () => access(other),
    "other session's refresh token": () => refresh(other),
    'other session': () => session(other),
    'API key': isKeyGood,
    'pending confirmation': () => pending(token, 'confirmEmail'),
    'pending password reset': () => pending(reset, 'resetPassword'),
    'pending address change': () => pending(change, 'changeEmail'),
  }
  return { app, post, asker, reset, change, probes }
}

for (const [column, { title, proven, ends }] of columns.entries()) {
  t.test(`${title}, each credential is worth what the table says`, async t => {
    const { app, post, asker, reset, change, probes } = await everythingOfAda(t, proven)
    if (ends === 'reset') {
      const answer = await post('/password/reset', { token: reset, password: 'a horse of another colour' })
      t.equal(answer.statusCode, 204)
    }
    if (ends === 'change') t.equal((await post('/email/change/confirm', { token: change })).statusCode, 200)
    if (ends === 'password') {
      const passwords = { currentPassword: ada.password, newPassword: 'a horse of another colour' }
      t.equal((await post('/password/change', passwords, bearer(asker.accessToken))).statusCode, 200)
    }
    if (ends === 'account') {
      const headers = bearer(asker.accessToken)
      const deletion = { method: 'DELETE', url: '/auth/me', headers, payload: { password: ada.password } } as const
      t.equal((await app.inject(deletion)).statusCode, 204)
    }
    if (ends === 'sessions') t.match(await app.fastAuth.endSessions(asker.user.id), { endedSessions: 2 })
    if (ends === 'disabling') t.match(await app.fastAuth.disableUser(asker.user.id), { outcome: 'disabled' })
    for (const [name, expected] of Object.entries(matrix)) {
      t.equal(await probes[name as keyof typeof matrix](), expected[column], name)
    }
  })
}

t.test(
  'the tokens that a password change answers with are good, while the access token before it lives out its time',
  async t => {
    const { app, post, advance } = await mailApp(t)
    const before = await signUpForTokens(app)
    const passwords = { currentPassword: ada.password, newPassword: 'a horse of another colour' }
    const after = (await post('/password/change', passwords, bearer(before.accessToken))).json<TokenPair>()
    const me = async ({ accessToken }: TokenPair) =>
      (await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode
    t.strictSame([await me(before), await me(after)], [200, 200])
    advance(900)
    t.strictSame([await me(before), await me(after)], [401, 401])
    t.equal((await post('/refresh', { refreshToken: after.refreshToken })).statusCode, 200)
  },
)

t.test('of what ended with a disabling, enabling brings back the API key and the confirmation alone', async t => {
  const { app, asker, probes } = await everythingOfAda(t, true)
  await app.fastAuth.disableUser(asker.user.id)
  await app.fastAuth.enableUser(asker.user.id)
  const good = ['API key', 'pending confirmation']
  for (const name of Object.keys(matrix))
    t.equal(await probes[name as keyof typeof matrix](), good.includes(name), name)
})
