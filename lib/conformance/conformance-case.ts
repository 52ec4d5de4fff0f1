import type { Storage } from '../composition/storage.js'
import type { OptionalFeature } from './optional-features.js'

export interface ConformanceEnvironment {
  /** A migrated storage, with the methods of `features`. The suite closes it. */
  readonly storage: Storage
  /** Opens a second connection to the same database, which the suite closes too; `null` if the engine has none. */
  readonly connect: (() => Promise<Storage>) | null
  /** Closes such a second connection before the case ends. */
  disconnect(storage: Storage): Promise<void>
  /** Drops the connections of `storage`. Present for the cases that need it. */
  readonly cut?: (() => Promise<void>) | undefined
  /**
   * Crashes the database and reopens it; the old `storage` is unusable. The suite closes the new one. Present for the cases
   * that need it.
   */
  readonly crash?: (() => Promise<Storage>) | undefined
  /** The optional features that the storage has. */
  readonly features: readonly OptionalFeature[]
  /** Whether `revocations.listen` is tested. */
  readonly push?: boolean | undefined
}

/** What the tests of an adapter can do to the database outside the port, and optional parts of the port. */
export type Capability = 'cut' | 'crash' | 'push'

/** One rule of the port's contract, and a check whether a storage follows it. */
export interface ConformanceCase {
  readonly title: string
  /** The case is skipped if the subject lacks this capability. */
  readonly needs?: Capability
  /** The case is skipped if the storage lacks one of these features. */
  readonly features?: readonly OptionalFeature[]
  /** The case makes concurrent calls, several times. */
  readonly isRace?: true
  /** Rejects with an AssertionError whose message says what the storage did and what the contract requires. */
  run(environment: ConformanceEnvironment): Promise<void>
}

/** Returns the cases or steps, skipped if the storage lacks one of these features. */
export function needing<Part extends Pick<ConformanceCase, 'features'>>(
  features: readonly OptionalFeature[],
  parts: readonly Part[],
): readonly Part[] {
  return parts.map(part => ({ ...part, features: [...features, ...(part.features ?? [])] }))
}
