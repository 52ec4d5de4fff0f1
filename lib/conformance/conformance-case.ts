import type { Storage } from '../storage/storage.js'

export interface ConformanceEnvironment {
  /** A migrated storage. The suite closes it. */
  readonly storage: Storage
  /** Opens a second connection to the same database, which the suite closes too; `null` where the engine has none. */
  readonly connect: (() => Promise<Storage>) | null
  /** Closes such a second connection before the case ends. */
  disconnect(storage: Storage): Promise<void>
  /** Drops the connections of `storage`. Given to the cases that need it. */
  readonly cut?: (() => Promise<void>) | undefined
  /** Ends what holds the data, and opens it again; `storage` is no more. The suite closes the other. Given to the cases that need it. */
  readonly crash?: (() => Promise<Storage>) | undefined
  /** Whether what listens to revocations is proven. */
  readonly push?: boolean | undefined
}

/** What an adapter's tests can do to the database beyond the port, and the part of the port that not every adapter has. */
export type Capability = 'cut' | 'crash' | 'push'

/** One sentence of the port's contract, and how to find out whether a storage keeps it. */
export interface ConformanceCase {
  readonly title: string
  /** Left out where this cannot be done to the storage. */
  readonly needs?: Capability
  /** Several calls at once, several times. */
  readonly isRace?: true
  /** Rejects with an AssertionError whose message says what the storage did and what the contract asks. */
  run(environment: ConformanceEnvironment): Promise<void>
}
