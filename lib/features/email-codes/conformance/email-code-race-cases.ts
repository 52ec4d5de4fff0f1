import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { type ProvenMethod, provenMethods } from '../../../conformance/proven-methods.js'
import { concurrently, countOf, raceCase, racers } from '../../../conformance/race.js'
import { randomMessage, randomUser } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import type { SignInCodeRecord } from '../port.js'
import {
  type CodeAccount,
  codeProofOf,
  expectCode,
  expectRight,
  expectWrong,
  idsOfSessions,
  randomCode,
  signInOf,
  storeCode,
  storeNewcomersCode,
  storeProvenAccount,
  trialOf,
  wrongTrialOf,
} from './code-account.js'

type Outcome = Promise<{ readonly outcome: string }>

/** Returns what so many successful calls leave: sessions that were opened, or generations of the first session. */
async function traceOf(
  { sessions }: Storage,
  { user, now }: CodeAccount,
  succeeded: ProvenMethod['succeeded'],
): Promise<number> {
  const { items } = await sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
  if (succeeded === 'opened') return items.length - 3
  return items.reduce((sum, { generation }) => sum + generation, 0) / 2
}

function casesOf({ method, succeeded, attempt }: ProvenMethod): readonly ConformanceCase[] {
  return [
    raceCase(`race: of twenty calls of ${method} with one mailed code exactly one succeeds`, async (storage, all) => {
      const account = await storeProvenAccount(storage)
      const proofs = [codeProofOf(account.code)]
      const answers = await concurrently(all, connection => attempt(connection, account, proofs))
      const rule = 'A code is good for one call, and stale for all others'
      expectEqual([countOf(answers, succeeded), countOf(answers, 'stale')], [1, answers.length - 1], rule)
      expectEqual(await traceOf(storage, account, succeeded), 1, rule)
      await expectCode(storage, account.code, null, rule)
    }),
    raceCase(
      `race: a mailed code that ${method} consumes is not restored by right and wrong codes`,
      async (storage, all) => {
        const account = await storeProvenAccount(storage)
        const { code } = account
        const answers = await concurrently(all, (connection, index): Outcome => {
          if (index === 7) return attempt(connection, account, [codeProofOf(code)])
          const trial = index % 5 === 0 ? wrongTrialOf(code) : trialOf(code)
          return connection.signInCodes.tryCode(trial)
        })
        const rule = 'A code either precedes the call and is compared, or follows it and is wrong'
        expectEqual([countOf(answers, succeeded), countOf(answers, 'stale')], [1, 0], rule)
        await expectCode(storage, code, null, rule)
        await expectWrong(storage, trialOf(code), rule)
      },
    ),
    raceCase(
      `race: the last wrong code beside ${method} leaves no code, and proves at most one session`,
      async (storage, all) => {
        for (const position of [0, 7]) {
          const account = await storeProvenAccount(storage)
          const code = await storeCode(storage, account.user, { triesLeft: 1 })
          const answers = await concurrently(
            all,
            (connection, index): Outcome =>
              index === position
                ? connection.signInCodes.tryCode(wrongTrialOf(code))
                : attempt(connection, account, [codeProofOf(code)]),
          )
          const winners = countOf(answers, succeeded)
          const rule = 'The code is consumed, or has no tries left: once'
          expectEqual([countOf(answers, 'wrong'), winners + countOf(answers, 'stale')], [1, answers.length - 1], rule)
          expectEqual([winners < 2, await traceOf(storage, account, succeeded)], [true, winners], rule)
          await expectCode(storage, code, null, rule)
        }
      },
    ),
  ]
}

async function expectTriesLeft(storage: Storage, code: SignInCodeRecord, triesLeft: number): Promise<void> {
  const rule = 'Each wrong code costs one try, and no right one does'
  await expectCode(storage, code, { ...code, triesLeft }, rule)
}

