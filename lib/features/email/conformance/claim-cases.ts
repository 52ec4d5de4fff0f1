import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomMessage, randomTime } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { byId, claimed } from '../../../conformance/waiting-messages.js'
import type { EpochMilliseconds, OutboxMessageRecord } from '../../../storage/records.js'

const leaseMilliseconds = 100

/** Stores messages about a user, with the given overrides. */
async function addMessages(
  storage: Storage,
  ...differences: ((due: EpochMilliseconds) => Partial<OutboxMessageRecord>)[]
) {
  const user = await storeUser(storage)
  const due = user.createdAt
  const messages = differences.map(differ => randomMessage(user, differ(due)))
  await storage.outbox.add({ messages })
  return { messages, due }
}

const claimAt = ({ outbox }: Storage, now: EpochMilliseconds, limit = 10) =>
  outbox.claim({ now, leaseUntil: now + leaseMilliseconds, limit })

const claimedAt = (messages: readonly OutboxMessageRecord[], now: EpochMilliseconds) =>
  messages.map(message => claimed(message, now + leaseMilliseconds))

/** Cases for claiming due messages. */
export const claimCases: readonly ConformanceCase[] = [
  {
    title: 'outbox.claim: a claim increments attempts and sets nextAttemptAt to leaseUntil, and nothing else changes',
    async run({ storage }) {
      const { messages, due } = await addMessages(storage, () => ({ attempts: 3 }))
      const answer = await claimAt(storage, due)
      expectEqual(answer, claimedAt(messages, due), 'attempts is incremented, and nextAttemptAt is leaseUntil')
    },
  },
  {
    title: 'outbox.claim: a message is due at exactly nextAttemptAt, and not a millisecond before',
    async run({ storage }) {
      const { messages, due } = await addMessages(storage, at => ({ nextAttemptAt: at + 10 }))
      const rule = 'A message is due while nextAttemptAt <= now'
      expectEqual(await claimAt(storage, due + 9), [], rule)
      expectEqual(await claimAt(storage, due + 10), claimedAt(messages, due + 10), rule)
    },
  },
  {
    title: 'outbox.claim: a message is claimed in the last millisecond before expiresAt',
    async run({ storage }) {
      const { messages, due } = await addMessages(storage, at => ({ expiresAt: at + 10 }))
      const answer = await claimAt(storage, due + 9)
      expectEqual(answer, claimedAt(messages, due + 9), 'A message is due while now < expiresAt')
    },
  },
  {
    title: 'outbox.claim: a message is not claimed at exactly expiresAt',
    async run({ storage }) {
      const { due } = await addMessages(storage, at => ({ expiresAt: at + 10 }))
      expectEqual(await claimAt(storage, due + 10), [], 'A message is expired from expiresAt on')
    },
  },
  {
    title: 'outbox.claim: a claimed message is not claimed again until its lease ends',
    async run({ storage }) {
      const { due } = await addMessages(storage, () => ({}))
      await claimAt(storage, due)
      const rule = 'A claimed message is not due before leaseUntil'
      expectEqual(await claimAt(storage, due), [], rule)
      expectEqual(await claimAt(storage, due + leaseMilliseconds - 1), [], rule)
    },
  },
  {
    title: 'outbox.claim: when the lease ends the message is due again, and each claim counts as an attempt',
    async run({ storage }) {
      const { messages, due } = await addMessages(storage, () => ({}))
      const end = due + leaseMilliseconds
      const first = await claimAt(storage, due)
      expectEqual(await claimAt(storage, end), claimedAt(first, end), 'A claim stores the record that it returns')
      const [third] = await claimAt(storage, end + leaseMilliseconds)
      const asked = messages.map(({ attempts }) => attempts + 3)
      expectEqual([third?.attempts], asked, 'Each claim is an attempt')
    },
  },
  {
    title: 'outbox.claim: messages that are due longest come first, in any order of storage',
    async run({ storage }) {
      const { messages, due } = await addMessages(
        storage,
        at => ({ nextAttemptAt: at + 2 }),
        at => ({ nextAttemptAt: at + 3 }),
        at => ({ nextAttemptAt: at + 1 }),
      )
      const [second, third, first] = (await claimAt(storage, due + 3)).map(({ id }) =>
        messages.findIndex(m => m.id === id),
      )
      expectEqual([second, third, first], [2, 0, 1], 'Messages come in the order of nextAttemptAt')
    },
  },
  {
    title: 'outbox.claim: messages due at the same instant are ordered by id',
    async run({ storage }) {
      const { messages, due } = await addMessages(storage, ...Array.from({ length: 5 }, () => () => ({})))
      const answer = await claimAt(storage, due)
      expectEqual(answer, claimedAt(byId(messages), due), 'Ties are ordered by id')
    },
  },
  {
    title: 'outbox.claim: at most `limit` messages are taken, and the next call takes the rest',
    async run({ storage }) {
      const { messages, due } = await addMessages(storage, ...Array.from({ length: 5 }, () => () => ({})))
      const asked = claimedAt(byId(messages), due)
      expectEqual(await claimAt(storage, due, 2), asked.slice(0, 2), 'A claim takes at most `limit` messages')
      expectEqual(await claimAt(storage, due, 2), asked.slice(2, 4), 'The next claim takes the following ones')
      expectEqual(await claimAt(storage, due, 2), asked.slice(4), 'The last claim takes what is left')
      expectEqual(await claimAt(storage, due, 2), [], 'Then nothing is due')
    },
  },
  {
    title: 'outbox.claim: expired and postponed messages do not displace those that are due',
    async run({ storage }) {
      const { messages, due } = await addMessages(
        storage,
        at => ({ nextAttemptAt: at - 2, expiresAt: at }),
        at => ({ nextAttemptAt: at - 1, expiresAt: at }),
        at => ({ nextAttemptAt: at + 1 }),
        () => ({}),
      )
      const answer = await claimAt(storage, due, 1)
      expectEqual(answer, claimedAt(messages.slice(3), due), 'Only due messages count towards the limit')
    },
  },
  {
    title: 'outbox.claim: five hundred messages are claimed in one call',
    async run({ storage }) {
      const { messages, due } = await addMessages(storage, ...Array.from({ length: 500 }, () => () => ({})))
      const answer = await claimAt(storage, due, 500)
      expectEqual(answer, claimedAt(byId(messages), due), 'A long list is claimed completely')
      expectEqual(await claimAt(storage, due, 500), [], 'No message is left')
    },
  },
  {
    title: 'outbox.claim: if no message is due, the answer is empty',
    async run({ storage }) {
      expectEqual(await claimAt(storage, randomTime()), [], 'No message is due at a random instant')
    },
  },
]
