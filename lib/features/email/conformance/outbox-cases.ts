import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomMessage, randomTime, randomUser } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { expectWaiting, takeMessages } from '../../../conformance/waiting-messages.js'
import type { EpochMilliseconds, OutboxMessageRecord } from '../../../storage/records.js'

const leaseMilliseconds = 100

async function expectComesBack(storage: Storage, overrides: Partial<OutboxMessageRecord>, rule: string) {
  const message = randomMessage(await storeUser(storage), overrides)
  await storage.outbox.add({ messages: [message] })
  const [offered, waiting] = [[message], [message]]
  await expectWaiting(storage, { offered, waiting, now: message.nextAttemptAt }, rule)
}

/** Stores a message and claims it once. Returns the stored record and the time of the claim. */
async function storeClaimed(storage: Storage): Promise<{ message: OutboxMessageRecord; now: EpochMilliseconds }> {
  const stored = randomMessage(await storeUser(storage))
  const now = stored.createdAt
  const leaseUntil = now + leaseMilliseconds
  await storage.outbox.add({ messages: [stored] })
  await storage.outbox.claim({ now, leaseUntil, limit: 10 })
  return { message: { ...stored, attempts: 1, nextAttemptAt: leaseUntil }, now }
}

/** Presents a number of attempts other than the message's, and checks that it has no effect. */
async function expectIgnored(storage: Storage, attempts: number, rule: string): Promise<void> {
  const { message, now } = await storeClaimed(storage)
  await storage.outbox.postpone({ messageId: message.id, attempts, nextAttemptAt: now + 1 })
  expectEqual(await takeMessages(storage, [message], message.nextAttemptAt - 1), [], rule)
  await expectWaiting(storage, { offered: [message], waiting: [message], now: message.nextAttemptAt }, rule)
}

