import { changeOf, rotationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import { randomMessage, randomPasswordHash } from '../../../conformance/random-records.js'
import { type Account, storeAccount, storeSession } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'

/** Returns messages due at the account's `now`: one about the account, and one without a user. */
function messagesOf({ user, now }: Account) {
  const due = { nextAttemptAt: now, expiresAt: now + 1_000 }
  return [randomMessage(user, due), randomMessage(user, { ...due, userId: null })]
}

/** Cases for the effects of a password change: stored messages, and no grace for earlier tokens. */
export const passwordChangeCases: readonly ConformanceCase[] = [
  {
    title: 'users.changePassword: the messages are stored with the new password',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const messages = messagesOf(account)
      const change = await storage.users.changePassword(changeOf(account, { messages }))
      expectOutcome(change, 'changed', 'The verified hash is current')
      const { now } = account
      await expectWaiting(storage, { offered: messages, waiting: messages, now }, 'The owner is notified of the change')
    },
  },
  {
    title: 'users.changePassword: if the password does not change, no messages are stored',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { now } = account
      const { id: expired } = await storeSession(storage, account.user, { expiresAt: now })
      for (const wrong of [{ currentHash: randomPasswordHash() }, { sessionId: expired }]) {
        const messages = messagesOf(account)
        const { outcome } = await storage.users.changePassword(changeOf(account, { ...wrong, messages }))
        expectEqual(outcome === 'changed', false, 'A wrong hash and an ended session change nothing')
        await expectWaiting(
          storage,
          { offered: messages, waiting: [], now },
          'Messages are stored only with the change',
        )
      }
    },
  },
  {
    title: 'users.changePassword: the previous generation gets no grace: presenting it ends the session',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const change = expectOutcome(
        await storage.users.changePassword(changeOf(account)),
        'changed',
        'The verified hash is current',
      )
      const rotation = await storage.sessions.rotate(rotationOf(account, { generation: 0 }))
      const rule = 'An older refresh token never yields the tokens issued with the new password'
      expectEqual(rotation, { outcome: 'reused', session: change.session }, rule)
      const { id: sessionId } = change.session
      expectEqual(await storage.sessions.find({ sessionId, now: account.now }), null, rule)
    },
  },
  {
    title: 'users.changePassword: the new generation is exchanged for the next, and its retry is repeated',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const change = expectOutcome(
        await storage.users.changePassword(changeOf(account)),
        'changed',
        'The verified hash is current',
      )
      const { generation } = change.session
      const rule = 'After a password change the session rotates as usual'
      const rotation = await storage.sessions.rotate(rotationOf(account, { generation }))
      const { session } = expectOutcome(rotation, 'rotated', rule)
      expectEqual(session.generation, generation + 1, rule)
      const retry = await storage.sessions.rotate(rotationOf(account, { generation }))
      expectEqual(retry, { outcome: 'repeated', session, user: change.user }, rule)
    },
  },
  raceCase('race: no refresh returns the generation that a password change created', async (storage, connections) => {
    const account = await storeAccount(storage)
    const change = changeOf(account)
    const answers = await concurrently(connections, async (connection, index) => {
      if (index === 7) return { changed: await connection.users.changePassword(change) }
      return { rotation: await connection.sessions.rotate(rotationOf(account)) }
    })
    const handedOut = answers.flatMap(({ rotation }) =>
      rotation !== undefined && 'user' in rotation ? [rotation.session.generation] : [],
    )
    const rule = 'A refresh with an older token gets its own successor, or none'
    expectEqual(
      handedOut.filter(generation => generation !== 1),
      [],
      rule,
    )
  }),
]
