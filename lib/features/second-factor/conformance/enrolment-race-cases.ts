import { openingOf, reauthenticationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import {
  confirmationOf,
  expectFactors,
  none,
  randomFactor,
  recoveryCodeProof,
  stepAt,
  storeFactor,
} from './protected-account.js'
import { beside } from './proven-methods.js'

type Outcome = Promise<{ readonly outcome: string }>

/** Cases for setting up and confirming an authenticator app during other calls. */
export const enrolmentRaceCases: readonly ConformanceCase[] = [
  raceCase(
    'race: no session that was opened with the password alone outlives the confirmation of an app',
    async (storage, all) => {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const request = confirmationOf(account, await storeFactor(storage, account))
      const answers = await concurrently(
        all,
        (connection, index): Outcome =>
          index === 7 ? connection.secondFactors.confirmTotp(request) : connection.sessions.open(openingOf(account)),
      )
      const rule = 'A sign-in either precedes the confirmation and is ended, or follows it and lacks the second factor'
      const signIns = countOf(answers, 'opened') + countOf(answers, 'secondFactorMissing')
      expectEqual([countOf(answers, 'confirmed'), signIns], [1, answers.length - 1], rule)
      const { items } = await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
      const ids = items.map(({ id }) => id)
      expectEqual(ids, [sessions[0].id], rule)
    },
  ),
  raceCase(
    'race: no session is reauthenticated with the password alone after the confirmation of an app',
    async (storage, all) => {
      const account = await storeAccount(storage)
      const request = confirmationOf(account, await storeFactor(storage, account))
      const answers = await concurrently(all, async (connection, index) =>
        index === 7
          ? connection.secondFactors.confirmTotp(request)
          : connection.sessions.reauthenticate(reauthenticationOf(account)),
      )
      const earlier = countOf(answers, 'reauthenticated')
      const rule = 'A reauthentication either precedes the confirmation, or lacks the second factor'
      const refused = countOf(answers, 'secondFactorMissing')
      expectEqual([countOf(answers, 'confirmed'), earlier + refused], [1, answers.length - 1], rule)
      const session = await storage.sessions.find({ sessionId: request.sessionId, now: account.now })
      const last = answers.flatMap(answer => (answer.outcome === 'confirmed' ? [answer.session] : []))
      expectEqual([session], last, rule)
      const asked = [2 * earlier + 2, ['password', 'totp']]
      expectEqual([session?.generation, session?.methods], asked, 'Each call that succeeds counts')
    },
  ),
  raceCase('race: of twenty confirmations of one app exactly one is confirmed', async (storage, all) => {
    const account = await storeAccount(storage)
    const { user, sessions, now } = account
    const factor = await storeFactor(storage, account)
    const answers = await concurrently(all, async (connection, index) => {
      const sessionId = sessions[index % 2 === 0 ? 0 : 1].id
      const request = confirmationOf(account, factor, { sessionId, step: stepAt(now) + index })
      return { request, ...(await connection.secondFactors.confirmTotp(request)) }
    })
    const rule = 'Exactly one call confirms the app, and all others get stale'
    expectEqual([countOf(answers, 'confirmed'), countOf(answers, 'stale')], [1, answers.length - 1], rule)
    const winners = answers.filter(({ outcome }) => outcome === 'confirmed')
    for (const { request } of winners) {
      const { sessionId, step: lastStep, recoveryCodes } = request
      const totp = { ...factor, confirmedAt: now, lastStep }
      await expectFactors(storage, account, { totp, recoveryCodesLeft: recoveryCodes.length }, rule)
      const { items } = await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
      const left = items.map(({ id, generation }) => [id, generation])
      expectEqual(left, [[sessionId, 2]], rule)
      for (const hash of recoveryCodes) {
        const proofs = beside(account, recoveryCodeProof(hash))
        expectEqual((await storage.sessions.open(openingOf(account, { proofs }))).outcome, 'opened', rule)
      }
    }
  }),
  raceCase('race: twenty calls that set up an app leave one of them', async (storage, all) => {
    const account = await storeAccount(storage)
    const { user, sessions, now } = account
    const asking = { sessionId: sessions[0].id, now }
    const answers = await concurrently(all, async connection => {
      const factor = randomFactor(user)
      return { factor, ...(await connection.secondFactors.startTotp({ factor, asking })) }
    })
    const rule = 'Each call replaces the app of the one before'
    expectEqual(countOf(answers, 'started'), answers.length, rule)
    const { totp } = await storage.secondFactors.find({ userId: user.id })
    expectEqual(
      answers.filter(({ factor }) => factor.id === totp?.id).map(({ factor }) => factor),
      [totp],
      rule,
    )
    const confirmations = await Promise.all(
      answers.map(({ factor }) => storage.secondFactors.confirmTotp(confirmationOf(account, factor))),
    )
    const confirmed = answers.filter((_, index) => confirmations[index]?.outcome === 'confirmed')
    const ids = confirmed.map(({ factor }) => factor.id)
    expectEqual(ids, [totp?.id], 'Only the app that is left can be confirmed')
  }),
  raceCase('race: an app that is set up during a confirmation never replaces a confirmed one', async (storage, all) => {
    for (const position of [0, 7]) {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const first = await storeFactor(storage, account)
      const asking = { sessionId: sessions[0].id, now }
      const answers = await concurrently(
        all,
        (connection, index): Outcome =>
          index === position
            ? connection.secondFactors.confirmTotp(confirmationOf(account, first))
            : connection.secondFactors.startTotp({ factor: randomFactor(user), asking }),
      )
      const rule = 'Either the app is confirmed and stays, or another one replaced it before'
      const { totp } = await storage.secondFactors.find({ userId: user.id })
      const isConfirmed = countOf(answers, 'confirmed') === 1
      expectEqual([totp?.id === first.id, totp?.confirmedAt], isConfirmed ? [true, now] : [false, null], rule)
      const others = countOf(answers, 'started') + countOf(answers, 'alreadySet')
      expectEqual(others, answers.length - 1, rule)
    }
  }),
  raceCase('race: no app that is set up during a deletion outlives its user', async (storage, all) => {
    const account = await storeAccount(storage)
    const { user, sessions, now } = account
    const asking = { sessionId: sessions[0].id, now }
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.users.delete({ userId: user.id, now })
          : connection.secondFactors.startTotp({ factor: randomFactor(user), asking }),
    )
    const rule = 'An app either precedes the deletion and is removed, or follows it and is refused'
    const counts = ['deleted', 'started', 'sessionEnded'].map(outcome => countOf(answers, outcome))
    expectEqual(
      counts.reduce((sum, count) => sum + count),
      answers.length,
      rule,
    )
    await expectFactors(storage, account, none, rule)
  }),
  {
    ...raceCase('race: no app of an unconfirmed user outlives a password reset', async (storage, all) => {
      const account = await storeAccount(storage)
      const { user, sessions, tokens, now } = account
      const factor = await storeFactor(storage, account)
      const asking = { sessionId: sessions[0].id, now }
      const { hash } = tokens.resetPassword
      const newHash = randomPasswordHash()
      await concurrently(all, (connection, index): Outcome => {
        if (index === 7) return connection.oneTimeTokens.resetPassword({ hash, now, newHash, messages: [] })
        if (index === 6) return connection.secondFactors.confirmTotp(confirmationOf(account, factor))
        return connection.secondFactors.startTotp({ factor: randomFactor(user), asking })
      })
      const rule = 'Second factors of an unproven address are removed, and none is added by an ended session'
      await expectFactors(storage, account, none, rule)
    }),
    features: ['email'],
  },
]