/** Cases for codes that are presented, replaced and consumed concurrently. */
export const emailCodeRaceCases: readonly ConformanceCase[] = [
  ...provenMethods.flatMap(casesOf),
  raceCase('race: twenty wrong codes cost exactly twenty tries', async (storage, all) => {
    const code = await storeNewcomersCode(storage, { triesLeft: racers + 10 })
    await concurrently(all, connection => connection.signInCodes.tryCode(wrongTrialOf(code)))
    await expectTriesLeft(storage, code, 10)
  }),
  raceCase('race: of twenty wrong codes no more are compared than there are tries', async (storage, all) => {
    const code = await storeNewcomersCode(storage)
    const answers = await concurrently(all, connection => connection.signInCodes.tryCode(wrongTrialOf(code)))
    const rule = 'The tries are counted in the step that compares'
    expectEqual(countOf(answers, 'wrong'), answers.length, rule)
    await expectCode(storage, code, null, rule)
    await expectWrong(storage, trialOf(code), rule)
  }),
  raceCase('race: right codes among wrong ones cost no try', async (storage, all) => {
    const account = await storeProvenAccount(storage)
    const code = await storeCode(storage, account.user, { triesLeft: racers })
    const answers = await concurrently(all, (connection, index) =>
      connection.signInCodes.tryCode(index % 2 === 0 ? trialOf(code) : wrongTrialOf(code)),
    )
    expectEqual([countOf(answers, 'right'), countOf(answers, 'wrong')], [10, 10], 'Each code is compared with its own')
    await expectTriesLeft(storage, code, racers - 10)
    await expectRight(storage, code, account.user, 'The code stays live')
  }),
  raceCase('race: of twenty codes for one address exactly one stays', async (storage, all) => {
    const user = randomUser()
    const codes = Array.from({ length: racers }, () => randomCode(user, { userId: null }))
    await concurrently(all, async (connection, index) => {
      const code = codes[index] as SignInCodeRecord
      return connection.signInCodes.issue({ code, messages: [] })
    })
    const rule = 'An address has at most one code'
    const outcomes = await Promise.all(codes.map(code => storage.signInCodes.tryCode(trialOf(code))))
    expectEqual(countOf(outcomes, 'right'), 1, rule)
    const live = codes[outcomes.findIndex(({ outcome }) => outcome === 'right')] as SignInCodeRecord
    await expectCode(storage, live, live, rule)
  }),
  raceCase('race: wrong codes cost the code that replaces theirs no try', async (storage, all) => {
    const user = await storeUser(storage, { emailConfirmedAt: 1_000_000_000_004 })
    const [old, code] = [await storeCode(storage, user), randomCode(user)]
    await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.signInCodes.issue({ code, messages: [] })
          : connection.signInCodes.tryCode(index % 2 === 0 ? wrongTrialOf(old) : trialOf(old)),
    )
    const rule = 'A try belongs to one code'
    await expectCode(storage, code, code, rule)
    await expectWrong(storage, trialOf(old), rule)
  }),
  raceCase('race: a code that is replaced while it is consumed leaves the new one', async (storage, all) => {
    const account = await storeProvenAccount(storage)
    const next = randomCode(account.user)
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.signInCodes.issue({ code: next, messages: [] })
          : connection.sessions.open(signInOf(account, [codeProofOf(account.code)])),
    )
    const opened = countOf(answers, 'opened')
    const rule = 'The old code opens a session before it is replaced, or none'
    expectEqual([opened < 2, opened + countOf(answers, 'stale')], [true, answers.length - 1], rule)
    await expectCode(storage, next, next, rule)
  }),
  raceCase('race: no session, code or message outlives a deletion of the user', async (storage, all) => {
    const account = await storeProvenAccount(storage)
    const { user, code, now } = account
    const mailed = hasFeature(storage, 'email') ? racers : 0
    const messages = Array.from({ length: mailed }, () => randomMessage(user))
    const answers = await concurrently(all, (connection, index): Outcome => {
      if (index === 7) return connection.users.delete({ userId: user.id, now })
      if (index % 3 === 0) return connection.sessions.open(signInOf(account, [codeProofOf(code)]))
      if (index % 3 === 1) return connection.signInCodes.tryCode(trialOf(code))
      return connection.signInCodes.issue({ code: randomCode(user), messages: messages.slice(index, index + 1) })
    })
    const rule = 'A call either precedes the deletion, or finds no user'
    expectEqual(countOf(answers, 'deleted'), 1, rule)
    expectEqual(await idsOfSessions(storage, account), [], rule)
    expectEqual(await storage.users.findByEmail({ email: user.email }), null, rule)
    await expectWrong(storage, trialOf(code), rule)
    await expectWaiting(storage, { offered: messages, waiting: [], now: user.createdAt }, rule)
  }),
]
