import { accountConformance } from '../features/accounts/conformance/index.js'
import { apiKeyConformance } from '../features/api-keys/conformance/index.js'
import { auditLogConformance } from '../features/audit-log/conformance/index.js'
import { emailConformance } from '../features/email/conformance/index.js'
import { emailCodeConformance } from '../features/email-codes/conformance/index.js'
import { organizationConformance } from '../features/organizations/conformance/index.js'
import { passkeyConformance } from '../features/passkeys/conformance/index.js'
import { passwordConformance } from '../features/passwords/conformance/index.js'
import { providerConformance } from '../features/providers/conformance/index.js'
import { secondFactorConformance } from '../features/second-factor/conformance/index.js'
import { sessionConformance } from '../features/sessions/conformance/index.js'
import { byteExactnessCases } from './byte-exactness-cases.js'
import type { Capability, ConformanceCase } from './conformance-case.js'
import { crashCasesOf } from './crash-cases.js'
import { exactnessCases } from './exactness-cases.js'
import { faultCasesOf } from './fault-cases.js'
import { type FeatureConformance, partOfFeature } from './feature-conformance.js'
import { identityAndOtherFactorCases } from './identity-and-other-factor-cases.js'
import { illFormedTextCases } from './ill-formed-text-cases.js'
import { lifecycleCases } from './lifecycle-cases.js'
import { mailedCodeAndAppCases } from './mailed-code-and-app-cases.js'
import { mailedCodeAndPasskeyCases } from './mailed-code-and-passkey-cases.js'
import { type OptionalFeature, optionalFeatures, refuseUnknownFeatures } from './optional-features.js'
import { passkeyAndAppCases } from './passkey-and-app-cases.js'
import { type ConformanceAbilities, type ConformanceSubject, prove } from './prove.js'
import { purgeCases } from './purge-cases.js'
import { purgeRaceCases } from './purge-race-cases.js'
import { purgeStep } from './purge-step.js'
import { pushCases } from './push-cases.js'
import { racers, rounds } from './race.js'
import { retryCasesOf } from './retry-cases.js'

export type { OptionalFeature } from './optional-features.js'
export type { ConformanceAbilities, ConformanceSubject } from './prove.js'

/** The test function of a runner: `t.test` of tap, or `test` of node:test, vitest or jest. */
export type ConformanceTest = (title: string, body: () => Promise<void>) => unknown

/** The options of `storageConformance`. */
export interface ConformanceOptions<Subject extends ConformanceSubject = ConformanceSubject>
  extends ConformanceAbilities<Subject> {
  /** Titles of cases to skip, exactly as in `conformanceTitles`. */
  readonly skip?: readonly string[]
  /**
   * The optional features that the storage has. Without one, the storage may lack its methods, and its cases do not run. They match
   * the options of the plugin: `apiKeys: false`, `auditLog: false`, and no `email`.
   * @default `['api-keys', 'audit-log', 'email', 'email-codes', 'organizations', 'passkeys', 'providers', 'second-factor']`: all of them
   * @example `features: ['email']`
   */
  readonly features?: readonly OptionalFeature[]
}

const suites: readonly FeatureConformance[] = [
  accountConformance,
  passwordConformance,
  sessionConformance,
  emailConformance,
  apiKeyConformance,
  auditLogConformance,
  secondFactorConformance,
  passkeyConformance,
  emailCodeConformance,
  providerConformance,
  organizationConformance,
]

const parts = suites.map(partOfFeature)
const steps = [...parts.flatMap(part => part.steps), purgeStep]

const cases: readonly ConformanceCase[] = [
  ...lifecycleCases,
  ...parts.flatMap(part => part.cases),
  ...passkeyAndAppCases,
  ...mailedCodeAndAppCases,
  ...mailedCodeAndPasskeyCases,
  ...identityAndOtherFactorCases,
  ...pushCases,
  ...purgeCases,
  ...byteExactnessCases,
  ...exactnessCases,
  ...illFormedTextCases,
  ...purgeRaceCases,
  ...retryCasesOf(steps),
  ...faultCasesOf(steps),
  ...crashCasesOf(steps),
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
 * @throws {TypeError} A title in `skip` is not one of `conformanceTitles`, or a name in `features` is not one of a feature.
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
  { skip = [], features = optionalFeatures, ...abilities }: ConformanceOptions<Subject> = {},
): readonly unknown[] {
  const unknownTitles = skip.filter(title => !conformanceTitles.includes(title))
  if (unknownTitles.length > 0) throw new TypeError(`No conformance case has the title "${unknownTitles.join('", "')}"`)
  refuseUnknownFeatures(features)
  return cases
    .filter(({ title, needs }) => !skip.includes(title) && (needs === undefined || abilities[needs] !== undefined))
    .filter(one => (one.features ?? []).every(feature => features.includes(feature)))
    .map(one => test(one.title, () => prove(one, createStorage, { ...abilities, features })))
}
