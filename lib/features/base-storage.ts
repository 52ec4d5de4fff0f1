import type { StorageKernel } from '../storage/storage-kernel.js'
import type { UserStore } from './accounts/port.js'
import type { OneTimeTokenStore } from './email/port.js'
import type { SessionStore } from './sessions/port.js'

/**
 * The part of the storage port that every application needs: without API keys and without stored events. `oneTimeTokens` and
 * `outbox` are used only with the option `email`.
 */
export interface BaseStorage extends StorageKernel {
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly oneTimeTokens: OneTimeTokenStore
}
