import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { type ProvenMethod, provenMethods } from '../../../conformance/proven-methods.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import {
  expectPasskeys,
  type PasskeyAccount,
  passkeyProofOf,
  registrationOf,
  signInOf,
  storePasskeyAccount,
  usedPasskey,
} from './passkey-account.js'

/** Returns what so many successful calls leave: sessions that were opened, or generations of the first session. */
async function traceOf(
  { sessions }: Storage,
  { user, now }: PasskeyAccount,
  succeeded: ProvenMethod['succeeded'],
): Promise<number> {
  const { items } = await sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
  if (succeeded === 'opened') return items.length - 3
  return items.reduce((sum, { generation }) => sum + generation, 0) / 2
}

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method, succeeded, attempt } = proven
  return [
    raceCase(`race: of twenty calls of ${method} with one challenge exactly one succeeds`, async (storage, all) => {
      const account = await storePasskeyAccount(storage)
      const [passkey, other] = account.passkeys
      const proof = passkeyProofOf(passkey)
      const answers = await concurrently(all, connection => attempt(connection, account, [proof]))
      const rule = 'A challenge is good for one call, and spent for all others'
      expectEqual([countOf(answers, succeeded), countOf(answers, 'spent')], [1, answers.length - 1], rule)
      expectEqual(await traceOf(storage, account, succeeded), 1, rule)
      await expectPasskeys(storage, account, [usedPasskey(passkey, proof, account.now), other], rule)
    }),
    raceCase(
      `race: of calls of ${method} by two users with one challenge exactly one succeeds`,
      async (storage, all) => {
        const first = await storePasskeyAccount(storage)
        const second = await storePasskeyAccount(storage)
        const { challengeHash } = passkeyProofOf(first.passkeys[0])
        const answers = await concurrently(all, async (connection, index) => {
          const account = Math.floor(index / 2) % 2 === 0 ? first : second
          return attempt(connection, account, [passkeyProofOf(account.passkeys[0], { challengeHash })])
        })
        const rule = 'A challenge is valid once, for all users together'
        expectEqual([countOf(answers, succeeded), countOf(answers, 'spent')], [1, answers.length - 1], rule)
        const traces = [await traceOf(storage, first, succeeded), await traceOf(storage, second, succeeded)]
        expectEqual(traces.sort(), [0, 1], rule)
      },
    ),
    raceCase(`race: twenty calls of ${method} with one passkey never move its counter back`, async (storage, all) => {
      const account = await storePasskeyAccount(storage)
      const [passkey, other] = account.passkeys
      const proofOf = (index: number) => passkeyProofOf(passkey, { counter: passkey.counter + 1 + ((index * 7) % 20) })
      const answers = await concurrently(all, (connection, index) => attempt(connection, account, [proofOf(index)]))
      const winners = countOf(answers, succeeded)
      const rule =
        'Of concurrent uses the one with the largest counter is accepted, and none with a lower counter after it'
      expectEqual(winners + countOf(answers, 'stale'), answers.length, rule)
      expectEqual(await traceOf(storage, account, succeeded), winners, rule)
      const used = { ...passkey, counter: passkey.counter + 20, lastUsedAt: account.now }
      await expectPasskeys(storage, account, [used, other], rule)
    }),
  ]
}

/** Cases for concurrent uses of passkeys and challenges. */
export const passkeyProofRaceCases: readonly ConformanceCase[] = [
  ...provenMethods.flatMap(casesOf),
  raceCase('race: a challenge is good for a registration or for a sign-in, and not for both', async (storage, all) => {
    const account = await storePasskeyAccount(storage)
    const other = await storePasskeyAccount(storage)
    const { challengeHash } = passkeyProofOf(account.passkeys[0])
    const answers = await concurrently(all, async (connection, index): Promise<{ readonly outcome: string }> => {
      if (index % 3 === 0) return connection.passkeys.register(registrationOf(other, { challengeHash }))
      return connection.sessions.open(signInOf(account, [passkeyProofOf(account.passkeys[0], { challengeHash })]))
    })
    const rule = 'A challenge is valid once, of whichever kind the use is'
    const successes = countOf(answers, 'registered') + countOf(answers, 'opened')
    expectEqual([successes, countOf(answers, 'spent')], [1, answers.length - 1], rule)
  }),
]
