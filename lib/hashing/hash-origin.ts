import type { RequestOrigin } from '../telemetry/request-origin.js'

/** The request that a hash is made for. */
export interface HashOrigin {
  readonly client: RequestOrigin
  /**
   * The user whose live session, known device or mailed token the request carries; `null` for every other request. Set it
   * only after the credential has been verified: such requests are served first.
   */
  readonly knownUserId: string | null
}

/** Where a hash waits. */
export interface HashingTurn {
  /** The queue serves the networks of a class one after another. */
  readonly network: string
  /** Whether it is of the class that is served first. */
  readonly isFirst: boolean
}

export interface AdmittedHash {
  readonly turn: HashingTurn
  /** Removes the hash from the count, because it was not made. */
  takeBack(): Promise<unknown>
}

/** Counts a hash before it is made. @throws {TooManyRequestsError} The network or user has used up its hashes. */
export type AdmitHash = (origin: HashOrigin) => Promise<AdmittedHash>
