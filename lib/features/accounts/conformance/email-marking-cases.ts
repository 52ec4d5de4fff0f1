import { randomUUID } from 'node:crypto'
import { expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomEmail, randomTime } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'

/** Cases for marking an address as confirmed without a mailed token. */
export const emailMarkingCases: readonly ConformanceCase[] = [
  {
    title: 'users.markEmailConfirmed: the address is confirmed, its token is removed, and nothing else changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { now } = account
      const before = await stateOf(storage, account)
      const { id: userId, email } = account.user
      const answer = await storage.users.markEmailConfirmed({ userId, email, now })
      const user = { ...account.user, emailConfirmedAt: now }
      expectEqual(answer, { outcome: 'confirmed', user }, 'The answer has the user with the confirmed address')
      const after = { ...before, user, tokens: { ...before.tokens, confirmEmail: null } }
      await expectState(storage, account, after, 'Marking has the same effect as the token')
    },
  },
  {
    title: 'users.markEmailConfirmed: an address that is already confirmed keeps its instant',
    async run({ storage }) {
      const account = await storeAccount(storage, { emailConfirmedAt: 1_000_000_000_003 })
      const { user, now } = account
      const answer = await storage.users.markEmailConfirmed({ userId: user.id, email: user.email, now })
      const rule = 'An address is confirmed once'
      expectEqual(answer, { outcome: 'confirmed', user }, rule)
      await expectState(storage, account, { user }, rule)
    },
  },
  {
    title: 'users.markEmailConfirmed: another address than the user’s is unknown and confirms nothing',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const rule = 'Only the given address is confirmed, compared byte for byte'
      for (const email of [randomEmail(), user.email.toUpperCase()]) {
        const mark = () => storage.users.markEmailConfirmed({ userId: user.id, email, now })
        expectEqual(await expectUnchanged(storage, account, mark, rule), { outcome: 'unknown' }, rule)
      }
    },
  },
  {
    title: 'users.markEmailConfirmed: an unknown user is answered with unknown',
    async run({ storage }) {
      const request = { userId: randomUUID(), email: randomEmail(), now: randomTime() }
      expectEqual(await storage.users.markEmailConfirmed(request), { outcome: 'unknown' }, 'No user has this id')
    },
  },
  {
    title: 'users.markEmailConfirmed: records of other users stay unchanged',
    async run({ storage }) {
      const stranger = await storeAccount(storage)
      const { user, now } = await storeAccount(storage)
      const mark = () => storage.users.markEmailConfirmed({ userId: user.id, email: user.email, now })
      await expectUnchanged(storage, stranger, mark, 'The addresses of other users stay as they were')
    },
  },
]
