import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada, bearer } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { refused } from '../support/refusal.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'

const grace = { email: 'grace@example.com', password: ada.password } as const

async function namesApp(t: Test, { options }: TestApplicationSettings = {}) {
  const tested = await testApplication(t, { options: { usernames: true, ...options } })
  const signUp = (payload: object) =>
    tested.app.inject({ method: 'POST', url: '/auth/sign-up', payload: { transport: 'token', ...payload } })
  return { ...tested, signUp }
}

t.test('a user name is taken at sign-up in its canonical form, and is in every answer about the user', async t => {
  const storage = memoryStorage()
  const { app, signUp } = await namesApp(t, { options: { storage } })
  const answer = await signUp({ ...ada, username: 'Ada.L' })
  t.equal(answer.statusCode, 201)
  const { user, accessToken } = answer.json()
  t.equal(user.username, 'ada.l')
  const me = await app.inject({ url: '/auth/me', headers: bearer(accessToken) })
  t.equal(me.json().user.username, 'ada.l')
  t.hasStrict(await storage.users.findByUsername({ username: 'ada.l' }), { id: user.id, email: ada.email })
})

t.test('any number of users may omit a user name', async t => {
  const { signUp } = await namesApp(t)
  for (const account of [ada, grace]) {
    const answer = await signUp(account)
    t.equal(answer.statusCode, 201)
    t.notOk('username' in answer.json().user)
  }
})

t.test('a taken user name is a 409 in any case, distinct from a taken address, and no message is sent', async t => {
  const storage = memoryStorage()
  const { signUp } = await namesApp(t, { options: { storage } })
  await signUp({ ...ada, username: 'ada' })
  for (const username of ['ada', 'ADA']) {
    const answer = await signUp({ ...grace, username })
    refused(t, answer, 409, 'FAST_AUTH_USER_EXISTS')
    t.hasStrict(answer.json(), { taken: 'username', message: 'There is an account with this user name' })
  }
  for (const username of ['other', 'ada']) {
    const answer = await signUp({ ...ada, username })
    refused(t, answer, 409, 'FAST_AUTH_USER_EXISTS')
    t.hasStrict(answer.json(), { taken: 'email', message: 'There is an account with this address' })
  }
  t.equal((await storage.users.list({ limit: 10 })).length, 1)
})

for (const [name, storage] of Object.entries({ memoryStorage, sqlite: () => sqliteStorage({ file: ':memory:' }) })) {
  t.test(`of concurrent sign-ups with one user name exactly one gets it: ${name}`, async t => {
    const { signUp } = await namesApp(t, { options: { storage: storage() } })
    const emails = ['a', 'b', 'c', 'd'].map(local => `${local}@example.com`)
    const answers = await Promise.all(emails.map(email => signUp({ ...ada, email, username: 'ada' })))
    t.same(answers.map(({ statusCode }) => statusCode).toSorted(), [201, 409, 409, 409])
  })
}

t.test('an invalid or reserved user name is refused without a hash or a storage call', async t => {
  const { signUp, calls } = await namesApp(t, { options: { reservedUsernames: ['Pricing'] } })
  const hashes = hashCalls(t)
  const form = 'body/username must have 3 to 30 characters: letters a to z, digits, and single . _ - between them'
  const reserved = 'body/username must not be a reserved name'
  const refusals: Readonly<Record<string, string>> = {
    'ada@example.com': form,
    'ada l': form,
    '-ada': form,
    admin: reserved,
    'Ad-Min': reserved,
    pricing: reserved,
  }
  for (const [username, message] of Object.entries(refusals)) {
    const answer = await signUp({ ...ada, username })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().message, message)
    t.equal(answer.json().validation[0].instancePath, '/username')
  }
  for (const username of ['ab', 'x'.repeat(31), null, 5, ['ada'], 'a\0da']) {
    refused(t, await signUp({ ...ada, username }), 400, 'FST_ERR_VALIDATION')
  }
  t.same([calls, hashes()], [[], []])
})

t.test('a password must not be made of the user name', async t => {
  const { signUp } = await namesApp(t)
  const answer = await signUp({ email: 'x@example.com', password: 'Lovelace1815', username: 'lovelace' })
  refused(t, answer, 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
  t.equal(answer.json().rule, 'contextWord')
})

t.test('without the option user names are refused, and a stored one is not returned', async t => {
  const storage = memoryStorage()
  const { app, signUp } = await namesApp(t, { options: { storage, usernames: false } })
  refused(t, await signUp({ ...ada, username: 'ada' }), 400, 'FST_ERR_VALIDATION')
  const { user, accessToken } = (await signUp(ada)).json()
  await storage.users.updateProfile({ userId: user.id, patch: {}, maximumBytes: 9, username: 'ada' })
  const headers = bearer(accessToken)
  t.notMatch((await app.inject({ url: '/auth/me', headers })).body, 'username')
  const payload = { username: 'ada', password: ada.password }
  refused(t, await app.inject({ method: 'POST', url: '/auth/sign-in', payload }), 400, 'FST_ERR_VALIDATION')
  const patch = await app.inject({ method: 'PATCH', url: '/auth/me', headers, payload: { username: 'ada' } })
  t.equal(patch.statusCode, 404)
})
