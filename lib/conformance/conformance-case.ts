import type { Storage } from '../storage/storage.js'

export interface ConformanceEnvironment {
  /** A migrated storage. The suite closes it. */
  readonly storage: Storage
  /** Opens a second connection to the same database, which the suite closes too; `null` where the engine has none. */
  readonly connect: (() => Promise<Storage>) | null
  /** Closes such a second connection before the case ends. */
  disconnect(storage: Storage): Promise<void>
}

/** One sentence of the port's contract, and how to find out whether a storage keeps it. */
export interface ConformanceCase {
  readonly title: string
  /** Rejects with an AssertionError whose message says what the storage did and what the contract asks. */
  run(environment: ConformanceEnvironment): Promise<void>
}
