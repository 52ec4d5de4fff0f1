import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import type { Proof } from '../../sessions/port.js'
import {
  expectFactors,
  factorsOf,
  type ProtectedAccount,
  recoveryCodeProofOf,
  storeProtectedAccount,
  totpProofOf,
} from './protected-account.js'
import { beside, type ProvenMethod, provenMethods, secondFactorProofs } from './proven-methods.js'

type ProofOfCall = (account: ProtectedAccount, index: number) => Proof

async function raceProofs({ attempt, succeeded }: ProvenMethod, all: readonly Storage[], proofOf: ProofOfCall) {
  const [storage] = all as [Storage]
  const account = await storeProtectedAccount(storage)
  const { user, now } = account
  const answers = await concurrently(all, async (connection, index) => {
    const proof = proofOf(account, index)
    return { proof, ...(await attempt(connection, account, beside(account, proof))) }
  })
  const winners = answers.filter(({ outcome }) => outcome === succeeded)
  const { items } = await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
  return { account, answers, winners, sessions: items }
}

/** What so many successful calls leave: sessions that were opened, or generations of the first session. */
function traceOf(succeeded: ProvenMethod['succeeded'], sessions: readonly { readonly generation: number }[]): number {
  if (succeeded === 'opened') return sessions.length - 3
  return sessions.reduce((sum, { generation }) => sum + generation, 0) / 2 - 1
}

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method, succeeded } = proven
  return [
    ...secondFactorProofs.map(({ name, next }) =>
      raceCase(`race: of twenty calls of ${method} with one ${name} exactly one succeeds`, async (_, all) => {
        const { answers, winners, sessions } = await raceProofs(proven, all, next)
        const rule = 'A proof that is valid once is good for one call, and spent for all others'
        expectEqual([winners.length, countOf(answers, 'spent')], [1, answers.length - 1], rule)
        expectEqual(traceOf(succeeded, sessions), 1, rule)
      }),
    ),
    raceCase(`race: of twenty calls of ${method} with two recovery codes exactly two succeed`, async (storage, all) => {
      const { account, answers, winners, sessions } = await raceProofs(proven, all, (account, index) =>
        recoveryCodeProofOf(account, Math.floor(index / 2) % 2),
      )
      const rule = 'Each recovery code is good for one call'
      expectEqual([winners.length, countOf(answers, 'spent')], [2, answers.length - 2], rule)
      expectEqual(traceOf(succeeded, sessions), 2, rule)
      await expectFactors(storage, account, factorsOf(account, { recoveryCodesLeft: 1 }), rule)
    }),
    raceCase(`race: twenty calls of ${method} with codes of the app never move its step back`, async (storage, all) => {
      const { account, answers, winners, sessions } = await raceProofs(proven, all, (account, index) =>
        totpProofOf(account, 1 + ((index * 7) % 20)),
      )
      const { factor, lastStep } = account
      const rule = 'Of concurrent codes the latest is accepted, and no code after a later one'
      expectEqual(winners.length + countOf(answers, 'spent'), answers.length, rule)
      expectEqual(traceOf(succeeded, sessions), winners.length, rule)
      await expectFactors(storage, account, factorsOf(account, { totp: { ...factor, lastStep: lastStep + 20 } }), rule)
    }),
    raceCase(
      `race: calls of ${method} with a code of the app and with recovery codes succeed`,
      async (storage, all) => {
        const { account, winners, sessions } = await raceProofs(proven, all, (account, index) =>
          index < 4 ? recoveryCodeProofOf(account, index % 2) : totpProofOf(account),
        )
        const { factor, lastStep } = account
        const rule = 'Different proofs do not affect each other'
        const asked = factorsOf(account, { totp: { ...factor, lastStep: lastStep + 1 }, recoveryCodesLeft: 1 })
        expectEqual([winners.length, traceOf(succeeded, sessions)], [3, 3], rule)
        await expectFactors(storage, account, asked, rule)
      },
    ),
  ]
}

/** Cases for concurrent calls with proofs that are valid once. */
export const proofRaceCases: readonly ConformanceCase[] = provenMethods.flatMap(casesOf)
