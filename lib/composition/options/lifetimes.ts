import type { TokenMode } from '../../../schemas/sessions/token-mode.js'

export interface Lifetimes {
  readonly accessTokenLifetimeSeconds: number
  readonly sessionIdleLifetimeSeconds: number
  readonly sessionLifetimeSeconds: number
  readonly refreshGraceSeconds: number
}

/** Lifetimes that a token mode determines, from the lifetime of its access tokens. */
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

/** Returns two lifetimes of which the first exceeds the second but must not. Skips implied ones, which cannot be set. */
export function unreachableLifetime(
  lifetimes: Lifetimes,
  implied: Partial<Lifetimes>,
): readonly [keyof Lifetimes, keyof Lifetimes] | undefined {
  const chosen = order.filter(pair => !pair.some(name => name in implied))
  return chosen.find(([shorter, longer]) => lifetimes[shorter] > lifetimes[longer])
}
