import type { TokenMode } from '../../schemas/token-mode.js'

export interface Lifetimes {
  readonly accessTokenLifetimeSeconds: number
  readonly sessionIdleLifetimeSeconds: number
  readonly sessionLifetimeSeconds: number
  readonly refreshGraceSeconds: number
}

/** Those that a token mode leaves no choice of, from the lifetime of its access tokens. */
export const impliedLifetimes: Readonly<Record<TokenMode, (accessTokenLifetimeSeconds: number) => Partial<Lifetimes>>> =
  {
    pair: () => ({}),
    'access-only': seconds => ({
      sessionIdleLifetimeSeconds: seconds,
      sessionLifetimeSeconds: seconds,
      refreshGraceSeconds: 0,
    }),
    sliding: seconds => ({ sessionIdleLifetimeSeconds: seconds }),
  }

const order = [
  ['sessionIdleLifetimeSeconds', 'sessionLifetimeSeconds'],
  ['accessTokenLifetimeSeconds', 'sessionIdleLifetimeSeconds'],
  ['accessTokenLifetimeSeconds', 'sessionLifetimeSeconds'],
] as const

/** Two lifetimes the first of which is more than the second, and must not be. None is implied: people could not mend it. */
export function unreachableLifetime(
  lifetimes: Lifetimes,
  implied: Partial<Lifetimes>,
): readonly [keyof Lifetimes, keyof Lifetimes] | undefined {
  const chosen = order.filter(pair => !pair.some(name => name in implied))
  return chosen.find(([shorter, longer]) => lifetimes[shorter] > lifetimes[longer])
}
