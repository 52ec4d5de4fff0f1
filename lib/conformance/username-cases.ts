import { randomUUID } from 'node:crypto'
import type { ProfileUpdate, Storage, UpdateProfile, UserRecord } from '../storage/storage.js'
import { expectUnchanged } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual, expectOutcome, expectRejection } from './contract.js'
import { atOnce, countOf, raceCase } from './race.js'
import { randomUser, randomWord } from './random-records.js'
import { signUpOf } from './sign-up-of.js'
import { storeAccount, storeUser } from './stored-records.js'

const maximumBytes = 16_384

/** Gives the user this name, or takes it away, and changes what else the request has. */
function rename(
  storage: Storage,
  { id: userId }: UserRecord,
  username: string | null,
  request: Partial<UpdateProfile> = {},
): Promise<ProfileUpdate> {
  return storage.users.updateProfile({ userId, patch: {}, maximumBytes, username, ...request })
}

/** Changing user names. */
export const usernameCases: readonly ConformanceCase[] = [
  {
    title: 'users.updateProfile: a new user name is written in one step with the profile, and finds the user',
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
    title: 'users.updateProfile: without a user name in the request the name stays, and goes on finding the user',
    async run({ storage }) {
      const user = await storeUser(storage)
      await storage.users.updateProfile({ userId: user.id, patch: { nickname: 'Ada' }, maximumBytes })
      const found = await storage.users.findByUsername({ username: String(user.username) })
      expectEqual(found, { ...user, profile: { nickname: 'Ada' } }, 'What is not in the request stays as it is')
    },
  },
  {
    title: 'users.updateProfile: a user name that was changed is free at once',
    async run({ storage }) {
      const former = await storeUser(storage)
      const other = await storeUser(storage)
      const { username } = former
      const rule = 'The name before belongs to nobody'
      expectOutcome(await rename(storage, former, randomWord()), 'updated', rule)
      expectEqual(await storage.users.findByUsername({ username: String(username) }), null, rule)
      expectEqual((await rename(storage, other, username)).outcome, 'updated', rule)
      expectOutcome(await rename(storage, other, null), 'updated', rule)
      await storeUser(storage, { username })
    },
  },
  {
    title: 'users.updateProfile: null takes the user name away, from any number of people',
    async run({ storage }) {
      for (const user of [await storeUser(storage), await storeUser(storage)]) {
        const answer = await rename(storage, user, null)
        const rule = 'A user has no name any more, and nobody is found by it'
        expectEqual(expectOutcome(answer, 'updated', rule).user, { ...user, username: null }, rule)
        expectEqual(await storage.users.findByUsername({ username: String(user.username) }), null, rule)
      }
    },
  },
  {
    title: 'users.updateProfile: a taken user name is answered with usernameTaken and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const owner = await storeUser(storage)
      const attempt = () => rename(storage, account.user, owner.username, { patch: { plan: 'pro' } })
      const rule = 'A name that is taken changes neither the name nor the profile'
      expectEqual(await expectUnchanged(storage, account, attempt, rule), { outcome: 'usernameTaken' }, rule)
      expectEqual(await storage.users.findByUsername({ username: String(owner.username) }), owner, 'Its owner keeps it')
      const own = await storage.users.findByUsername({ username: String(account.user.username) })
      expectEqual(own, account.user, 'And whoever asked keeps theirs')
    },
  },
  {
    title: 'users.updateProfile: one’s own user name is not taken',
    async run({ storage }) {
      const user = await storeUser(storage, { profile: {} })
      const answer = await rename(storage, user, user.username, { patch: { plan: 'pro' } })
      const rule = 'Whoever gives their own name again keeps it'
      expectEqual(expectOutcome(answer, 'updated', rule).user, { ...user, profile: { plan: 'pro' } }, rule)
    },
  },
  {
    title: 'users.updateProfile: where the profile is too large the user name is not written, taken or free',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const owner = await storeUser(storage)
      const rule = 'The size is named before the user name'
      for (const username of [owner.username, randomWord()]) {
        const attempt = () => rename(storage, account.user, username, { maximumBytes: 1 })
        expectEqual(await expectUnchanged(storage, account, attempt, rule), { outcome: 'tooLarge' }, rule)
      }
    },
  },
  {
    title: 'users.updateProfile: the user name that an unknown user was to get stays free',
    async run({ storage }) {
      const username = randomWord()
      const answer = await rename(storage, randomUser({ id: randomUUID() }), username)
      expectEqual(answer, { outcome: 'unknown' }, 'Nobody has this id')
      await storeUser(storage, { username })
    },
  },
  {
    title: 'users.updateProfile: a user name that differs in case from a taken one is another',
    async run({ storage }) {
      const word = randomWord()
      const owner = await storeUser(storage, { username: `${word}a` })
      const user = await storeUser(storage)
      const rule = 'User names are compared byte for byte'
      expectOutcome(await rename(storage, user, `${word}A`), 'updated', rule)
      expectEqual(await storage.users.findByUsername({ username: `${word}a` }), owner, rule)
    },
  },
  {
    title: 'users.updateProfile: a user name that cannot be stored faithfully is rejected and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      for (const username of ['a\0b', 'a\ud800b']) {
        const attempt = () =>
          expectRejection(rename(storage, account.user, username, { patch: { plan: 'pro' } }), 'It is rejected')
        await expectUnchanged(storage, account, attempt, 'A user is updated whole or not at all')
      }
    },
  },
  raceCase('race: of twenty people who change to one user name exactly one gets it', async (storage, connections) => {
    const username = randomWord()
    const answers = await atOnce(connections, async connection => {
      const user = await storeUser(connection)
      return { user, ...(await rename(connection, user, username)) }
    })
    const rule = 'A name belongs to the one who was told updated, and all others were told usernameTaken'
    expectEqual([countOf(answers, 'updated'), countOf(answers, 'usernameTaken')], [1, answers.length - 1], rule)
    const winner = answers.find(({ outcome }) => outcome === 'updated')?.user
    expectEqual(await storage.users.findByUsername({ username }), { ...winner, username }, rule)
  }),
  raceCase('race: of sign-ups and changes to one user name exactly one gets it', async (storage, connections) => {
    const username = randomWord()
    const answers = await atOnce(connections, async (connection, index) =>
      index % 2 === 0
        ? connection.users.create(signUpOf(randomUser({ username })))
        : rename(connection, await storeUser(connection), username),
    )
    const winners = answers.filter(({ outcome }) => outcome === 'created' || outcome === 'updated')
    const rule = 'A name belongs to one user, and all others were told usernameTaken'
    expectEqual([winners.length, countOf(answers, 'usernameTaken')], [1, answers.length - 1], rule)
    expectEqual((await storage.users.findByUsername({ username }))?.username, username, rule)
  }),
]
