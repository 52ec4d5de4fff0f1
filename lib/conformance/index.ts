import type { Storage } from '../storage/storage.js'
import { apiKeyListCases } from './api-key-list-cases.js'
import { apiKeyRaceCases } from './api-key-race-cases.js'
import { apiKeyRollCases } from './api-key-roll-cases.js'
import { apiKeyUseCases } from './api-key-use-cases.js'
import { apiKeysCases } from './api-keys-cases.js'
import { byteExactnessCases } from './byte-exactness-cases.js'
import { claimCases } from './claim-cases.js'
import type { ConformanceCase } from './conformance-case.js'
import { emailChangeCases } from './email-change-cases.js'
import { emailConfirmationCases } from './email-confirmation-cases.js'
import { emailMarkingCases } from './email-marking-cases.js'
import { eventCases } from './event-cases.js'
import { exactnessCases } from './exactness-cases.js'
import { illFormedTextCases } from './ill-formed-text-cases.js'
import { lifecycleCases } from './lifecycle-cases.js'
import { oneTimeTokensCases } from './one-time-tokens-cases.js'
import { outboxCases } from './outbox-cases.js'
import { outboxRaceCases } from './outbox-race-cases.js'
import { passwordCases } from './password-cases.js'
import { passwordChangeCases } from './password-change-cases.js'
import { passwordResetCases } from './password-reset-cases.js'
import { profileCases } from './profile-cases.js'
import { purgeCases } from './purge-cases.js'
import { repetitionCases } from './repetition-cases.js'
import { revocationsCases } from './revocations-cases.js'
import { rotationCases } from './rotation-cases.js'
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

/** The test function of a runner: `t.test` of tap, `test` of node:test, vitest or jest. */
export type ConformanceTest = (title: string, body: () => Promise<void>) => unknown

export interface ConformanceSubject {
  /** The storage to prove. The suite calls `migrate()` first, and `close()` at the end of each case, failed or not. */
  readonly storage: Storage
  /** Opens a second connection to the same database, which the suite closes too. Leave it out where there is no such thing. */
  readonly connect?: () => Promise<Storage>
}

export interface ConformanceOptions {
  /** Cases to leave out, by their exact titles. */
  readonly skip?: readonly string[]
}

const cases: readonly ConformanceCase[] = [
  ...lifecycleCases,
  ...usersCases,
  ...userListCases,
  ...userCountCases,
  ...passwordCases,
  ...passwordChangeCases,
  ...profileCases,
  ...usernameCases,
  ...emailMarkingCases,
  ...userDisablingCases,
  ...userDeletionCases,
  ...sessionsCases,
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
  ...revocationsCases,
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
  ...outboxRaceCases,
]

/** The titles of all cases: the contract of the storage port, sentence by sentence. */
export const conformanceTitles: readonly string[] = cases.map(({ title }) => title)

/**
 * Proves a storage adapter: hands one test per sentence of the port's contract to `test`. `createStorage` is called
 * once in each test. All records are random, so that the tests may share one database, and come in any order; run them
 * one after another there, and keep the database for tests, since `purge` is among the verbs.
 *
 * ```ts
 * import { test } from 'node:test'
 * storageConformance(test, async () => ({ storage: myStorage(await connect()) }))
 * ```
 * @returns What `test` returned, once per case, for runners whose nested tests must be awaited.
 * @throws {TypeError} A title in `skip` is not one of `conformanceTitles`.
 */
export function storageConformance(
  test: ConformanceTest,
  createStorage: () => Promise<ConformanceSubject>,
  { skip = [] }: ConformanceOptions = {},
): readonly unknown[] {
  const unknownTitles = skip.filter(title => !conformanceTitles.includes(title))
  if (unknownTitles.length > 0) throw new TypeError(`No conformance case has the title "${unknownTitles.join('", "')}"`)
  return cases
    .filter(({ title }) => !skip.includes(title))
    .map(conformanceCase => test(conformanceCase.title, () => prove(conformanceCase, createStorage)))
}

async function prove(
  conformanceCase: ConformanceCase,
  createStorage: () => Promise<ConformanceSubject>,
): Promise<void> {
  const { storage, connect } = await createStorage()
  const opened = new Set([storage])

  async function connectAnother(open: () => Promise<Storage>): Promise<Storage> {
    const another = await open()
    opened.add(another)
    return another
  }

  async function disconnect(another: Storage): Promise<void> {
    opened.delete(another)
    await another.close()
  }

  async function run(): Promise<void> {
    await storage.migrate()
    await conformanceCase.run({ storage, connect: connect ? () => connectAnother(connect) : null, disconnect })
  }

  const outcomes = await Promise.allSettled([run()])
  for (const one of [...opened].reverse()) outcomes.push(...(await Promise.allSettled([one.close()])))
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}
