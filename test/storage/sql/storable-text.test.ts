import t from 'tap'
import type { PasswordHash } from '../../../lib/composition/storage.js'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { openStorage } from './fixtures/open-storage.js'
import { anApiKey, aUser, now } from './fixtures/records.js'

const storage = openStorage(t, { file: ':memory:' })
t.before(() => storage.migrate())

const refusal = (message: RegExp) => ({ name: 'TypeError', message })
const nul = refusal(/U\+0000 cannot be stored/)
const surrogate = refusal(/lone surrogate .* cannot be stored/)

t.test('text with U+0000 is refused wherever it would be written or looked for', async t => {
  await t.rejects(storage.users.create(signUpOf(aUser({ username: 'ada\0' }))), nul)
  await t.rejects(storage.users.findByEmail({ email: 'ada@example.test\0' }), nul)
  const passwords = { currentHash: 'a' as PasswordHash, newHash: 'b\0' as PasswordHash }
  await t.rejects(storage.users.replacePasswordHash({ userId: 'none', ...passwords }), nul)
})

t.test('text with a lone surrogate is refused', async t => {
  await t.rejects(storage.users.create(signUpOf(aUser({ username: 'ada\ud800' }))), surrogate)
  await t.rejects(storage.users.findByUsername({ username: '\udc00ada' }), surrogate)
})

t.test('such text is refused inside a profile too, in names and in values', async t => {
  for (const profile of [{ name: 'a\0' }, { 'a\0': 1 }, { deep: [{ name: 'a\0' }] }]) {
    await t.rejects(storage.users.create(signUpOf(aUser({ profile }))), nul)
  }
  await t.rejects(storage.users.create(signUpOf(aUser({ profile: { name: '\ud800' } }))), surrogate)
})

t.test('such text is refused inside the scopes of an API key', async t => {
  const user = aUser()
  await storage.users.create(signUpOf(user))
  const apiKey = anApiKey(user, { scopes: ['read\0'] })
  await t.rejects(storage.apiKeys.create({ apiKey, maximumPerUser: 9 }), nul)
})

t.test('the refusal does not repeat the text', async t => {
  const secret = 'correct horse\0'
  await storage.users.findByEmail({ email: secret }).then(
    () => t.fail('expected a rejection'),
    error => t.notMatch(String(error), 'correct horse'),
  )
})

t.test('a method that was refused has written nothing', async t => {
  const user = aUser()
  const apiKey = anApiKey(user, { name: 'deploy\0' })
  await storage.users.create(signUpOf(user))
  await t.rejects(storage.apiKeys.create({ apiKey, maximumPerUser: 9 }), nul)
  t.equal(await storage.apiKeys.findByHash({ hash: apiKey.hash, now }), null)
})

t.test('text of every plane, and what looks like an escape, comes back as it was', async t => {
  const profile = { 'clé 🔑': '\u{10ffff} \\u0000 \\ud800 "\'', __proto__: null }
  const user = aUser({ username: 'Ünï 🔑 ﬀ', profile })
  await storage.users.create(signUpOf(user))
  t.same(await storage.users.findByUsername({ username: 'Ünï 🔑 ﬀ' }), user)
})
