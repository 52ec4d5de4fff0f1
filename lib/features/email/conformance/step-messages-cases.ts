import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, expectRejection } from '../../../conformance/contract.js'
import {
  randomMessage,
  randomPasswordHash,
  randomSession,
  randomToken,
  randomTokenHash,
  randomUser,
  type UserWithPassword,
} from '../../../conformance/random-records.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeAccount, storeToken, storeUser } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import type { OutboxMessageRecord, UserRecord } from '../../../storage/records.js'

/** Returns a sign-up with a token, two messages, and two messages to the owner of a taken address. */
function mailingSignUp(user: UserRecord) {
  const messages = [randomMessage(user), randomMessage(user, { userId: null })]
  const messagesIfTaken = [randomMessage(user, { userId: null }), randomMessage(user)]
  const token = randomToken(user)
  const signUp = signUpOf(user, { token, messages, messagesIfTaken })
  return { signUp, token, messages, messagesIfTaken, offered: [...messages, ...messagesIfTaken], now: user.createdAt }
}

/** Signs up with a taken value, and checks that none of the sign-up's own records are written. */
async function signUpInVain(
  storage: Storage,
  taken: Partial<UserWithPassword>,
  outcome: 'emailTaken' | 'usernameTaken',
) {
  const stranger = mailingSignUp(randomUser(taken))
  const { signUp, token, now } = stranger
  expectEqual(await storage.users.create(signUp), { outcome }, 'A taken value is refused')
  expectEqual(await storage.users.find({ userId: signUp.user.id }), null, 'A refused sign-up writes no user')
  expectEqual(await storage.oneTimeTokens.find({ ...token, now }), null, 'A refused sign-up issues no token')
  return stranger
}

const ofOwner = (messages: OutboxMessageRecord[], { id: userId }: UserRecord) =>
  messages.map(message => ({ ...message, userId }))

