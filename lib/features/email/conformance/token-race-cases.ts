import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import {
  hourMilliseconds,
  randomEmail,
  randomPasswordHash,
  randomSession,
  randomToken,
  randomUser,
} from '../../../conformance/random-records.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeAccount, storeToken, storeUser } from '../../../conformance/stored-records.js'
import type { OneTimeTokenPurpose, OneTimeTokenRecord } from '../../../storage/records.js'
import { consumed, consumeToken, purposes } from './consume-token.js'

function oneConsumerCase(purpose: OneTimeTokenPurpose): ConformanceCase {
  return raceCase(
    `race: of twenty calls with one ${purpose} token exactly one consumes it`,
    async (storage, connections) => {
      const { tokens, now } = await storeAccount(storage)
      const presented = { hash: tokens[purpose].hash, now }
      const answers = await concurrently(connections, connection => consumeToken(connection, purpose, presented))
      const counts = [countOf(answers, consumed[purpose]), countOf(answers, 'invalid')]
      expectEqual(counts, [1, answers.length - 1], 'A token is consumed once; to all others it is invalid')
    },
  )
}

/** Cases for concurrent calls with mailed tokens and API keys. */
export const tokenRaceCases: readonly ConformanceCase[] = [
  ...purposes.map(oneConsumerCase),
  raceCase('race: of twenty tokens issued for one purpose exactly one is live', async (storage, connections) => {
    const user = await storeUser(storage)
    const tokens = await concurrently(connections, async connection => {
      const token = randomToken(user)
      expectEqual(
        await connection.oneTimeTokens.issue({ token, messages: [] }),
        { outcome: 'issued' },
        'Each token is issued',
      )
      return token
    })
    const now = user.createdAt
    const finds = tokens.map(({ hash, purpose }) => storage.oneTimeTokens.find({ hash, purpose, now }))
    const live = (await Promise.all(finds)).filter(found => found !== null)
    expectEqual(live.length, 1, 'A user has one live token of a purpose')
  }),
  raceCase('race: of twenty users who change to one address exactly one gets it', async (storage, connections) => {
    const email = randomEmail()
    const answers = await concurrently(connections, async connection => {
      const user = await storeUser(connection)
      const { hash } = await storeToken(connection, user, { purpose: 'changeEmail', email })
      const answer = await connection.oneTimeTokens.changeEmail({ hash, now: user.createdAt })
      return { outcome: answer.outcome, userId: user.id }
    })
    const rule = 'Exactly one call gets changed and the address, all others get emailTaken'
    expectEqual([countOf(answers, 'changed'), countOf(answers, 'emailTaken')], [1, answers.length - 1], rule)
    const owner = await storage.users.findByEmail({ email })
    expectEqual(owner?.id, answers.find(({ outcome }) => outcome === 'changed')?.userId, rule)
  }),
  raceCase('race: an address in concurrent changes and sign-ups has one owner', async (storage, connections) => {
    const { tokens, now } = await storeAccount(storage)
    const { email, hash } = tokens.changeEmail
    const answers = await concurrently(connections, async (connection, index) => {
      const { outcome } = await (index === 7
        ? connection.oneTimeTokens.changeEmail({ hash, now })
        : connection.users.create(signUpOf(randomUser({ email }))))
      return { outcome }
    })
    const rule = 'An address is taken once, by a change or a sign-up'
    expectEqual(countOf(answers, 'changed') + countOf(answers, 'created'), 1, rule)
    expectEqual(countOf(answers, 'emailTaken'), answers.length - 1, rule)
    const owner = await storage.users.findByEmail({ email })
    expectEqual(owner?.email, email, rule)
  }),
  raceCase(
    'race: a reset password leaves no session that was opened with the old one',
    async (storage, connections) => {
      const { user, tokens, now } = await storeAccount(storage)
      const { id: userId, passwordHash } = user
      const { hash } = tokens.resetPassword
      await concurrently(
        connections,
        (connection, index): Promise<unknown> =>
          index === 7
            ? connection.oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages: [] })
            : connection.sessions.open({
                session: randomSession(user),
                proofs: [{ kind: 'password', hash: passwordHash }],
                maximumPerUser: 100,
              }),
      )
      const listed = (await storage.sessions.list({ userId, now, limit: 100, offset: 0 })).items
      expectEqual(listed, [], 'A session that was opened with the old password is revoked or was never opened')
    },
  ),
  raceCase('race: a reset and a change of one password never both succeed', async (storage, connections) => {
    const { user, sessions, tokens, now } = await storeAccount(storage)
    const { id: userId, passwordHash: currentHash } = user
    const change = {
      userId,
      currentHash,
      sessionId: sessions[0].id,
      idleExpiresAt: now + hourMilliseconds,
      now,
      messages: [],
    }
    const answers = await concurrently(connections, async (connection, index) => {
      const newHash = randomPasswordHash()
      const { outcome } = await (index % 2 === 0
        ? connection.oneTimeTokens.resetPassword({ hash: tokens.resetPassword.hash, now, newHash, messages: [] })
        : connection.users.changePassword({ ...change, newHash }))
      return { outcome, newHash }
    })
    const winners = answers.filter(({ outcome }) => outcome === 'reset' || outcome === 'changed')
    const rule = 'A change discards the token, and a reset makes the hash stale'
    expectEqual(winners.length, 1, rule)
    expectEqual((await storage.users.find({ userId }))?.passwordHash, winners[0]?.newHash, rule)
  }),
  raceCase('race: marking the previous address never confirms the new one', async (storage, connections) => {
    const { user, tokens, now } = await storeAccount(storage)
    const { id: userId, email } = user
    const { hash } = tokens.changeEmail
    await concurrently(
      connections,
      (connection, index): Promise<unknown> =>
        index === 7
          ? connection.oneTimeTokens.changeEmail({ hash, now: now + 1 })
          : connection.users.markEmailConfirmed({ userId, email, now }),
    )
    const asked = { ...user, email: tokens.changeEmail.email, emailConfirmedAt: now + 1 }
    expectEqual(await storage.users.find({ userId }), asked, 'Only its own link confirms the new address')
  }),
  raceCase('race: a password reset never follows the disabling', async (storage, connections) => {
    const { user, tokens, now } = await storeAccount(storage)
    const { id: userId } = user
    const { hash } = tokens.resetPassword
    const answers = await concurrently(connections, async (connection, index) => {
      const newHash = randomPasswordHash()
      const answer = await (index === 7
        ? connection.users.disable({ userId, now })
        : connection.oneTimeTokens.resetPassword({ hash, now, newHash, messages: [] }))
      return { outcome: answer.outcome, newHash }
    })
    const stored = await storage.users.find({ userId })
    const winner = answers.find(({ outcome }) => outcome === 'reset')
    expectEqual(stored?.passwordHash, winner?.newHash ?? user.passwordHash, 'An acknowledged reset is stored')
    expectEqual(stored?.disabledAt, now, 'A reset does not enable the user')
  }),
  raceCase('race: no token is issued after a concurrent disabling', async (storage, connections) => {
    const { user, now } = await storeAccount(storage)
    const { id: userId } = user
    const tokens: OneTimeTokenRecord[] = []
    await concurrently(connections, (connection, index): Promise<unknown> => {
      if (index === 7) return connection.users.disable({ userId, now })
      const token = randomToken(user, { purpose: 'resetPassword' })
      tokens.push(token)
      return connection.oneTimeTokens.issue({ token, messages: [] })
    })
    await storage.users.enable({ userId })
    for (const { hash, purpose } of tokens) {
      const found = await storage.oneTimeTokens.find({ hash, purpose, now })
      expectEqual(found, null, 'A token is either issued before the disabling, which discards it, or not at all')
    }
  }),
]
