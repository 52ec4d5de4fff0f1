import type { Storage } from '../../../composition/storage.js'
import { apiKeysOf, findToken, visibleIn } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import {
  randomApiKey,
  randomEmail,
  randomSession,
  randomToken,
  randomUser,
  randomWord,
} from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeAccount } from '../../../conformance/stored-records.js'

/** Cases for concurrent sign-ups and deletions. */
export const userRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty sign-ups with one address exactly one is created', async (storage, connections) => {
    const email = randomEmail()
    const answers = await concurrently(connections, async connection => {
      const user = randomUser({ email })
      const session = randomSession(user)
      const { outcome } = await connection.users.create(signUpOf(user, { session }))
      return { outcome, user, session }
    })
    const rule = 'Exactly one call gets created and the address, all others get emailTaken'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'emailTaken')], [1, answers.length - 1], rule)
    for (const { outcome, user, session } of answers) {
      const isWinner = outcome === 'created'
      const now = user.createdAt
      expectEqual(await storage.users.find({ userId: user.id }), isWinner ? user : null, rule)
      const found = await storage.sessions.find({ sessionId: session.id, now })
      expectEqual(found, isWinner ? session : null, rule)
    }
  }),
  raceCase('race: of twenty sign-ups with one username exactly one is created', async (storage, connections) => {
    const username = randomWord()
    const answers = await concurrently(connections, async connection => {
      const user = randomUser({ username })
      return { ...(await connection.users.create(signUpOf(user))), user }
    })
    const rule = 'Exactly one call gets created and the username, all others get usernameTaken'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'usernameTaken')], [1, answers.length - 1], rule)
    const winner = answers.find(({ outcome }) => outcome === 'created')?.user
    expectEqual(await storage.users.findByUsername({ username }), winner, rule)
  }),
  raceCase('race: of twenty creations with one id exactly one is created', async (storage, connections) => {
    const { id } = randomUser()
    const answers = await concurrently(connections, async connection => {
      const user = randomUser({ id })
      return { ...(await connection.users.create(signUpOf(user))), user }
    })
    const rule = 'Exactly one call gets created and the id, all others get idTaken'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'idTaken')], [1, answers.length - 1], rule)
    const winner = answers.find(({ outcome }) => outcome === 'created')?.user
    expectEqual(await storage.users.find({ userId: id }), winner, rule)
  }),
  raceCase('race: of twenty deletions of one user exactly one gets deleted', async (storage, connections) => {
    const { user, sessions, apiKeys, now } = await storeAccount(storage)
    const answers = await concurrently(connections, connection => connection.users.delete({ userId: user.id, now }))
    const rule = 'A user is deleted once, and each session and key is recorded in the feed once'
    expectEqual([countOf(answers, 'deleted'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    const lines = [...sessions.map(one => sessionLine(one, now)), ...apiKeys.map(one => apiKeyLine(one, now))]
    const ids = lines.map(({ id }) => id)
    const { revocations } = visibleIn(storage, { revocations: inFeedOrder(lines) })
    expectEqual(await revocationsOf(storage, ids, now), revocations, rule)
  }),
  raceCase('race: no record that is written during a deletion outlives the user', async (storage, connections) => {
    const { user, now } = await storeAccount(storage)
    const { id: userId, passwordHash } = user
    const [session, token] = [randomSession(user), randomToken(user)]
    const open = ({ sessions }: Storage, opened = randomSession(user)) =>
      sessions.open({ session: opened, proofs: [{ kind: 'password', hash: passwordHash }], maximumPerUser: 100 })
    const [hasKeys, hasTokens] = [hasFeature(storage, 'api-keys'), hasFeature(storage, 'email')]
    await concurrently(connections, (connection, index): Promise<unknown> => {
      if (index === 7) return connection.users.delete({ userId, now })
      if (index === 6) return open(connection, session)
      if (hasTokens && index % 3 === 0) return connection.oneTimeTokens.issue({ token, messages: [] })
      if (!hasKeys || index % 3 === 1) return open(connection)
      return connection.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100 })
    })
    const rule = 'A deleted user leaves no records'
    expectEqual(await storage.users.find({ userId }), null, rule)
    expectEqual(await storage.sessions.find({ sessionId: session.id, now }), null, rule)
    expectEqual((await storage.sessions.list({ userId, now, limit: 100, offset: 0 })).items, [], rule)
    expectEqual(await apiKeysOf(storage, userId), [], rule)
    expectEqual(await findToken(storage, token, now), null, rule)
  }),
]