/** Cases for storing, removing and postponing messages. */
export const outboxCases: readonly ConformanceCase[] = [
  {
    title: 'outbox.add: a message comes back exactly as it was written',
    run: ({ storage }) => expectComesBack(storage, { attempts: 7 }, 'A message is claimed as written'),
  },
  {
    title: 'outbox.add: a message without a user comes back without one',
    run: ({ storage }) => expectComesBack(storage, { userId: null }, 'A userId of null stays null'),
  },
  {
    title: 'outbox.add: a sealed text of 16,000 characters comes back whole',
    run: ({ storage }) =>
      expectComesBack(storage, { sealed: 'aA\u00e9\u{1f600}'.repeat(3_200) }, 'A long text is not truncated'),
  },
  {
    title: 'outbox.add: quotes, backslashes, line ends and blanks in a sealed text come back as they are',
    run: ({ storage }) =>
      expectComesBack(
        storage,
        { sealed: ` '; -- "\\ \` % _ $1 ? :a \t\r\n\u2028 null ` },
        'No character has a special meaning',
      ),
  },
  {
    title: 'outbox.add: instants come back to the millisecond, up to the year 9999',
    run: ({ storage }) =>
      expectComesBack(
        storage,
        { createdAt: 1, nextAttemptAt: 253_402_214_399_998, expiresAt: 253_402_214_399_999 },
        'An instant is neither rounded nor truncated',
      ),
  },
  {
    title: 'outbox.add: several messages are stored in one call, with different users and without one',
    async run({ storage }) {
      const user = await storeUser(storage)
      const { id: userId } = await storeUser(storage)
      const overrides = [{}, {}, { userId }, { userId: null }]
      const messages = overrides.map(override => randomMessage(user, override))
      await storage.outbox.add({ messages })
      const now = user.createdAt
      await expectWaiting(storage, { offered: messages, waiting: messages, now }, 'Each message is stored')
    },
  },
  {
    title: 'outbox.add: messages about deleted users are skipped, and the others are stored',
    async run({ storage }) {
      const user = await storeUser(storage)
      const now = user.createdAt
      await storage.users.delete({ userId: user.id, now })
      const { id: userId } = await storeUser(storage)
      const gone = [randomMessage(user), randomMessage(user, { userId: randomUser().id })]
      const kept = [randomMessage(user, { userId }), randomMessage(user, { userId: null })]
      const offered = [...gone, ...kept]
      await storage.outbox.add({ messages: offered })
      await expectWaiting(storage, { offered, waiting: kept, now }, 'Messages about deleted users are not stored')
    },
  },
  {
    title: 'outbox.add: an empty list changes nothing',
    async run({ storage }) {
      await storage.outbox.add({ messages: [] })
      const claim = { now: randomTime(), leaseUntil: 0, limit: 10 }
      expectEqual(await storage.outbox.claim(claim), [], 'Nothing was stored')
    },
  },
  {
    title: 'outbox.remove: a removed message is never claimed again, and the others stay',
    async run({ storage }) {
      const { message } = await storeClaimed(storage)
      const { nextAttemptAt: now, expiresAt } = message
      const kept = randomMessage(await storeUser(storage), { nextAttemptAt: now, expiresAt })
      await storage.outbox.add({ messages: [kept] })
      await storage.outbox.remove({ messageId: message.id })
      await expectWaiting(storage, { offered: [message, kept], waiting: [kept], now }, 'A message is removed by its id')
    },
  },
  {
    title: 'outbox.remove: removing a missing message is not an error',
    async run({ storage }) {
      const { message } = await storeClaimed(storage)
      await storage.outbox.remove({ messageId: message.id })
      await storage.outbox.remove({ messageId: message.id })
      await storage.outbox.remove({ messageId: randomUUID() })
      expectEqual(await takeMessages(storage, [message], message.nextAttemptAt), [], 'A removed message stays removed')
    },
  },
  {
    title: 'outbox.postpone: a claimed message is due again at the instant set, and nothing else of it changes',
    async run({ storage }) {
      const { message } = await storeClaimed(storage)
      const nextAttemptAt = message.nextAttemptAt + 50
      await storage.outbox.postpone({ messageId: message.id, attempts: message.attempts, nextAttemptAt })
      const rule = 'A postponed message is due from nextAttemptAt on'
      expectEqual(await takeMessages(storage, [message], nextAttemptAt - 1), [], rule)
      const waiting = [{ ...message, nextAttemptAt }]
      await expectWaiting(storage, { offered: [message], waiting, now: nextAttemptAt }, rule)
    },
  },
  {
    title: 'outbox.postpone: a message may be due again before its lease ends',
    async run({ storage }) {
      const { message, now } = await storeClaimed(storage)
      const nextAttemptAt = now + 1
      await storage.outbox.postpone({ messageId: message.id, attempts: message.attempts, nextAttemptAt })
      const waiting = [{ ...message, nextAttemptAt }]
      await expectWaiting(storage, { offered: [message], waiting, now: nextAttemptAt }, 'Postponing ends the lease')
    },
  },
  {
    title: 'outbox.postpone: a call with fewer attempts than the message changes nothing',
    run: ({ storage }) => expectIgnored(storage, 0, 'Another process has claimed the message since'),
  },
  {
    title: 'outbox.postpone: a call with more attempts than the message changes nothing',
    run: ({ storage }) => expectIgnored(storage, 2, 'Attempts must be equal'),
  },
  {
    title: 'outbox.postpone: postponing a missing message is not an error and does not restore it',
    async run({ storage }) {
      const { message, now } = await storeClaimed(storage)
      const { id: messageId, attempts } = message
      await storage.outbox.remove({ messageId })
      await storage.outbox.postpone({ messageId, attempts, nextAttemptAt: now + 1 })
      expectEqual(await takeMessages(storage, [message], now + 1), [], 'A missing message is not postponed')
    },
  },
  {
    title: 'outbox.postpone: other messages stay as they are',
    async run({ storage }) {
      const { message, now } = await storeClaimed(storage)
      const other = { ...message, id: randomUUID() }
      await storage.outbox.add({ messages: [other] })
      await storage.outbox.postpone({ messageId: message.id, attempts: 1, nextAttemptAt: now + 1 })
      const offered = [message, other]
      const waiting = [{ ...message, nextAttemptAt: now + 1 }]
      await expectWaiting(storage, { offered, waiting, now: now + 1 }, 'A message is postponed by its id')
    },
  },
]
