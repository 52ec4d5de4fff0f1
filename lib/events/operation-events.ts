import type { EventContext, WithoutReason } from './event-context.js'
import type { HookName } from './hook-names.js'

/** A hook of the application threw or timed out after the change was committed. */
interface HookFailed extends EventContext {
  readonly name: 'hook_failed'
  readonly hook: HookName
  readonly reason: 'timed_out' | 'failed'
}

/** A message leaves the outbox without having been sent. Its owner has to ask for another. */
interface MessageGivenUp extends EventContext {
  readonly name: 'message_given_up'
  readonly messageId: string
  readonly reason: 'refused' | 'expired' | 'unreadable'
}

/**
 * This process could not read revocations for longer than `revocationFeed.maximumStalenessSeconds`: its requests ask the
 * storage.
 */
interface RevocationFeedStale extends EventContext, WithoutReason {
  readonly name: 'revocation_feed_stale'
}

/** This process has read all revocations again: its requests no longer ask the storage. */
interface RevocationFeedRecovered extends EventContext, WithoutReason {
  readonly name: 'revocation_feed_recovered'
}

/** A client was rate limited, for the first time since the counter began or its last wait ended. */
interface RateLimited extends EventContext {
  readonly name: 'rate_limited'
  /** The limit that was reached. */
  readonly reason:
    | 'requests'
    | 'hashes_of_network'
    | 'hashes_of_user'
    | 'sign_ins'
    | 'sign_ins_of_device'
    | 'sign_ins_of_devices'
    | 'sign_ins_of_network'
    | 'sign_ins_of_account'
    | 'password_checks'
    | 'password_checks_of_user'
    | 'second_factors'
    | 'second_factors_of_device'
    | 'second_factors_of_devices'
    | 'second_factor_checks'
    | 'recovery_codes'
    | 'passkeys'
    | 'api_keys'
    | 'mail_to_address'
    | 'mail_of_account'
    | 'mail_of_network'
    | 'mail_of_organization'
    | 'mail_in_all'
}

/** The shared counters failed, so this process counts by itself; or they are available again. */
interface LimitCountersChanged extends EventContext, WithoutReason {
  readonly name: 'limit_counters_unavailable' | 'limit_counters_recovered'
}

/** The events of components that protect all accounts. */
export type OperationEvent =
  | HookFailed
  | MessageGivenUp
  | RevocationFeedStale
  | RevocationFeedRecovered
  | RateLimited
  | LimitCountersChanged
