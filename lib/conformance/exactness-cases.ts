import type { Storage } from '../composition/storage.js'
import type { PasswordHash, Profile } from '../storage/records.js'
import { findToken } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { hasFeature } from './optional-features.js'
import { hourMilliseconds, randomWord, type UserWithPassword } from './random-records.js'
import { storeApiKey, storeSession, storeToken, storeUser } from './stored-records.js'

const emoji = '\u{1f600}\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'
const awkward = `'; DROP TABLE x; -- "\\ \` % _ $1 ? :a {b} \t\r\n <>&\u2028\u2029\u00a0\ufeff ${emoji} null`

async function expectUserComesBack(
  storage: Storage,
  overrides: Partial<UserWithPassword>,
  rule: string,
): Promise<void> {
  const user = await storeUser(storage, overrides)
  expectEqual(await storage.users.find({ userId: user.id }), user, rule)
}

function profileCase(content: string, profile: Profile): ConformanceCase {
  return {
    title: `exactness: a profile with ${content} comes back equal`,
    async run({ storage }) {
      await expectUserComesBack(storage, { profile }, `A profile with ${content} comes back equal`)
    },
  }
}

/** Records are live until their own expiry and expired afterwards, however far that is from the present. */
function eraCase(era: string, createdAt: number): ConformanceCase {
  return {
    title: `exactness: ${era} records expire by the instant in the request, not by a clock`,
    async run({ storage }) {
      const user = await storeUser(storage, { createdAt })
      const session = await storeSession(storage, user)
      const [hasTokens, hasKeys] = [hasFeature(storage, 'email'), hasFeature(storage, 'api-keys')]
      const end = createdAt + hourMilliseconds
      const token = hasTokens ? await storeToken(storage, user) : null
      const apiKey = hasKeys ? await storeApiKey(storage, user, { expiresAt: end }) : null
      const look = async (now: number) => [
        await storage.sessions.find({ sessionId: session.id, now }),
        token && (await findToken(storage, token, now)),
        apiKey && ((await storage.apiKeys.findByHash({ hash: apiKey.hash, now }))?.apiKey ?? null),
      ]
      expectEqual(await look(end - 1), [session, token, apiKey], 'Every record is live before its expiresAt')
      expectEqual(await look(end), [null, null, null], 'Every record is expired from its expiresAt on')
    },
  }
}

