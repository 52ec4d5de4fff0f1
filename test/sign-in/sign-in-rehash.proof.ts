import bcrypt from 'bcrypt'
import t from 'tap'
import type { PasswordHash, Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { bcryptHasher } from '../../lib/hashing/formats/bcrypt-sha256.js'
import { custom } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { importedApp, importedHashes, importUser, signInRequest } from '../support/imported-user.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const current = /^\$bcrypt-sha256\$v=2,t=2b,r=10\$/

const upgrade = ['users.findByEmail', 'sessions.open', 'users.replacePasswordHash']

for (const [kind, stored] of Object.entries(importedHashes)) {
  for (const [where, open] of Object.entries({
    memory: memoryStorage,
    SQLite: () => sqliteStorage({ file: ':memory:' }),
  })) {
    t.test(`a user with a hash of ${kind} in ${where} signs in, is upgraded once, and signs in again`, async t => {
      const { app, calls, events, userId, storedHash } = await importedApp(t, stored, { storage: open() })
      calls.length = 0
      refused(t, await app.inject(signInRequest('incorrect horse')), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
      t.equal(await storedHash(), stored, 'a wrong password changes nothing')
      calls.length = 0
      t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200)
      t.strictSame(calls, upgrade)
      const upgraded = await storedHash()
      t.match(upgraded, current)
      t.hasStrict(events.slice(1), [
        { name: 'authn_login_success' },
        { name: 'password_rehashed', userId, ip: '127.0.0.1' },
      ])
      calls.length = 0
      t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200)
      refused(t, await app.inject(signInRequest('incorrect horse')), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
      t.strictSame(calls, ['users.findByEmail', 'sessions.open', 'users.findByEmail'])
      t.equal(await storedHash(), upgraded)
    })
  }
}

t.test('the session that the upgrading sign-in opened goes on', async t => {
  const { app } = await importedApp(t, importedHashes.scrypt)
  const answer = await app.inject({ ...signInRequest(ada.password), payload: { ...ada, transport: 'token' } })
  const { refreshToken } = answer.json()
  const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  t.equal(refresh.statusCode, 200)
})

t.test('concurrent sign-ins with a hash that needs a rehash all succeed, and one replaces it', async t => {
  const { app, events, storedHash } = await importedApp(t, importedHashes['an older bcrypt-sha256'])
  const answers = await Promise.all(Array.from({ length: 6 }, () => app.inject(signInRequest(ada.password))))
  t.strictSame(
    answers.map(({ statusCode }) => statusCode),
    Array(6).fill(200),
  )
  t.match(await storedHash(), current)
  t.equal(events.filter(({ name }) => name === 'password_rehashed').length, 1)
})

/** The same storage, in which something happens right before a user's hash is replaced by the sign-in. */
function interrupted(storage: Storage, before: () => Promise<unknown>): Storage {
  const { replacePasswordHash } = storage.users
  const users = {
    ...storage.users,
    replacePasswordHash: async (wanted: Parameters<typeof replacePasswordHash>[0]) => {
      await before()
      return replacePasswordHash(wanted)
    },
  }
  return { ...storage, users }
}

t.test('a password that is changed at the same time is never lost to an upgrade', async t => {
  const storage = memoryStorage()
  const newPassword = 'a horse of another colour'
  const newHash = (await bcryptHasher(10).hash(newPassword)) as PasswordHash
  const changing = interrupted(storage, async () => {
    const user = await storage.users.findByEmail({ email: ada.email })
    await storage.users.replacePasswordHash({
      userId: user?.id ?? '',
      currentHash: user?.passwordHash as PasswordHash,
      newHash,
    })
  })
  const { app, events, storedHash } = await importedApp(t, importedHashes.scrypt, { storage: changing })
  t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200, 'it was right when it was checked')
  t.equal(await storedHash(), newHash)
  t.strictSame(
    events.map(({ name }) => name),
    ['authn_login_success'],
  )
  refused(t, await app.inject(signInRequest(ada.password)), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await app.inject(signInRequest(newPassword))).statusCode, 200)
})