/** Cases for messages that are stored in the same step as their subject, or not at all. */
export const stepMessagesCases: readonly ConformanceCase[] = [
  {
    title: 'users.create: the token and the messages are written with the user',
    async run({ storage }) {
      const user = randomUser()
      const { signUp, token, messages: waiting, offered, now } = mailingSignUp(user)
      expectEqual(await storage.users.create(signUp), { outcome: 'created' }, 'A new address can sign up')
      const found = await storage.oneTimeTokens.find({ ...token, now })
      expectEqual(found, { token, user }, 'The token that the sign-up issues is live')
      await expectWaiting(storage, { offered, waiting, now }, 'messages wait, messagesIfTaken don’t')
    },
  },
  {
    title: 'users.create: for a taken address only messagesIfTaken are stored, for its owner',
    async run({ storage }) {
      const owner = await storeUser(storage)
      const { messagesIfTaken, offered, now } = await signUpInVain(storage, { email: owner.email }, 'emailTaken')
      const waiting = ofOwner(messagesIfTaken, owner)
      await expectWaiting(storage, { offered, waiting, now }, 'A refused sign-up only stores the notice to the owner')
    },
  },
  {
    title:
      'users.create: if the address and the username belong to two users, messagesIfTaken go to the owner of the address',
    async run({ storage }) {
      const { username } = await storeUser(storage)
      const owner = await storeUser(storage)
      const taken = { email: owner.email, username }
      const { messagesIfTaken, offered, now } = await signUpInVain(storage, taken, 'emailTaken')
      const waiting = ofOwner(messagesIfTaken, owner)
      await expectWaiting(storage, { offered, waiting, now }, 'The owner of the address is notified')
    },
  },
  {
    title: 'users.create: for a taken username no messages are stored',
    async run({ storage }) {
      const { username } = await storeUser(storage)
      const { offered, now } = await signUpInVain(storage, { username }, 'usernameTaken')
      await expectWaiting(storage, { offered, waiting: [], now }, 'A taken username causes no notice')
    },
  },
  {
    title: 'users.create: a token hash that another token has is rejected and nothing is written',
    async run({ storage }) {
      const { hash } = await storeToken(storage, await storeUser(storage))
      const user = randomUser()
      const session = randomSession(user)
      const { signUp, token, offered, now } = mailingSignUp(user)
      const duplicate = { ...signUp, session, token: { ...token, hash } }
      const rule = 'A sign-up is written completely or not at all'
      await expectRejection(storage.users.create(duplicate), rule)
      expectEqual(await storage.users.find({ userId: user.id }), null, rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now }), null, rule)
      await expectWaiting(storage, { offered, waiting: [], now }, rule)
    },
  },
  {
    title: 'oneTimeTokens.issue: the messages are stored with the token',
    async run({ storage }) {
      const user = await storeUser(storage)
      const token = randomToken(user)
      const messages = [randomMessage(user), randomMessage(user, { userId: null })]
      expectEqual(await storage.oneTimeTokens.issue({ token, messages }), { outcome: 'issued' }, 'A known user')
      const now = user.createdAt
      await expectWaiting(
        storage,
        { offered: messages, waiting: messages, now },
        'The message with the token is stored',
      )
    },
  },
  {
    title: 'oneTimeTokens.issue: for an unknown user no messages are written',
    async run({ storage }) {
      const user = randomUser()
      const messages = [randomMessage(user), randomMessage(user, { userId: null })]
      const issue = await storage.oneTimeTokens.issue({ token: randomToken(user), messages })
      expectEqual(issue, { outcome: 'unknownUser' }, 'No user has this id')
      const now = user.createdAt
      await expectWaiting(storage, { offered: messages, waiting: [], now }, 'Without a token no messages are stored')
    },
  },
  {
    title: 'oneTimeTokens.issue: for an unknown or disabled user only messagesIfUnknown are stored',
    async run({ storage }) {
      const user = await storeUser(storage)
      const pending = await storeToken(storage, user)
      await storage.users.disable({ userId: user.id, now: user.createdAt })
      for (const owner of [randomUser(), user]) {
        const [messages, messagesIfUnknown] = [[randomMessage(owner)], [randomMessage(owner, { userId: null })]]
        const token = randomToken(owner)
        const issue = await storage.oneTimeTokens.issue({ token, messages, messagesIfUnknown })
        expectEqual(issue, { outcome: 'unknownUser' }, 'No enabled user has this id')
        const offered = [...messages, ...messagesIfUnknown]
        const now = owner.createdAt
        await expectWaiting(storage, { offered, waiting: messagesIfUnknown, now }, 'Only messagesIfUnknown are stored')
      }
      await storage.users.enable({ userId: user.id })
      const found = await storage.oneTimeTokens.find({ ...pending, now: user.createdAt })
      expectEqual(found, { token: pending, user }, 'A refused issue supersedes nothing')
    },
  },
  {
    title: 'oneTimeTokens.issue: messagesIfUnknown are not stored if the token is, or if the hash is stale',
    async run({ storage }) {
      const user = await storeUser(storage)
      const messagesIfUnknown = [randomMessage(user, { userId: null })]
      for (const [outcome, currentHash] of [
        ['issued', user.passwordHash],
        ['stale', randomPasswordHash()],
      ] as const) {
        const request = { token: randomToken(user), currentHash, messages: [], messagesIfUnknown }
        expectOutcome(await storage.oneTimeTokens.issue(request), outcome, 'currentHash is compared')
        const now = user.createdAt
        await expectWaiting(storage, { offered: messagesIfUnknown, waiting: [], now }, 'The user is known')
      }
    },
  },
  {
    title: 'oneTimeTokens.issue: an issue that is rejected writes no messages',
    async run({ storage }) {
      const { hash } = await storeToken(storage, await storeUser(storage))
      const user = await storeUser(storage)
      const messages = [randomMessage(user), randomMessage(user, { userId: null })]
      const rule = 'A token is issued with its messages or not at all'
      await expectRejection(storage.oneTimeTokens.issue({ token: randomToken(user, { hash }), messages }), rule)
      await expectWaiting(storage, { offered: messages, waiting: [], now: user.createdAt }, rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: the messages are stored with the new password',
    async run({ storage }) {
      const { user, tokens, now } = await storeAccount(storage)
      const { hash } = tokens.resetPassword
      const due = { nextAttemptAt: now, expiresAt: now + 1_000 }
      const messages = [randomMessage(user, due), randomMessage(user, { ...due, userId: null })]
      const reset = await storage.oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages })
      expectOutcome(reset, 'reset', 'A live token resets the password')
      await expectWaiting(storage, { offered: messages, waiting: messages, now }, 'The owner is notified of the reset')
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: for an invalid token no messages are written',
    async run({ storage }) {
      const user = await storeUser(storage)
      const now = user.createdAt
      const dead = await storeToken(storage, user, { purpose: 'resetPassword', expiresAt: now })
      const unproven = await storeToken(storage, user)
      for (const hash of [dead.hash, unproven.hash, randomTokenHash()]) {
        const messages = [randomMessage(user), randomMessage(user, { userId: null })]
        const reset = await storage.oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages })
        expectEqual(reset, { outcome: 'invalid' }, 'An expired, mismatched or unknown token is invalid')
        await expectWaiting(
          storage,
          { offered: messages, waiting: [], now },
          'Messages are stored only with the change',
        )
      }
    },
  },
  {
    title: 'users.delete: the user’s messages are deleted, and those of other users stay',
    async run({ storage }) {
      const user = await storeUser(storage)
      const { id: userId } = await storeUser(storage)
      const theirs = [randomMessage(user), randomMessage(user)]
      const others = [randomMessage(user, { userId }), randomMessage(user, { userId: null })]
      const offered = [...theirs, ...others]
      const now = user.createdAt
      await storage.outbox.add({ messages: offered })
      await storage.users.delete({ userId: user.id, now })
      await expectWaiting(storage, { offered, waiting: others, now }, 'Nothing is mailed to a deleted user')
    },
  },
  {
    title: 'users.delete: a message that is being sent is deleted too, and postponing does not restore it',
    async run({ storage }) {
      const user = await storeUser(storage)
      const now = user.createdAt
      const message = randomMessage(user)
      await storage.outbox.add({ messages: [message] })
      await storage.outbox.claim({ now, leaseUntil: now + 10, limit: 10 })
      await storage.users.delete({ userId: user.id, now })
      await storage.outbox.postpone({ messageId: message.id, attempts: 1, nextAttemptAt: now + 1 })
      const offered = [message]
      await expectWaiting(storage, { offered, waiting: [], now: now + 10 }, 'A deletion removes claimed messages too')
    },
  },
]
