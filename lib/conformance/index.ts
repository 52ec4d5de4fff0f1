import { apiKeyListCases } from './api-key-list-cases.js'
import { apiKeyRaceCases } from './api-key-race-cases.js'
import { apiKeyRollCases } from './api-key-roll-cases.js'
import { apiKeyUseCases } from './api-key-use-cases.js'
import { apiKeysCases } from './api-keys-cases.js'
import { askingSessionCases } from './asking-session-cases.js'
import { askingSessionRaceCases } from './asking-session-race-cases.js'
import { byteExactnessCases } from './byte-exactness-cases.js'
import { claimCases } from './claim-cases.js'
import type { Capability, ConformanceCase } from './conformance-case.js'
import { crashCases } from './crash-cases.js'
import { emailChangeCases } from './email-change-cases.js'
import { emailChangeRevocationCases } from './email-change-revocation-cases.js'
import { emailConfirmationCases } from './email-confirmation-cases.js'
import { emailMarkingCases } from './email-marking-cases.js'
import { eventCases } from './event-cases.js'
import { eventRaceCases } from './event-race-cases.js'
import { exactnessCases } from './exactness-cases.js'
import { faultCases } from './fault-cases.js'
import { feedRaceCases } from './feed-race-cases.js'
import { illFormedTextCases } from './ill-formed-text-cases.js'
import { lifecycleCases } from './lifecycle-cases.js'
import { oneTimeTokensCases } from './one-time-tokens-cases.js'
import { outboxCases } from './outbox-cases.js'
import { outboxRaceCases } from './outbox-race-cases.js'
import { passwordCases } from './password-cases.js'
import { passwordChangeCases } from './password-change-cases.js'
import { passwordResetCases } from './password-reset-cases.js'
import { passwordlessCases } from './passwordless-cases.js'
import { profileCases } from './profile-cases.js'
import { type ConformanceAbilities, type ConformanceSubject, prove } from './prove.js'
import { purgeCases } from './purge-cases.js'
import { purgeRaceCases } from './purge-race-cases.js'
import { pushCases } from './push-cases.js'
import { racers, rounds } from './race.js'
import { repetitionCases } from './repetition-cases.js'
import { retryCases } from './retry-cases.js'
import { revocationsCases } from './revocations-cases.js'
import { rotationCases } from './rotation-cases.js'
import { sessionLimitCases } from './session-limit-cases.js'
import { sessionRaceCases } from './session-race-cases.js'
import { sessionRevocationCases } from './session-revocation-cases.js'
import { sessionsCases } from './sessions-cases.js'
import { stepMessagesCases } from './step-messages-cases.js'
import { tokenConsumptionCases } from './token-consumption-cases.js'
import { tokenRaceCases } from './token-race-cases.js'
import { unconfirmedRotationCases } from './unconfirmed-rotation-cases.js'
import { userCountCases } from './user-count-cases.js'
import { userDeletionCases } from './user-deletion-cases.js'
import { userDisablingCases } from './user-disabling-cases.js'
import { userDisablingRaceCases } from './user-disabling-race-cases.js'
import { userListCases } from './user-list-cases.js'
import { userRaceCases } from './user-race-cases.js'
import { usernameCases } from './username-cases.js'
import { usersCases } from './users-cases.js'

export type { ConformanceAbilities, ConformanceSubject } from './prove.js'

/** The test function of a runner: `t.test` of tap, or `test` of node:test, vitest or jest. */
export type ConformanceTest = (title: string, body: () => Promise<void>) => unknown

/** The options of `storageConformance`. */
export interface ConformanceOptions<Subject extends ConformanceSubject = ConformanceSubject>
  extends ConformanceAbilities<Subject> {
  /** Titles of cases to skip, exactly as in `conformanceTitles`. */
  readonly skip?: readonly string[]
}

