import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import { randomEmail, randomMessage, randomTime, randomToken, randomUser } from '../../../conformance/random-records.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { byId, claimed, claimedForGood, expectWaiting, takeMessages } from '../../../conformance/waiting-messages.js'

const leaseMilliseconds = 100

/** Cases for messages that are stored, claimed and orphaned concurrently. */
export const outboxRaceCases: readonly ConformanceCase[] = [
  raceCase('race: twenty concurrent claims return each message once', async (storage, connections) => {
    const user = await storeUser(storage)
    const messages = Array.from({ length: 50 }, () => randomMessage(user))
    await storage.outbox.add({ messages })
    const now = user.createdAt
    const leaseUntil = now + leaseMilliseconds
    const answers = await concurrently(connections, connection =>
      connection.outbox.claim({ now, leaseUntil, limit: 2 }),
    )
    const rule = 'One call claims a message, and no other before its lease ends'
    const rest = (await takeMessages(storage, messages, now)).map(message => ({
      ...message,
      nextAttemptAt: leaseUntil,
    }))
    const asked = byId(messages).map(message => claimed(message, leaseUntil))
    expectEqual(byId([...answers.flat(), ...rest]), asked, rule)
  }),
  raceCase(
    'race: of twenty concurrent claims exactly one gets the message, lease after lease',
    async (storage, connections) => {
      const user = await storeUser(storage)
      const message = randomMessage(user)
      await storage.outbox.add({ messages: [message] })
      for (const lease of [0, 1, 2]) {
        const now = user.createdAt + lease * leaseMilliseconds
        const leaseUntil = now + leaseMilliseconds
        const answers = await concurrently(connections, connection =>
          connection.outbox.claim({ now, leaseUntil, limit: 10 }),
        )
        const asked = claimed({ ...message, attempts: lease }, leaseUntil)
        expectEqual(answers.flat(), [asked], 'One claim gets the message, and attempts is incremented once')
      }
    },
  ),
  raceCase('race: of twenty sign-ups with one address the messages of one are stored', async (storage, connections) => {
    const email = randomEmail()
    const createdAt = randomTime()
    const answers = await concurrently(connections, async connection => {
      const user = randomUser({ email, createdAt })
      const [message, notice] = [randomMessage(user), randomMessage(user, { userId: null })]
      const messages = { token: randomToken(user), messages: [message], messagesIfTaken: [notice] }
      const { outcome } = await connection.users.create(signUpOf(user, messages))
      return { outcome, message, notice }
    })
    const owner = await storage.users.findByEmail({ email })
    const userId = String(owner?.id)
    const offered = answers.flatMap(({ message, notice }) => [message, notice])
    const waiting = answers.map(({ outcome, message, notice }) =>
      outcome === 'created' ? message : { ...notice, userId },
    )
    const rule = 'The sign-up that gets created stores its messages, every other one a notice to the owner'
    await expectWaiting(storage, { offered, waiting, now: createdAt }, rule)
  }),
  raceCase('race: no message that is stored during a deletion outlives the user', async (storage, connections) => {
    const user = await storeUser(storage)
    const now = user.createdAt
    const messages = await concurrently(connections, async (connection, index) => {
      const message = randomMessage(user)
      const stranger = signUpOf(randomUser({ email: user.email }), { messagesIfTaken: [message] })
      if (index === 7) await connection.users.delete({ userId: user.id, now })
      else if (index % 3 === 0) await connection.outbox.add({ messages: [message] })
      else if (index % 3 === 1) await connection.oneTimeTokens.issue({ token: randomToken(user), messages: [message] })
      else await connection.users.create(stranger)
      return message
    })
    const left = await takeMessages(storage, messages, now)
    const theirs = left.filter(({ userId }) => userId === user.id)
    expectEqual(theirs, [], 'A deleted user has no messages')
  }),
  raceCase('race: a message is either postponed or claimed by another call', async (storage, connections) => {
    const user = await storeUser(storage)
    const message = randomMessage(user)
    await storage.outbox.add({ messages: [message] })
    const leaseEnd = user.createdAt + leaseMilliseconds
    await storage.outbox.claim({ now: user.createdAt, leaseUntil: leaseEnd, limit: 10 })
    const [leaseUntil, nextAttemptAt] = [leaseEnd + leaseMilliseconds, leaseEnd + 2 * leaseMilliseconds]
    const answers = await concurrently(connections, async (connection, index) => {
      if (index % 2 === 0) return connection.outbox.claim({ now: leaseEnd, leaseUntil, limit: 10 })
      await connection.outbox.postpone({ messageId: message.id, attempts: 1, nextAttemptAt })
      return []
    })
    const rule = 'A new claim is not changed by the holder of the previous one'
    const taken = answers.flat().filter(({ id }) => id === message.id).length
    // The postponed time; or one lease earlier, when the lease of the other claim ends.
    const due = nextAttemptAt - taken * leaseMilliseconds
    const left = await takeMessages(storage, [message], due)
    expectEqual(left, [claimedForGood({ ...message, attempts: 1 + taken }, due)], rule)
  }),
]
