import type { Storage } from '../../../composition/storage.js'
import { openingOf, reauthenticationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import {
  expectFactors,
  factorsOf,
  none,
  type ProtectedAccount,
  randomRecoveryCodes,
  recoveryCodeProof,
  recoveryCodeProofOf,
  storeProtectedAccount,
  totpProofOf,
} from './protected-account.js'
import { beside } from './proven-methods.js'

type Outcome = Promise<{ readonly outcome: string }>

/** Returns a sign-in with a code of the app, or with a recovery code: another one for each index. */
function openingWithSecondFactor(account: ProtectedAccount, index: number) {
  const proof = index < 3 ? recoveryCodeProofOf(account, index) : totpProofOf(account, index)
  return openingOf(account, { proofs: beside(account, proof) })
}

async function idsOfSessions({ sessions }: Storage, { user, now }: ProtectedAccount): Promise<readonly string[]> {
  const { items } = await sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
  return items.map(({ id }) => id)
}

/** Cases for removing and replacing second factors during other calls. */
export const removalRaceCases: readonly ConformanceCase[] = [
  raceCase('race: no session that was opened with an app outlives its removal', async (storage, all) => {
    const account = await storeProtectedAccount(storage)
    const { user, sessions, now } = account
    const [{ id: sessionId }] = sessions
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.secondFactors.removeTotp({ userId: user.id, asking: { sessionId, now }, now, messages: [] })
          : connection.sessions.open(openingWithSecondFactor(account, index)),
    )
    const rule = 'A sign-in either precedes the removal and is ended, or follows it with a proof that is gone'
    const counts = ['removed', 'opened', 'spent', 'stale'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    expectEqual(await idsOfSessions(storage, account), [sessionId], rule)
    await expectFactors(storage, account, none, rule)
  }),
  raceCase('race: of twenty removals of one app exactly one is removed', async (storage, all) => {
    const account = await storeProtectedAccount(storage)
    const { user, sessions, now } = account
    const asking = { sessionId: sessions[0].id, now }
    const request = { userId: user.id, asking, now, messages: [] }
    const answers = await concurrently(all, connection => connection.secondFactors.removeTotp(request))
    const rule = 'Exactly one call removes the app, and all others get unknown'
    expectEqual([countOf(answers, 'removed'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    await expectFactors(storage, account, none, rule)
  }),
  raceCase('race: no session that was opened with a second factor outlives clear', async (storage, all) => {
    const account = await storeProtectedAccount(storage)
    const { user, now } = account
    const answers = await concurrently(all, (connection, index): Outcome => {
      if (index === 7) return connection.secondFactors.clear({ userId: user.id, now, messages: [] })
      if (index === 8)
        return connection.sessions.reauthenticate(reauthenticationOf(account, { proofs: [totpProofOf(account)] }))
      return connection.sessions.open(openingWithSecondFactor(account, index))
    })
    const rule = 'A sign-in either precedes the removal and is ended, or follows it with a proof that is gone'
    expectEqual(countOf(answers, 'removed'), 1, rule)
    expectEqual(await idsOfSessions(storage, account), [], rule)
    await expectFactors(storage, account, none, rule)
  }),
  raceCase('race: no earlier recovery code is good after a renewal', async (storage, all) => {
    const account = await storeProtectedAccount(storage)
    const { user, sessions, now } = account
    const recoveryCodes = randomRecoveryCodes(5)
    const asking = { sessionId: sessions[0].id, now }
    const open = (connection: Storage, index: number) =>
      connection.sessions.open(openingOf(account, { proofs: beside(account, recoveryCodeProofOf(account, index % 3)) }))
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 2
          ? connection.secondFactors.renewRecoveryCodes({ userId: user.id, recoveryCodes, asking, messages: [] })
          : open(connection, index),
    )
    const rule = 'A recovery code is either used before the renewal, or spent after it'
    const [renewed, opened, spent] = ['renewed', 'opened', 'spent'].map(outcome => countOf(answers, outcome))
    expectEqual([renewed, Number(opened) + Number(spent)], [1, answers.length - 1], rule)
    expectEqual(Number(opened) <= account.recoveryCodes.length, true, 'Each recovery code is used once')
    for (const index of [0, 1, 2]) expectEqual(await open(storage, index), { outcome: 'spent' }, rule)
    await expectFactors(storage, account, factorsOf(account, { recoveryCodesLeft: 5 }), 'No new code was used')
  }),
  raceCase('race: of twenty renewals the codes of one are left', async (storage, all) => {
    const account = await storeProtectedAccount(storage)
    const { user, sessions, now } = account
    const asking = { sessionId: sessions[0].id, now }
    const answers = await concurrently(all, async connection => {
      const recoveryCodes = randomRecoveryCodes(2)
      const request = { userId: user.id, recoveryCodes, asking, messages: [] }
      return { recoveryCodes, ...(await connection.secondFactors.renewRecoveryCodes(request)) }
    })
    const rule = 'Each renewal replaces all codes of the one before'
    expectEqual(countOf(answers, 'renewed'), answers.length, rule)
    await expectFactors(storage, account, factorsOf(account, { recoveryCodesLeft: 2 }), rule)
    const openings = await concurrently(all, async (connection, index) => {
      const codes = answers.flatMap(({ recoveryCodes }) => recoveryCodes).slice(2 * index, 2 * index + 2)
      const outcomes: string[] = []
      for (const hash of codes) {
        const proofs = beside(account, recoveryCodeProof(hash))
        outcomes.push((await connection.sessions.open(openingOf(account, { proofs }))).outcome)
      }
      return outcomes.join(' ')
    })
    expectEqual(
      openings.filter(outcomes => outcomes !== 'spent spent'),
      ['opened opened'],
      rule,
    )
  }),
]
