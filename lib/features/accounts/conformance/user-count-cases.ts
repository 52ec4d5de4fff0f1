import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'

/** Cases for counting users. */
export const userCountCases: readonly ConformanceCase[] = [
  {
    title: 'users.count: every user is counted once, even if disabled, and deleted users are not counted',
    async run({ storage }) {
      const before = await storage.users.count()
      const { user, now } = await storeAccount(storage)
      const { id: userId } = await storeUser(storage)
      await storage.users.disable({ userId, now })
      expectEqual(await storage.users.count(), before + 2, 'A user is counted once, with any number of records')
      await storage.users.delete({ userId: user.id, now })
      expectEqual(await storage.users.count(), before + 1, 'A deleted user is not counted')
    },
  },
]