t.test('an upgrade that the storage refuses does not fail the sign-in, and is emitted', async t => {
  const broken = interrupted(memoryStorage(), () => Promise.reject(new Error('read-only')))
  const { app, events, userId, storedHash } = await importedApp(t, importedHashes.scrypt, { storage: broken })
  for (const _ of ['first', 'second']) {
    events.length = 0
    t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200)
    t.hasStrict(events, [
      { name: 'authn_login_success' },
      { name: 'password_rehash_failed', reason: 'storage_failed', userId },
    ])
    t.equal(await storedHash(), importedHashes.scrypt)
  }
})

t.test('a new hash that cannot be made does not fail the sign-in, and is emitted', async t => {
  const { app, calls, events, userId, storedHash } = await importedApp(t, importedHashes.scrypt)
  t.intercept(bcrypt, 'hash', { value: () => Promise.reject(new Error('out of memory')) })
  calls.length = 0
  t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200)
  t.hasStrict(events, [
    { name: 'authn_login_success' },
    { name: 'password_rehash_failed', reason: 'hashing_failed', userId },
  ])
  t.strictSame(calls, ['users.findByEmail', 'sessions.open'])
  t.equal(await storedHash(), importedHashes.scrypt)
})

t.test('a full queue never makes a right password fail after it was checked', async t => {
  const passwords = { hashingConcurrency: 1, hashingQueueLimit: 0 }
  const { app, storedHash } = await importedApp(t, importedHashes['PBKDF2-SHA-256'], { passwords })
  t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200)
  t.match(await storedHash(), current)
})

t.test('a user with an unconfirmed address is refused, and the hash stays unchanged', async t => {
  const storage = memoryStorage()
  const userId = await importUser(storage, ada.email, importedHashes.scrypt)
  const { app } = await testApplication(t, { mail: true, options: { storage, requireEmailConfirmation: true } })
  refused(t, await app.inject(signInRequest(ada.password)), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  t.equal((await storage.users.find({ userId }))?.passwordHash, importedHashes.scrypt)
})

t.test('a user who is deleted while the password is checked gets the answer of a wrong password', async t => {
  const storage = memoryStorage()
  const { open } = storage.sessions
  const sessions = {
    ...storage.sessions,
    open: async (wanted: Parameters<typeof open>[0]) => {
      await storage.users.delete({ userId: wanted.session.userId, now: wanted.session.createdAt })
      return open(wanted)
    },
  }
  const { app, events } = await importedApp(t, importedHashes.scrypt, { storage: { ...storage, sessions } })
  refused(t, await app.inject(signInRequest(ada.password)), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'password_changed_meanwhile' }])
})

for (const hasher of ['argon2id', 'scrypt'] as const) {
  t.test(`with ${hasher} chosen, sign-up and sign-in work, and bcrypt is replaced`, async t => {
    const { app, storedHash } = await importedApp(t, importedHashes['an older bcrypt-sha256'], {
      passwords: { hasher },
    })
    t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200)
    t.ok((await storedHash())?.startsWith(`$${hasher}$`))
    const ben = { email: 'ben@example.com', password: ada.password }
    t.equal((await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ben })).statusCode, 201)
    t.equal((await app.inject(signInRequest(ben.password, ben.email))).statusCode, 200)
  })
}

t.test('a format of the application’s own signs its users in, once', async t => {
  const plain = custom({
    identifies: stored => stored.startsWith('$plain$'),
    verifies: (password, stored) => stored === `$plain$${password}`,
  })
  const { app, storedHash } = await importedApp(t, `$plain$${ada.password}`, { passwords: { formats: [plain] } })
  refused(t, await app.inject(signInRequest('incorrect horse')), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await app.inject(signInRequest(ada.password))).statusCode, 200)
  t.match(await storedHash(), current)
})