const cases: readonly ConformanceCase[] = [
  ...lifecycleCases,
  ...usersCases,
  ...userListCases,
  ...userCountCases,
  ...passwordCases,
  ...passwordChangeCases,
  ...passwordlessCases,
  ...profileCases,
  ...usernameCases,
  ...emailMarkingCases,
  ...userDisablingCases,
  ...userDeletionCases,
  ...sessionsCases,
  ...sessionLimitCases,
  ...sessionRevocationCases,
  ...rotationCases,
  ...repetitionCases,
  ...unconfirmedRotationCases,
  ...oneTimeTokensCases,
  ...tokenConsumptionCases,
  ...emailConfirmationCases,
  ...passwordResetCases,
  ...emailChangeCases,
  ...apiKeysCases,
  ...apiKeyListCases,
  ...apiKeyRollCases,
  ...apiKeyUseCases,
  ...askingSessionCases,
  ...emailChangeRevocationCases,
  ...revocationsCases,
  ...pushCases,
  ...outboxCases,
  ...claimCases,
  ...stepMessagesCases,
  ...eventCases,
  ...purgeCases,
  ...byteExactnessCases,
  ...exactnessCases,
  ...illFormedTextCases,
  ...userRaceCases,
  ...userDisablingRaceCases,
  ...sessionRaceCases,
  ...tokenRaceCases,
  ...apiKeyRaceCases,
  ...askingSessionRaceCases,
  ...outboxRaceCases,
  ...eventRaceCases,
  ...feedRaceCases,
  ...purgeRaceCases,
  ...retryCases,
  ...faultCases,
  ...crashCases,
]

const titlesNeeding = (needs: Capability) => cases.filter(one => one.needs === needs).map(({ title }) => title)

/** The titles of all cases: the contract of the storage port, one rule each. */
export const conformanceTitles: readonly string[] = cases.map(({ title }) => title)

/** The titles of the cases that run only if the option of that name is given. */
export const conformanceTitlesNeeding = {
  cut: titlesNeeding('cut'),
  crash: titlesNeeding('crash'),
  push: titlesNeeding('push'),
} as const

/**
 * The numbers of cases, races, concurrent calls and rounds of a run. Each of the `races` among the `cases` makes `racers` concurrent calls, `rounds` times on one connection
 * and as often across two.
 */
export const conformanceCounts = {
  cases: cases.length,
  races: cases.filter(({ isRace }) => isRace).length,
  racers,
  rounds,
} as const

/**
 * Tests a storage adapter: registers one test per rule of the port's contract with `test`. Each test calls `createStorage`
 * once. All records are random, so the tests may share one database and run in any order. With a shared database, run them
 * one after another, and use it for nothing else: they call `purge`. Cases that need `cut`, `crash` or `push` run only if
 * that option is given.
 * @param test the test function of a runner
 * @param createStorage a function that resolves to a new storage, and to a function for a second connection if there is one
 * @returns the results of `test`, one per case, for runners whose nested tests must be awaited
 * @throws {TypeError} A title in `skip` is not one of `conformanceTitles`.
 * @example
 * ```ts
 * import { test } from 'node:test'
 * import { storageConformance } from 'fast-auth/conformance'
 * import { memoryStorage } from 'fast-auth/storage/memory'
 *
 * storageConformance(test, async () => ({ storage: memoryStorage() }))
 * ```
 */
export function storageConformance<Subject extends ConformanceSubject>(
  test: ConformanceTest,
  createStorage: () => Promise<Subject>,
  { skip = [], ...abilities }: ConformanceOptions<Subject> = {},
): readonly unknown[] {
  const unknownTitles = skip.filter(title => !conformanceTitles.includes(title))
  if (unknownTitles.length > 0) throw new TypeError(`No conformance case has the title "${unknownTitles.join('", "')}"`)
  return cases
    .filter(({ title, needs }) => !skip.includes(title) && (needs === undefined || abilities[needs] !== undefined))
    .map(one => test(one.title, () => prove(one, createStorage, abilities)))
}
