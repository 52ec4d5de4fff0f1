import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, expectRejection } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomUser, randomWord } from '../../../conformance/random-records.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'
import type { UserRecord } from '../../../storage/records.js'
import type { UpdateProfile } from '../plan-profile-update.js'
import type { ProfileUpdate } from '../port.js'

const maximumBytes = 16_384

/** Sets or removes the user's username, with the given other changes. */
function rename(
  storage: Storage,
  { id: userId }: UserRecord,
  username: string | null,
  request: Partial<UpdateProfile> = {},
): Promise<ProfileUpdate> {
  return storage.users.updateProfile({ userId, patch: {}, maximumBytes, username, ...request })
}

/** Cases for changing usernames. */
export const usernameCases: readonly ConformanceCase[] = [
  {
    title: 'users.updateProfile: a new username is stored in one step with the profile, and finds the user',
    async run({ storage }) {
      const user = await storeUser(storage, { profile: { plan: 'free' } })
      const username = randomWord()
      const rule = 'The user has the new name and the new fields'
      const asked = { ...user, username, profile: { plan: 'free', age: 7 } }
      const answer = await rename(storage, user, username, { patch: { age: 7 } })
      expectEqual(expectOutcome(answer, 'updated', rule).user, asked, rule)
      expectEqual(await storage.users.findByUsername({ username }), asked, rule)
      expectEqual(await storage.users.find({ userId: user.id }), asked, rule)
    },
  },
  {
    title: 'users.updateProfile: without a username in the request the name stays, and still finds the user',
    async run({ storage }) {
      const user = await storeUser(storage)
      await storage.users.updateProfile({ userId: user.id, patch: { nickname: 'Ada' }, maximumBytes })
      const found = await storage.users.findByUsername({ username: String(user.username) })
      expectEqual(found, { ...user, profile: { nickname: 'Ada' } }, 'Fields that the request omits stay unchanged')
    },
  },
  {
    title: 'users.updateProfile: the previous username is free immediately',
    async run({ storage }) {
      const former = await storeUser(storage)
      const other = await storeUser(storage)
      const { username } = former
      const rule = 'The previous name belongs to no user'
      expectOutcome(await rename(storage, former, randomWord()), 'updated', rule)
      expectEqual(await storage.users.findByUsername({ username: String(username) }), null, rule)
      expectEqual((await rename(storage, other, username)).outcome, 'updated', rule)
      expectOutcome(await rename(storage, other, null), 'updated', rule)
      await storeUser(storage, { username })
    },
  },
  {
    title: 'users.updateProfile: null removes the username, for any number of users',
    async run({ storage }) {
      for (const user of [await storeUser(storage), await storeUser(storage)]) {
        const answer = await rename(storage, user, null)
        const rule = 'A removed name finds no user'
        expectEqual(expectOutcome(answer, 'updated', rule).user, { ...user, username: null }, rule)
        expectEqual(await storage.users.findByUsername({ username: String(user.username) }), null, rule)
      }
    },
  },
  {
    title: 'users.updateProfile: a taken username is answered with usernameTaken and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const owner = await storeUser(storage)
      const attempt = () => rename(storage, account.user, owner.username, { patch: { plan: 'pro' } })
      const rule = 'A taken name changes neither the name nor the profile'
      expectEqual(await expectUnchanged(storage, account, attempt, rule), { outcome: 'usernameTaken' }, rule)
      expectEqual(await storage.users.findByUsername({ username: String(owner.username) }), owner, 'Its owner keeps it')
      const own = await storage.users.findByUsername({ username: String(account.user.username) })
      expectEqual(own, account.user, 'The requesting user keeps their own')
    },
  },
  {
    title: 'users.updateProfile: the user’s current username is not taken',
    async run({ storage }) {
      const user = await storeUser(storage, { profile: {} })
      const answer = await rename(storage, user, user.username, { patch: { plan: 'pro' } })
      const rule = 'A user may keep their own name'
      expectEqual(expectOutcome(answer, 'updated', rule).user, { ...user, profile: { plan: 'pro' } }, rule)
    },
  },
  {
    title: 'users.updateProfile: if the profile is too large, the username is not stored, whether taken or free',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const owner = await storeUser(storage)
      const rule = 'The size is reported before the username'
      for (const username of [owner.username, randomWord()]) {
        const attempt = () => rename(storage, account.user, username, { maximumBytes: 1 })
        expectEqual(await expectUnchanged(storage, account, attempt, rule), { outcome: 'tooLarge' }, rule)
      }
    },
  },
  {
    title: 'users.updateProfile: the username requested for an unknown user stays free',
    async run({ storage }) {
      const username = randomWord()
      const answer = await rename(storage, randomUser({ id: randomUUID() }), username)
      expectEqual(answer, { outcome: 'unknown' }, 'No user has this id')
      await storeUser(storage, { username })
    },
  },
  {
    title: 'users.updateProfile: a username that differs from a taken one in case is free',
    async run({ storage }) {
      const word = randomWord()
      const owner = await storeUser(storage, { username: `${word}a` })
      const user = await storeUser(storage)
      const rule = 'Usernames are compared byte for byte'
      expectOutcome(await rename(storage, user, `${word}A`), 'updated', rule)
      expectEqual(await storage.users.findByUsername({ username: `${word}a` }), owner, rule)
    },
  },
  {
    title: 'users.updateProfile: a username that cannot be stored exactly is rejected and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      for (const username of ['a\0b', 'a\ud800b']) {
        const attempt = () =>
          expectRejection(rename(storage, account.user, username, { patch: { plan: 'pro' } }), 'It is rejected')
        await expectUnchanged(storage, account, attempt, 'A user is updated completely or not at all')
      }
    },
  },
  raceCase('race: of twenty users who change to one username exactly one gets it', async (storage, connections) => {
    const username = randomWord()
    const answers = await concurrently(connections, async connection => {
      const user = await storeUser(connection)
      return { user, ...(await rename(connection, user, username)) }
    })
    const rule = 'Exactly one call gets updated and the name, all others get usernameTaken'
    expectEqual([countOf(answers, 'updated'), countOf(answers, 'usernameTaken')], [1, answers.length - 1], rule)
    const winner = answers.find(({ outcome }) => outcome === 'updated')?.user
    expectEqual(await storage.users.findByUsername({ username }), { ...winner, username }, rule)
  }),
  raceCase('race: of sign-ups and changes to one username exactly one gets it', async (storage, connections) => {
    const username = randomWord()
    const answers = await concurrently(connections, async (connection, index) =>
      index % 2 === 0
        ? connection.users.create(signUpOf(randomUser({ username })))
        : rename(connection, await storeUser(connection), username),
    )
    const winners = answers.filter(({ outcome }) => outcome === 'created' || outcome === 'updated')
    const rule = 'A name belongs to one user, and all other calls get usernameTaken'
    expectEqual([winners.length, countOf(answers, 'usernameTaken')], [1, answers.length - 1], rule)
    expectEqual((await storage.users.findByUsername({ username }))?.username, username, rule)
  }),
]
