import { changeOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomMessage, randomPasswordHash } from '../../../conformance/random-records.js'
import { type Account, storeAccount, storeSession } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'

/** Returns messages due at the account's `now`: one about the account, and one without a user. */
function messagesOf({ user, now }: Account) {
  const due = { nextAttemptAt: now, expiresAt: now + 1_000 }
  return [randomMessage(user, due), randomMessage(user, { ...due, userId: null })]
}

/** Cases for messages that are stored in the step of a password change. */
export const passwordMessageCases: readonly ConformanceCase[] = [
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
]
