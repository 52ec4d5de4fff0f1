import type { TokenMode } from '../../../schemas/sessions/token-mode.js'
import { OptionInvalidError } from '../../errors/index.js'

/** Options that depend on each other. */
export interface RelatedOptions {
  readonly tokenMode: TokenMode
  readonly revokePreviousAccessToken: boolean
  readonly usernames: boolean
  readonly reservedUsernames: readonly string[]
  readonly apiKeys:
    | {
        readonly defaultLifetimeSeconds?: number | undefined
        readonly maximumLifetimeSeconds?: number | undefined
      }
    | false
  readonly limits: {
    readonly counters?: unknown
    readonly shareRequests: boolean
    readonly firstDelaySeconds: number
    readonly maximumDelaySeconds: number
    readonly forgetGuessesAfterSeconds: number
  }
  readonly revocationFeed: { readonly everySeconds: number; readonly maximumStalenessSeconds: number }
}

function refuse(name: string, what: string, limit: string): never {
  throw new OptionInvalidError(`The option "${name}" of fast-auth must ${what} "${limit}"`)
}

/**
 * Refuses options that are valid individually but contradict each other: a limit that is never or always reached, or an
 * option without the one that it refers to.
 * @throws {OptionInvalidError}
 */
export function assertConsistent(options: RelatedOptions): void {
  const { defaultLifetimeSeconds = 0, maximumLifetimeSeconds = Infinity } = options.apiKeys || {}
  const { everySeconds, maximumStalenessSeconds } = options.revocationFeed
  if (defaultLifetimeSeconds > maximumLifetimeSeconds)
    refuse('apiKeys.defaultLifetimeSeconds', 'not be more than', 'apiKeys.maximumLifetimeSeconds')
  if (maximumStalenessSeconds <= everySeconds)
    refuse('revocationFeed.maximumStalenessSeconds', 'be more than', 'revocationFeed.everySeconds')
  const { counters, shareRequests, firstDelaySeconds, maximumDelaySeconds, forgetGuessesAfterSeconds } = options.limits
  if (firstDelaySeconds > maximumDelaySeconds)
    refuse('limits.firstDelaySeconds', 'not be more than', 'limits.maximumDelaySeconds')
  if (maximumDelaySeconds > forgetGuessesAfterSeconds)
    refuse('limits.maximumDelaySeconds', 'not be more than', 'limits.forgetGuessesAfterSeconds')
  if (shareRequests && counters === undefined)
    throw new OptionInvalidError('The option "limits.shareRequests" of fast-auth needs "limits.counters"')
  if (options.revokePreviousAccessToken && options.tokenMode !== 'pair')
    throw new OptionInvalidError('The option "revokePreviousAccessToken" of fast-auth needs "tokenMode": "pair"')
  if (options.reservedUsernames.length > 0 && !options.usernames)
    throw new OptionInvalidError('The option "reservedUsernames" of fast-auth needs "usernames": true')
}
