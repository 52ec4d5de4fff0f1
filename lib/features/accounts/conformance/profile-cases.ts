import { randomUUID } from 'node:crypto'
import { expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, expectRejection } from '../../../conformance/contract.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'

const maximumBytes = 16_384

/** Cases for changing the application's own fields of a user. */
export const profileCases: readonly ConformanceCase[] = [
  {
    title: 'users.updateProfile: each given field replaces the stored field as a whole, and all others stay',
    async run({ storage }) {
      const user = await storeUser(storage, { profile: { plan: 'free', name: { first: 'Ada', last: 'L' }, age: null } })
      const patch = { name: { first: 'Grace' }, tags: ['x'] }
      const answer = await storage.users.updateProfile({ userId: user.id, patch, maximumBytes })
      const rule = 'A patch replaces its fields and keeps the others'
      const asked = { ...user, profile: { plan: 'free', name: { first: 'Grace' }, age: null, tags: ['x'] } }
      expectEqual(expectOutcome(answer, 'updated', 'The user exists').user, asked, rule)
      expectEqual(await storage.users.find({ userId: user.id }), asked, rule)
    },
  },
  {
    title: 'users.updateProfile: only the profile of this user changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { id: userId, profile: patch } = account.user
      const update = () => storage.users.updateProfile({ userId, patch, maximumBytes })
      await expectUnchanged(storage, account, update, 'A patch with the stored values changes nothing')
      const stranger = await storeUser(storage)
      const another = () => storage.users.updateProfile({ userId: stranger.id, patch: { plan: 'pro' }, maximumBytes })
      await expectUnchanged(storage, account, another, 'A patch applies to one user')
    },
  },
  {
    title: 'users.updateProfile: a profile of exactly maximumBytes is stored, and a larger one changes nothing',
    async run({ storage }) {
      const account = await storeAccount(storage, { profile: { a: 'é' } })
      const { id: userId } = account.user
      const rule = 'The whole profile is measured, as JSON in UTF-8'
      const tooLarge = () => storage.users.updateProfile({ userId, patch: { b: 1 }, maximumBytes: 15 })
      expectEqual(await expectUnchanged(storage, account, tooLarge, rule), { outcome: 'tooLarge' }, rule)
      const fits = await storage.users.updateProfile({ userId, patch: { b: 1 }, maximumBytes: 16 })
      expectEqual(expectOutcome(fits, 'updated', rule).user.profile, { a: 'é', b: 1 }, rule)
    },
  },
  {
    title: 'users.updateProfile: an unknown user is answered with unknown',
    async run({ storage }) {
      const request = { userId: randomUUID(), patch: { plan: 'pro' }, maximumBytes }
      expectEqual(await storage.users.updateProfile(request), { outcome: 'unknown' }, 'No user has this id')
    },
  },
  {
    title: 'users.updateProfile: text that cannot be stored exactly is rejected and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { id: userId } = account.user
      for (const patch of [{ a: 'a\0b' }, { deep: [{ 'a\ud800': 1 }] }]) {
        const update = () =>
          expectRejection(storage.users.updateProfile({ userId, patch, maximumBytes }), 'Ill-formed text is rejected')
        await expectUnchanged(storage, account, update, 'A profile is updated completely or not at all')
      }
    },
  },
  raceCase('race: twenty updates of different fields all take effect', async (storage, connections) => {
    const { id: userId } = await storeUser(storage, { profile: {} })
    await concurrently(connections, (connection, index) =>
      connection.users.updateProfile({ userId, patch: { [`field${index}`]: index }, maximumBytes }),
    )
    const asked = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field${index}`, index]))
    const user = await storage.users.find({ userId })
    expectEqual(user?.profile, asked, 'No update undoes another, and none is lost')
  }),
]
