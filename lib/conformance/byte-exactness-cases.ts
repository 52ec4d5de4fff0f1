import type { ApiKeyHash } from '../features/api-keys/api-key-record.js'
import type { OneTimeTokenHash, PasswordHash } from '../storage/records.js'
import { expectUnchanged } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { randomSession, randomWord } from './random-records.js'
import { storeAccount, storeApiKey, storeToken, storeUser } from './stored-records.js'

/** Texts that some databases treat as equal. */
const pairs: readonly { readonly difference: string; readonly one: string; readonly other: string }[] = [
  { difference: 'in case', one: 'ann', other: 'Ann' },
  { difference: 'in an accent', one: 'andre', other: 'andré' },
  { difference: 'in how an accent is composed', one: 'andr\u00e9', other: 'andre\u0301' },
  { difference: 'in a trailing blank', one: 'ann', other: 'ann ' },
  { difference: 'in a leading blank', one: 'ann', other: ' ann' },
  { difference: 'in a dotless i', one: 'iris', other: '\u0131ris' },
  { difference: 'in a sharp s', one: 'strasse', other: 'straße' },
  { difference: 'in the width of a letter', one: 'a', other: 'ａ' },
  { difference: 'in a character without width', one: 'ann', other: 'a\u200bnn' },
  { difference: 'in a four-byte character', one: 'ann\u{1f600}', other: 'ann\u{1f601}' },
  { difference: 'in the last of 320 characters', one: `${'x'.repeat(303)}a`, other: `${'x'.repeat(303)}b` },
]

/** Puts the difference at the very end, where trailing blanks and truncation matter. */
function differing(one: string, other: string): readonly [string, string] {
  const word = randomWord()
  return [`${word}${one}`, `${word}${other}`]
}

const addressCases = pairs.map(({ difference, one, other }): ConformanceCase => {
  return {
    title: `exactness: addresses that differ ${difference} are different users`,
    async run({ storage }) {
      const [email, similar] = differing(one, other)
      const rule = `Addresses are compared byte for byte; these differ ${difference}`
      const user = await storeUser(storage, { email })
      expectEqual(await storage.users.findByEmail({ email: similar }), null, rule)
      const neighbour = await storeUser(storage, { email: similar })
      expectEqual(await storage.users.findByEmail({ email }), user, rule)
      expectEqual(await storage.users.findByEmail({ email: similar }), neighbour, rule)
    },
  }
})

const usernameCases = pairs.map(({ difference, one, other }): ConformanceCase => {
  return {
    title: `exactness: usernames that differ ${difference} are different users`,
    async run({ storage }) {
      const [username, similar] = differing(one, other)
      const rule = `Usernames are compared byte for byte; these differ ${difference}`
      const user = await storeUser(storage, { username })
      expectEqual(await storage.users.findByUsername({ username: similar }), null, rule)
      const neighbour = await storeUser(storage, { username: similar })
      expectEqual(await storage.users.findByUsername({ username }), user, rule)
      expectEqual(await storage.users.findByUsername({ username: similar }), neighbour, rule)
    },
  }
})

/** Cases for the comparison of strings byte for byte. */
export const byteExactnessCases: readonly ConformanceCase[] = [
  ...addressCases,
  ...usernameCases,
  {
    title: 'exactness: a password hash that differs in case opens no session',
    async run({ storage }) {
      const account = await storeAccount(storage, { passwordHash: `$conformance$${randomWord()}a` as PasswordHash })
      const session = randomSession(account.user)
      const passwordHash = account.user.passwordHash.toUpperCase() as PasswordHash
      const open = () =>
        storage.sessions.open({ session, proofs: [{ kind: 'password', hash: passwordHash }], maximumPerUser: 100 })
      const rule = 'Password hashes are compared byte for byte'
      expectEqual(await expectUnchanged(storage, account, open, rule), { outcome: 'stale' }, rule)
    },
  },
  {
    title: 'exactness: a one-time token hash that differs in case is another token',
    features: ['email'],
    async run({ storage }) {
      const user = await storeUser(storage)
      const hash = `${randomWord()}a` as OneTimeTokenHash
      await storeToken(storage, user, { hash })
      const similar = hash.toUpperCase() as OneTimeTokenHash
      const found = await storage.oneTimeTokens.find({ hash: similar, purpose: 'confirmEmail', now: user.createdAt })
      expectEqual(found, null, 'Token hashes are compared byte for byte')
    },
  },
  {
    title: 'exactness: an API key hash that differs in case is another key',
    features: ['api-keys'],
    async run({ storage }) {
      const user = await storeUser(storage)
      const hash = `${randomWord()}a` as ApiKeyHash
      await storeApiKey(storage, user, { hash })
      const similar = hash.toUpperCase() as ApiKeyHash
      const found = await storage.apiKeys.findByHash({ hash: similar, now: user.createdAt })
      expectEqual(found, null, 'Key hashes are compared byte for byte')
    },
  },
]
