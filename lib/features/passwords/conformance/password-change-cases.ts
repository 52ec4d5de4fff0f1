import { changeOf, rotationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import { storeAccount } from '../../../conformance/stored-records.js'

/** Cases for refresh tokens of earlier generations, which get no grace after a password change. */
export const passwordChangeCases: readonly ConformanceCase[] = [
  {
    title: 'users.changePassword: the previous generation gets no grace: presenting it ends the session',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const change = expectOutcome(
        await storage.users.changePassword(changeOf(account)),
        'changed',
        'The verified hash is current',
      )
      const rotation = await storage.sessions.rotate(rotationOf(account, { generation: 0 }))
      const rule = 'An older refresh token never yields the tokens issued with the new password'
      expectEqual(rotation, { outcome: 'reused', session: change.session }, rule)
      const { id: sessionId } = change.session
      expectEqual(await storage.sessions.find({ sessionId, now: account.now }), null, rule)
    },
  },
  {
    title: 'users.changePassword: the new generation is exchanged for the next, and its retry is repeated',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const change = expectOutcome(
        await storage.users.changePassword(changeOf(account)),
        'changed',
        'The verified hash is current',
      )
      const { generation } = change.session
      const rule = 'After a password change the session rotates as usual'
      const rotation = await storage.sessions.rotate(rotationOf(account, { generation }))
      const { session } = expectOutcome(rotation, 'rotated', rule)
      expectEqual(session.generation, generation + 1, rule)
      const retry = await storage.sessions.rotate(rotationOf(account, { generation }))
      expectEqual(retry, { outcome: 'repeated', session, user: change.user }, rule)
    },
  },
  raceCase('race: no refresh returns the generation that a password change created', async (storage, connections) => {
    const account = await storeAccount(storage)
    const change = changeOf(account)
    const answers = await concurrently(connections, async (connection, index) => {
      if (index === 7) return { changed: await connection.users.changePassword(change) }
      return { rotation: await connection.sessions.rotate(rotationOf(account)) }
    })
    const handedOut = answers.flatMap(({ rotation }) =>
      rotation !== undefined && 'user' in rotation ? [rotation.session.generation] : [],
    )
    const rule = 'A refresh with an older token gets its own successor, or none'
    expectEqual(
      handedOut.filter(generation => generation !== 1),
      [],
      rule,
    )
  }),
]