/** Cases for stored values that must come back exactly, to the last byte and millisecond. */
export const exactnessCases: readonly ConformanceCase[] = [
  {
    title: 'exactness: an address of 320 characters comes back whole',
    async run({ storage }) {
      const email = `${randomWord().padEnd(300, 'a')}@conformance.example`
      await expectUserComesBack(storage, { email }, 'A long address is not truncated')
    },
  },
  {
    title: 'exactness: an address of four-byte characters comes back whole',
    async run({ storage }) {
      const email = `${randomWord()}${emoji}@conformance.example`
      await expectUserComesBack(storage, { email }, 'Four-byte characters are stored as they are')
    },
  },
  {
    title: 'exactness: a password hash of 500 characters comes back whole',
    async run({ storage }) {
      const passwordHash = `$conformance$${'Ab1/+.'.repeat(100)}`.slice(0, 500) as PasswordHash
      await expectUserComesBack(storage, { passwordHash }, 'A long password hash is not truncated')
    },
  },
  {
    title: 'exactness: a user agent of 1,000 characters comes back whole',
    async run({ storage }) {
      const user = await storeUser(storage)
      const session = await storeSession(storage, user, { userAgent: `${emoji}${'u'.repeat(1_000)}`.slice(0, 1_000) })
      const found = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(found, session, 'A long user agent is not truncated')
    },
  },
  {
    title: 'exactness: quotes, backslashes, line ends and wildcards come back as they are',
    async run({ storage }) {
      const user = await storeUser(storage, { username: `${randomWord()}${awkward}`, profile: { [awkward]: awkward } })
      const found = await storage.users.findByUsername({ username: String(user.username) })
      expectEqual(found, user, 'No character has a special meaning')
      if (!hasFeature(storage, 'api-keys')) return
      const apiKey = await storeApiKey(storage, user, { name: awkward, scopes: [awkward] })
      const owned = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: user.createdAt })
      expectEqual(owned, { apiKey, user, role: null }, 'No character has a special meaning')
    },
  },
  {
    title: 'exactness: a wildcard in an address finds only itself',
    async run({ storage }) {
      const { email } = await storeUser(storage)
      for (const pattern of ['%', email.replace('@', '_'), `${email.slice(0, 4)}%`, `${email.slice(0, 4)}*`]) {
        expectEqual(await storage.users.findByEmail({ email: pattern }), null, 'An address is compared, not matched')
      }
    },
  },
  {
    title: 'exactness: text that looks like a number, a boolean or null stays text',
    async run({ storage }) {
      for (const text of ['0', '007', '1e3', '-0', 'null', 'true', 'undefined', 'NaN']) {
        const user = await storeUser(storage, { profile: { text } })
        const session = await storeSession(storage, user, { userAgent: text, ip: text })
        const found = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
        expectEqual(found, session, `The text ${text} is text`)
        expectEqual((await storage.users.find({ userId: user.id }))?.profile, { text }, `The text ${text} is text`)
      }
    },
  },
  {
    title: 'exactness: empty text is not null',
    async run({ storage }) {
      const user = await storeUser(storage)
      const session = await storeSession(storage, user, { userAgent: '', ip: '' })
      const found = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(found, session, 'Empty text comes back as empty text')
    },
  },
  {
    title: 'exactness: the instant 0 is not null',
    async run({ storage }) {
      const times = { createdAt: 0, emailConfirmedAt: 0, lastSignInAt: 0, disabledAt: 0 }
      await expectUserComesBack(storage, times, 'The instant 0 comes back as 0')
      if (!hasFeature(storage, 'api-keys')) return
      const apiKey = await storeApiKey(storage, await storeUser(storage), { expiresAt: 0, lastUsedAt: 0 })
      const request = { userId: apiKey.userId, limit: 1, offset: 0, sortBy: 'name', sortOrder: 'asc' } as const
      const { items } = await storage.apiKeys.list(request)
      expectEqual(items, [apiKey], 'The instant 0 comes back as 0')
    },
  },
  {
    title: 'exactness: instants come back to the millisecond, up to the year 9999',
    async run({ storage }) {
      const times = {
        createdAt: 1_712_345_678_901,
        emailConfirmedAt: 2_147_483_648_001,
        lastSignInAt: 253_402_300_799_999,
        disabledAt: 1_712_345_678_903,
      }
      await expectUserComesBack(storage, times, 'An instant is neither rounded nor truncated')
    },
  },
  eraCase('long ago', 500_000_000_001),
  eraCase('far in the future', 32_503_680_000_001),
  {
    title: 'exactness: scopes come back in the order given',
    features: ['api-keys'],
    async run({ storage }) {
      const user = await storeUser(storage)
      for (const scopes of [[], ['write', 'admin', 'read'], ['a,b', 'a b', '["c"]', '', emoji]]) {
        const apiKey = await storeApiKey(storage, user, { scopes })
        const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: user.createdAt })
        expectEqual(found?.apiKey.scopes, scopes, 'Scopes are a list of texts, in the order given')
      }
    },
  },
  profileCase('nothing in it', {}),
  profileCase('nested objects and lists', {
    address: { street: { name: 'Rue Émile', numbers: [1, 2, [3, { deep: [[], {}, null] }]] } },
    tags: ['a', '', null, true, false, {}],
  }),
  profileCase('numbers of every size', {
    numbers: [0, -1, 0.1, 1.5e-7, 1e21, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  }),
  profileCase('names with a special meaning elsewhere', {
    '': 1,
    constructor: 'x',
    toString: null,
    length: 0,
    $set: { 'a.b': 1 },
    '1': 'one',
    [emoji]: emoji,
  }),
  profileCase('a field named __proto__', JSON.parse('{"__proto__":{"admin":true},"nested":{"__proto__":1}}')),
  profileCase('16,000 characters of text', { text: 'é'.repeat(16_000) }),
]
