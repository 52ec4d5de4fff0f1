import { OptionInvalidError } from '../errors/index.js'

/** The options that have to do with each other by their size. */
export interface OrderedOptions {
  readonly accessTokenLifetimeSeconds: number
  readonly sessionIdleLifetimeSeconds: number
  readonly sessionLifetimeSeconds: number
  readonly apiKeys: {
    readonly defaultLifetimeSeconds?: number | undefined
    readonly maximumLifetimeSeconds?: number | undefined
  }
  readonly revocationFeed: { readonly everySeconds: number; readonly maximumStalenessSeconds: number }
}

function refuse(name: string, what: string, limit: string): never {
  throw new OptionInvalidError(`The option "${name}" of fast-auth must ${what} "${limit}"`)
}

/**
 * Refuses options that are good one by one and can't hold together: a limit that is never reached, or always.
 * @throws {OptionInvalidError}
 */
export function refuseDisorder(options: OrderedOptions): void {
  const { accessTokenLifetimeSeconds, sessionIdleLifetimeSeconds, sessionLifetimeSeconds } = options
  const { defaultLifetimeSeconds = 0, maximumLifetimeSeconds = Infinity } = options.apiKeys
  const { everySeconds, maximumStalenessSeconds } = options.revocationFeed
  if (sessionIdleLifetimeSeconds > sessionLifetimeSeconds)
    refuse('sessionIdleLifetimeSeconds', 'not be more than', 'sessionLifetimeSeconds')
  if (accessTokenLifetimeSeconds > sessionIdleLifetimeSeconds)
    refuse('accessTokenLifetimeSeconds', 'not be more than', 'sessionIdleLifetimeSeconds')
  if (defaultLifetimeSeconds > maximumLifetimeSeconds)
    refuse('apiKeys.defaultLifetimeSeconds', 'not be more than', 'apiKeys.maximumLifetimeSeconds')
  if (maximumStalenessSeconds <= everySeconds)
    refuse('revocationFeed.maximumStalenessSeconds', 'be more than', 'revocationFeed.everySeconds')
}
