import { expectUnchanged } from '../../../conformance/account-state.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'

/** Cases for methods of users that check the requesting session again within their own step. */
export const askingUserCases: readonly ConformanceCase[] = [
  ...askingCases({
    'users.updateProfile': {
      granted: 'updated',
      ask: ({ users }, { user }, asking) =>
        users.updateProfile({ userId: user.id, patch: { nickname: 'asked' }, maximumBytes: 1_000, asking }),
    },
    'users.delete': {
      granted: 'deleted',
      ask: ({ users }, { user, now }, asking) =>
        users.delete({ userId: user.id, asking: { ...asking, currentHash: user.passwordHash }, now }),
    },
  }),
  {
    title: 'users.delete: an outdated hash is stale, and nothing is deleted',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const asking = { sessionId: sessions[0].id, currentHash: randomPasswordHash(), now }
      const remove = () => storage.users.delete({ userId: user.id, asking, now })
      const rule = 'An outdated password deletes nothing'
      expectEqual(await expectUnchanged(storage, account, remove, rule), { outcome: 'stale' }, rule)
    },
  },
]
