import type { Storage } from '../composition/storage.js'
import { expectUnchanged } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual, expectRejection } from './contract.js'
import {
  randomApiKey,
  randomEmail,
  randomMessage,
  randomSession,
  randomToken,
  randomUser,
  randomWord,
} from './random-records.js'
import { signUpOf } from './sign-up-of.js'
import { storeAccount, storeUser } from './stored-records.js'
import { takeMessages } from './waiting-messages.js'

async function expectNoUser(storage: Storage, overrides: Partial<ReturnType<typeof randomUser>>, rule: string) {
  const user = randomUser(overrides)
  await expectRejection(storage.users.create(signUpOf(user)), rule)
  expectEqual(await storage.users.find({ userId: user.id }), null, `${rule}, and nothing is written`)
}

/** Cases for text that not every database can store exactly: its description, and the character itself. */
function casesOf(content: string, character: string): ConformanceCase[] {
  const text = `a${character}b`
  const rule = `Text with ${content} is rejected`
  return [
    {
      title: `exactness: an address with ${content} is rejected and nothing is written`,
      run: ({ storage }) => expectNoUser(storage, { email: `${text}${randomEmail()}` }, rule),
    },
    {
      title: `exactness: a username with ${content} is rejected and nothing is written`,
      run: ({ storage }) => expectNoUser(storage, { username: `${text}${randomWord()}` }, rule),
    },
    {
      title: `exactness: a profile with ${content} is rejected and nothing is written`,
      async run({ storage }) {
        await expectNoUser(storage, { profile: { list: [{ deep: text }] } }, rule)
        await expectNoUser(storage, { profile: { [text]: 1 } }, rule)
      },
    },
    {
      title: `exactness: a first session with ${content} is rejected and the user is not written either`,
      async run({ storage }) {
        const user = randomUser()
        const session = randomSession(user, { userAgent: text })
        await expectRejection(storage.users.create(signUpOf(user, { session })), rule)
        expectEqual(
          await storage.users.find({ userId: user.id }),
          null,
          'A sign-up is written completely or not at all',
        )
      },
    },
    {
      title: `exactness: a user agent with ${content} is rejected and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { user, now } = account
        const session = randomSession(user, { userAgent: text, createdAt: now })
        const open = () =>
          expectRejection(
            storage.sessions.open({
              session,
              proofs: [{ kind: 'password', hash: user.passwordHash }],
              maximumPerUser: 100,
            }),
            rule,
          )
        await expectUnchanged(storage, account, open, 'A sign-in is written completely or not at all')
        expectEqual(await storage.sessions.find({ sessionId: session.id, now }), null, rule)
      },
    },
    {
      title: `exactness: a one-time token with ${content} is rejected and supersedes nothing`,
      features: ['email'],
      async run({ storage }) {
        const account = await storeAccount(storage)
        const token = randomToken(account.user, { email: `${text}${randomEmail()}` })
        const issue = () => expectRejection(storage.oneTimeTokens.issue({ token, messages: [] }), rule)
        await expectUnchanged(storage, account, issue, 'A token is issued completely or not at all')
      },
    },
    {
      title: `exactness: a message with ${content} is rejected together with its step`,
      features: ['email'],
      async run({ storage }) {
        const account = await storeAccount(storage)
        const token = randomToken(account.user)
        const messages = [randomMessage(account.user), randomMessage(account.user, { sealed: text })]
        const issue = () => expectRejection(storage.oneTimeTokens.issue({ token, messages }), rule)
        await expectUnchanged(storage, account, issue, 'A token is issued with its messages or not at all')
        const user = randomUser()
        await expectRejection(storage.users.create(signUpOf(user, { messages })), rule)
        expectEqual(
          await storage.users.find({ userId: user.id }),
          null,
          'A sign-up is written completely or not at all',
        )
        await expectRejection(storage.outbox.add({ messages }), rule)
        const left = await takeMessages(storage, messages, account.user.createdAt)
        expectEqual(left, [], 'Messages of one call are stored all or none')
      },
    },
    {
      title: `exactness: an API key with ${content} is rejected and nothing is written`,
      features: ['api-keys'],
      async run({ storage }) {
        const user = await storeUser(storage)
        for (const overrides of [{ name: text }, { scopes: ['a', text] }]) {
          const apiKey = randomApiKey(user, overrides)
          await expectRejection(storage.apiKeys.create({ apiKey, maximumPerUser: 10 }), rule)
          const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: user.createdAt })
          expectEqual(found, null, rule)
        }
      },
    },
  ]
}

/** The storage may either reject or return `null`. */
async function expectNobody(storage: Storage, email: string, rule: string): Promise<void> {
  const found = await storage.users.findByEmail({ email }).catch(() => null)
  expectEqual(found, null, rule)
}

/** U+0000 and lone surrogates: text that cannot be stored exactly is rejected, not changed. */
export const illFormedTextCases: readonly ConformanceCase[] = [
  ...casesOf('U+0000', '\0'),
  ...casesOf('a lone surrogate', '\ud800'),
  {
    title: 'exactness: an address is not truncated at U+0000',
    async run({ storage }) {
      const { email } = await storeUser(storage)
      await expectNobody(storage, `${email}\0x`, 'An address with U+0000 equals no shorter address')
    },
  },
  {
    title: 'exactness: a lone surrogate in an address does not match U+FFFD',
    async run({ storage }) {
      const { email } = await storeUser(storage, { email: `\ufffd${randomEmail()}` })
      await expectNobody(storage, email.replace('\ufffd', '\ud800'), 'Ill-formed text equals no other text')
    },
  },
]
