import type { RequestOrigin } from '../telemetry/request-origin.js'

/** The input of every hook. */
export interface HookContext {
  /** Where the request came from. */
  readonly client: RequestOrigin
  /** Aborted when the hook exceeds its timeout, after which its result is ignored. */
  readonly signal: AbortSignal
}
