import type { TokenMode } from '../../schemas/sessions/token-mode.js'
import { impliedLifetimes, type Lifetimes, unreachableLifetime } from '../composition/options/lifetimes.js'
import { OptionsSchema } from '../composition/options/options-schema.js'
import type { Environment } from './read-environment.js'
import { readWholeNumber } from './read-variable.js'
import type { Variable } from './variables.js'

const variables = {
  accessTokenLifetimeSeconds: 'ACCESS_TOKEN_LIFETIME',
  sessionIdleLifetimeSeconds: 'SESSION_IDLE_LIFETIME',
  sessionLifetimeSeconds: 'SESSION_LIFETIME',
  refreshGraceSeconds: 'REFRESH_GRACE',
} as const satisfies Record<keyof Lifetimes, Variable>

interface Range {
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: number
}

/**
 * Reads the lifetimes that the token mode does not determine, by the names of the options.
 * @throws {Error} A variable is invalid or has no effect in this token mode; the message names it.
 */
export function readLifetimes(environment: Environment, tokenMode: TokenMode): Partial<Lifetimes> {
  const { properties } = OptionsSchema
  const read = (name: keyof Lifetimes) => {
    const { default: seconds = 0, ...range }: Range = properties[name]
    return readWholeNumber(environment, variables[name], range) ?? seconds
  }
  const implied = impliedLifetimes[tokenMode](read('accessTokenLifetimeSeconds'))
  const names = Object.keys(variables) as (keyof Lifetimes)[]
  const meaningless = names.find(name => name in implied && environment[variables[name]] !== undefined)
  if (meaningless !== undefined)
    throw new Error(`${variables[meaningless]} has no effect if TOKEN_MODE is ${tokenMode}: remove it`)

  const lifetimes: Lifetimes = {
    accessTokenLifetimeSeconds: read('accessTokenLifetimeSeconds'),
    sessionIdleLifetimeSeconds: read('sessionIdleLifetimeSeconds'),
    sessionLifetimeSeconds: read('sessionLifetimeSeconds'),
    refreshGraceSeconds: read('refreshGraceSeconds'),
  }
  const unreachable = unreachableLifetime(lifetimes, implied)
  if (unreachable !== undefined) {
    const [shorter, longer] = unreachable.map(name => `${variables[name]} (${lifetimes[name]})`)
    throw new Error(`${shorter} must not be more than ${longer}`)
  }
  return Object.fromEntries(Object.entries(lifetimes).filter(([name]) => !(name in implied)))
}
