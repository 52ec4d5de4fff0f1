import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada, bearer, signInForTokens } from '../support/account.js'
import { importedHashes, importUser } from '../support/imported-user.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

/** Ada with an address that is not confirmed, and with an authenticator app: addresses had to be confirmed only later. */
async function unconfirmedAda(t: Parameters<typeof protectedApplication>[0]) {
  const storage = memoryStorage()
  const { secret, recoveryCodes, now } = await protectedApplication(t, { options: { storage } })
  const options = { storage, secondFactor: 'offered', requireEmailConfirmation: true } as const
  const { post, advance, events } = await testApplication(t, { mail: true, options })
  advance((now() - noon) / 1000)
  return { post, events, code: totpCode(secret, now()), recoveryCodes }
}

t.test('a client learns that the account is disabled only after the last factor', async t => {
  const { app, post, complete, code, recoveryCodes, user, events, begin } = await protectedApplication(t)
  await app.fastAuth.disableUser(user.id)
  const waiting = await begin()
  t.equal(waiting.statusCode, 202)
  const { signInToken } = waiting.json()
  const invented = { recoveryCode: '0'.repeat(24) }
  refused(t, await complete({ signInToken, ...invented }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  refused(t, await complete({ signInToken, code: '000000' }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  for (const fields of [{ code: code() }, { recoveryCode: recoveryCodes[0] }]) {
    refused(t, await complete({ signInToken, ...fields }), 403, 'FAST_AUTH_USER_DISABLED')
    t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'user_disabled', userId: user.id })
  }
  await app.fastAuth.enableUser(user.id)
  t.equal((await complete({ signInToken, recoveryCode: recoveryCodes[0] })).statusCode, 200, 'no refusal spends a code')
  refused(t, await post('/sign-in', { ...ada, password: 'wrong' }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
})

t.test('a client learns that the address is unconfirmed only after the last factor', async t => {
  const { post, events, code, recoveryCodes } = await unconfirmedAda(t)
  const waiting = await post('/sign-in', { ...ada, transport: 'token' })
  t.equal(waiting.statusCode, 202)
  const { signInToken } = waiting.json()
  const send = (fields: object) => post('/sign-in/second-factor', { signInToken, ...fields })
  refused(t, await send({ recoveryCode: '0'.repeat(24) }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  for (const fields of [{ code }, { recoveryCode: recoveryCodes[0] }])
    refused(t, await send(fields), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'email_not_confirmed' })
})

t.test('a user who is disabled in the last moment gets no session', async t => {
  const { sessions, users, ...rest } = memoryStorage()
  const armed = { userId: '' }
  const open: Storage['sessions']['open'] = async request => {
    if (armed.userId !== '') await users.disable({ userId: armed.userId, now: noon })
    return sessions.open(request)
  }
  const storage = { ...rest, users, sessions: { ...sessions, open } }
  const { signIn, code, user } = await protectedApplication(t, { options: { storage } })
  armed.userId = user.id
  refused(t, await signIn({ code: code() }), 403, 'FAST_AUTH_USER_DISABLED')
})

t.test('a weak hash is replaced at the first step, and the sign-in goes on', async t => {
  const storage = memoryStorage()
  await importUser(storage, 'imported@example.com', importedHashes.scrypt)
  const account = { ...ada, email: 'imported@example.com' }
  const { app, post, events } = await testApplication(t, { options: { storage, secondFactor: 'offered' } })
  const { accessToken } = await signInForTokens(app, account)
  const started = await post('/second-factor/totp', undefined, bearer(accessToken))
  const { secret } = started.json()
  await post('/second-factor/totp/confirm', { code: totpCode(secret, noon) }, bearer(accessToken))
  const user = await storage.users.findByEmail({ email: account.email })
  const newHash = importedHashes['plain bcrypt 10'] as NonNullable<NonNullable<typeof user>['passwordHash']>
  const { id: userId, passwordHash: currentHash } = user as NonNullable<typeof user>
  if (currentHash !== null) await storage.users.replacePasswordHash({ userId, currentHash, newHash })
  events.length = 0
  const { signInToken } = (await post('/sign-in', { ...account, transport: 'token' })).json()
  t.hasStrict(events, [{ name: 'password_rehashed', userId, sessionId: null }, { name: 'authn_second_factor_due' }])
  t.not((await storage.users.find({ userId }))?.passwordHash, newHash)
  const answer = await post('/sign-in/second-factor', { signInToken, code: totpCode(secret, noon + 30_000) })
  t.equal(answer.statusCode, 200)
})

t.test('a factor that is cleared between the steps ends the sign-in', async t => {
  const { app, begin, complete, code, recoveryCodes, user, post } = await protectedApplication(t)
  const { signInToken } = (await begin()).json()
  await app.fastAuth.clearSecondFactor(user.id)
  for (const fields of [{ code: code() }, { recoveryCode: recoveryCodes[0] }])
    refused(t, await complete({ signInToken, ...fields }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.equal((await post('/sign-in', ada)).statusCode, 200)
})

t.test('a factor that is cleared in the last moment ends the sign-in', async t => {
  const { sessions, secondFactors, ...rest } = memoryStorage()
  const armed = { isArmed: false }
  const open: Storage['sessions']['open'] = async request => {
    if (armed.isArmed) await secondFactors.clear({ userId: request.session.userId, now: noon, messages: [] })
    return sessions.open(request)
  }
  const storage = { ...rest, secondFactors, sessions: { ...sessions, open } }
  const { signIn, code } = await protectedApplication(t, { options: { storage } })
  armed.isArmed = true
  refused(t, await signIn({ code: code() }), 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
})

t.test('a user who is deleted between the steps has no sign-in', async t => {
  const { app, begin, complete, code, user } = await protectedApplication(t)
  const { signInToken } = (await begin()).json()
  await app.fastAuth.deleteUser(user.id)
  refused(t, await complete({ signInToken, code: code() }), 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
})

t.test('a factor that is confirmed while the password is checked is asked for', async t => {
  const { sessions, secondFactors, ...rest } = memoryStorage()
  const armed = { isArmed: false }
  const open: Storage['sessions']['open'] = async request => {
    const { userId } = request.session
    if (armed.isArmed) {
      const [asking] = (await sessions.list({ userId, now: noon, limit: 1, offset: 0 })).items
      const sessionId = asking?.id ?? ''
      const id = randomUUID()
      const times = { createdAt: noon, expiresAt: noon + 1000, confirmedAt: null, lastStep: null }
      const factor = { id, userId, sealedSecret: 'x', ...times }
      await secondFactors.startTotp({ factor, asking: { sessionId, now: noon } })
      const about = { userId, factorId: id, step: 1, sessionId, idleExpiresAt: noon + 9e6, now: noon, messages: [] }
      await secondFactors.confirmTotp({ ...about, recoveryCodes: [] })
    }
    return sessions.open(request)
  }
  const storage = { ...rest, secondFactors, sessions: { ...sessions, open } }
  const { post } = await testApplication(t, { signedIn: true, options: { storage, secondFactor: 'offered' } })
  armed.isArmed = true
  const answer = await post('/sign-in', { ...ada, transport: 'token' })
  t.equal(answer.statusCode, 202)
  t.strictSame(answer.json().methods, ['totp'])
})
