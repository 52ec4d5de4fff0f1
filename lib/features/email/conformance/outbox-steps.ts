import { randomMessage } from '../../../conformance/random-records.js'
import { done, type StepOf } from '../../../conformance/step.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { claimed, claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'

const leaseMilliseconds = 100

/** All methods that change messages and events. */
export const outboxSteps: readonly StepOf[] = [
  {
    method: 'outbox.add',
    async prepare(storage) {
      const user = await storeUser(storage)
      const message = randomMessage(user)
      return {
        attempt: storage => done(storage.outbox.add({ messages: [message] })),
        first: 'done',
        again: ['done', 'rejected'],
        observe: storage => takeMessages(storage, [message], user.createdAt),
        effect: [claimedForGood(message, user.createdAt)],
      }
    },
  },
  {
    method: 'outbox.claim',
    async prepare(storage) {
      const user = await storeUser(storage)
      const message = randomMessage(user)
      await storage.outbox.add({ messages: [message] })
      const now = user.createdAt
      const leaseUntil = now + leaseMilliseconds
      return {
        async attempt({ outbox }) {
          const messages = await outbox.claim({ now, leaseUntil, limit: 100 })
          return messages.some(({ id }) => id === message.id) ? 'taken' : 'nothing'
        },
        first: 'taken',
        again: ['nothing'],
        observe: async storage => [
          await takeMessages(storage, [message], leaseUntil - 1),
          await takeMessages(storage, [message], leaseUntil),
        ],
        effect: [[], [claimedForGood(claimed(message, leaseUntil), leaseUntil)]],
      }
    },
  },
  {
    method: 'outbox.remove',
    async prepare(storage) {
      const user = await storeUser(storage)
      const message = randomMessage(user)
      await storage.outbox.add({ messages: [message] })
      return {
        attempt: storage => done(storage.outbox.remove({ messageId: message.id })),
        first: 'done',
        again: ['done'],
        observe: storage => takeMessages(storage, [message], user.createdAt),
        effect: [],
      }
    },
  },
  {
    method: 'outbox.postpone',
    async prepare(storage) {
      const user = await storeUser(storage)
      const message = randomMessage(user)
      await storage.outbox.add({ messages: [message] })
      const nextAttemptAt = user.createdAt + leaseMilliseconds
      return {
        attempt: storage => done(storage.outbox.postpone({ messageId: message.id, attempts: 0, nextAttemptAt })),
        first: 'done',
        again: ['done'],
        observe: async storage => [
          await takeMessages(storage, [message], nextAttemptAt - 1),
          await takeMessages(storage, [message], nextAttemptAt),
        ],
        effect: [[], [claimedForGood(message, nextAttemptAt)]],
      }
    },
  },
]
