import { randomUUID } from 'node:crypto'
import { expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomEmail, randomSession, randomUser, randomWord } from '../../../conformance/random-records.js'
import { recordsOfSignUp, signUpOf } from '../../../conformance/sign-up-of.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'

/** Cases for creating and finding users. */
export const usersCases: readonly ConformanceCase[] = [
  {
    title: 'users.create: a new user is found by id, by address and by username, exactly as written',
    async run({ storage }) {
      const user = randomUser({
        lastSignInAt: 1_000_000_000_001,
        emailConfirmedAt: 1_000_000_000_002,
        disabledAt: 1_000_000_000_003,
      })
      const creation = await storage.users.create(signUpOf(user))
      expectEqual(creation, { outcome: 'created' }, 'A new address and username can sign up')
      expectEqual(await storage.users.find({ userId: user.id }), user, 'A user is found by id as written')
      expectEqual(await storage.users.findByEmail({ email: user.email }), user, 'A user is found by address as written')
      const found = await storage.users.findByUsername({ username: String(user.username) })
      expectEqual(found, user, 'A user is found by username as written')
    },
  },
  {
    title: 'users.create: the first session is written with the user',
    async run({ storage }) {
      const user = randomUser()
      const session = randomSession(user)
      expectEqual(
        await storage.users.create(signUpOf(user, { session })),
        { outcome: 'created' },
        'A new address can sign up',
      )
      const found = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(found, session, 'The session that the sign-up opens is stored as written')
      expectEqual(await storage.users.find({ userId: user.id }), user, 'The user is stored as written with the session')
    },
  },
  {
    title: 'users.create: without a session none is opened',
    async run({ storage }) {
      const user = await storeUser(storage)
      const sessions = (await storage.sessions.list({ userId: user.id, now: user.createdAt, limit: 10, offset: 0 }))
        .items
      expectEqual(sessions, [], 'A sign-up without a session opens none')
    },
  },
  {
    title: 'users.create: a taken address is answered with emailTaken and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const user = randomUser({ email: account.user.email })
      const session = randomSession(user)
      const attempt = () => storage.users.create(signUpOf(user, { session }))
      const creation = await expectUnchanged(storage, account, attempt, 'A taken address leaves its owner unchanged')
      expectEqual(creation, { outcome: 'emailTaken' }, 'A taken address is refused')
      expectEqual(await storage.users.find({ userId: user.id }), null, 'A refused sign-up writes no user')
      const found = await storage.users.findByUsername({ username: String(user.username) })
      expectEqual(found, null, 'A refused sign-up reserves no username')
      const opened = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(opened, null, 'A refused sign-up opens no session')
    },
  },
  {
    title: 'users.create: a taken username is answered with usernameTaken and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const user = randomUser({ username: account.user.username })
      const session = randomSession(user)
      const attempt = () => storage.users.create(signUpOf(user, { session }))
      const creation = await expectUnchanged(storage, account, attempt, 'A taken name leaves its owner unchanged')
      expectEqual(creation, { outcome: 'usernameTaken' }, 'A taken username is refused')
      expectEqual(await storage.users.find({ userId: user.id }), null, 'A refused sign-up writes no user')
      expectEqual(await storage.users.findByEmail({ email: user.email }), null, 'A refused sign-up reserves no address')
      const opened = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(opened, null, 'A refused sign-up opens no session')
    },
  },
  {
    title: 'users.create: a taken id is answered with idTaken and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const user = randomUser({ id: account.user.id })
      const records = recordsOfSignUp(storage, user)
      const { session } = records
      const attempt = () => storage.users.create(signUpOf(user, records))
      const creation = await expectUnchanged(storage, account, attempt, 'A taken id leaves its owner unchanged')
      expectEqual(creation, { outcome: 'idTaken' }, 'A taken id is refused')
      expectEqual(
        await storage.users.findByEmail({ email: user.email }),
        null,
        'A refused creation reserves no address',
      )
      const found = await storage.users.findByUsername({ username: String(user.username) })
      expectEqual(found, null, 'A refused creation reserves no username')
      const opened = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(opened, null, 'A refused creation opens no session')
    },
  },
  {
    title: 'users.create: if several are taken, the answer names the address first, then the id',
    async run({ storage }) {
      const { id, email, username } = await storeUser(storage)
      const sameEmail = await storage.users.create(signUpOf(randomUser({ id, email })))
      expectEqual(sameEmail, { outcome: 'emailTaken' }, 'A taken address is reported before a taken id')
      const sameName = await storage.users.create(signUpOf(randomUser({ id, username })))
      expectEqual(sameName, { outcome: 'idTaken' }, 'A taken id is reported before a taken username')
      const other = await storeUser(storage)
      const otherName = await storage.users.create(signUpOf(randomUser({ id, username: other.username })))
      expectEqual(otherName, { outcome: 'idTaken' }, 'A taken id is reported before another user’s username')
    },
  },
  {
    title: 'users.create: if one user has both the address and the username, the answer is emailTaken',
    async run({ storage }) {
      const { email, username } = await storeUser(storage)
      const creation = await storage.users.create(signUpOf(randomUser({ email, username })))
      expectEqual(creation, { outcome: 'emailTaken' }, 'A taken address is reported before a taken username')
    },
  },
  {
    title: 'users.create: if the address and the username belong to two users, the answer is emailTaken',
    async run({ storage }) {
      const { username } = await storeUser(storage)
      const { email } = await storeUser(storage)
      const creation = await storage.users.create(signUpOf(randomUser({ email, username })))
      expectEqual(creation, { outcome: 'emailTaken' }, 'A taken address is reported before a taken username')
    },
  },
  {
    title: 'users.create: many users may have no username',
    async run({ storage }) {
      await storeUser(storage, { username: null })
      const user = await storeUser(storage, { username: null })
      expectEqual(await storage.users.find({ userId: user.id }), user, 'A missing username is never taken')
    },
  },
  {
    title: 'users.find: an unknown id is answered with null',
    async run({ storage }) {
      expectEqual(await storage.users.find({ userId: randomUUID() }), null, 'No user has a new random id')
    },
  },
  {
    title: 'users.findByEmail: an unknown address is answered with null',
    async run({ storage }) {
      expectEqual(await storage.users.findByEmail({ email: randomEmail() }), null, 'No user has this address')
    },
  },
  {
    title: 'users.findByEmail: a username is not found as an address',
    async run({ storage }) {
      const { username } = await storeUser(storage)
      const found = await storage.users.findByEmail({ email: String(username) })
      expectEqual(found, null, 'An address is looked up among addresses only')
    },
  },
  {
    title: 'users.findByUsername: an unknown username is answered with null',
    async run({ storage }) {
      const found = await storage.users.findByUsername({ username: randomWord() })
      expectEqual(found, null, 'No user has this username')
    },
  },
]
