import { OptionInvalidError } from '../../errors/index.js'
import { impliedLifetimes, type Lifetimes, unreachableLifetime } from './lifetimes.js'
import type { FastAuthOptions } from './options-schema.js'

/**
 * Returns the lifetimes for the token mode.
 * @param filled the given options with the defaults
 * @throws {OptionInvalidError} A given lifetime has no effect in the token mode, or exceeds the one that contains it.
 */
export function resolveLifetimes(
  given: Pick<FastAuthOptions, keyof Lifetimes>,
  filled: Lifetimes & Required<Pick<FastAuthOptions, 'tokenMode'>>,
): Lifetimes {
  const { tokenMode, accessTokenLifetimeSeconds, sessionIdleLifetimeSeconds, sessionLifetimeSeconds } = filled
  const { refreshGraceSeconds } = filled
  const implied = impliedLifetimes[tokenMode](accessTokenLifetimeSeconds)
  const [meaningless] = (Object.keys(implied) as (keyof Lifetimes)[]).filter(name => given[name] !== undefined)
  if (meaningless !== undefined) {
    throw new OptionInvalidError(
      `The option "${meaningless}" of fast-auth has no effect if "tokenMode" is "${tokenMode}": leave it out`,
    )
  }
  const chosen = { accessTokenLifetimeSeconds, sessionIdleLifetimeSeconds, sessionLifetimeSeconds, refreshGraceSeconds }
  const lifetimes = { ...chosen, ...implied }
  const unreachable = unreachableLifetime(lifetimes, implied)
  if (unreachable !== undefined) {
    const [shorter, longer] = unreachable
    throw new OptionInvalidError(`The option "${shorter}" of fast-auth must not be more than "${longer}"`)
  }
  return lifetimes
}
