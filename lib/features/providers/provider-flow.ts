import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Transport } from '../../http/answer-issued-tokens.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { Sealer } from '../../tokens/sealer.js'
import type { ProviderFlow as ProtocolFlow } from './provider.js'

/** Lifetime of a flow, in milliseconds: the time that a user has at the provider. */
export const flowLifetime = 600_000

/** The session that asked to link an identity to its user. */
export interface LinkingSession {
  readonly userId: string
  readonly sessionId: string
}

/** A sign-in at a provider that is under way. It is in a sealed cookie and stored nowhere. */
export interface ProviderFlow extends ProtocolFlow {
  /** The name of the provider that this flow belongs to. No other one can continue it. */
  readonly provider: string
  /** Absolute URL to which the browser returns. */
  readonly returnTo: string
  readonly transport: Transport
  /** `null`: the flow signs in. */
  readonly linking: LinkingSession | null
  readonly expiresAt: EpochMilliseconds
}

const context = 'provider flow'
const secret = () => randomBytes(32).toString('base64url')

/** Creates a flow with new secrets. */
export function newFlow(
  request: Pick<ProviderFlow, 'provider' | 'returnTo' | 'transport' | 'linking'>,
  now: EpochMilliseconds,
): ProviderFlow {
  return { ...request, state: secret(), nonce: secret(), codeVerifier: secret(), expiresAt: now + flowLifetime }
}

/** Returns the text of the cookie. */
export function sealFlow(sealer: Sealer, flow: ProviderFlow): string {
  return sealer.seal(JSON.stringify(flow), context)
}

/** Returns the live flows of these cookies. Another host may have set one of the same name. */
export function readFlows(sealer: Sealer, cookies: readonly string[], now: EpochMilliseconds): readonly ProviderFlow[] {
  return cookies
    .flatMap(cookie => {
      const text = sealer.open(cookie, context)
      return text === null ? [] : [JSON.parse(text) as ProviderFlow]
    })
    .filter(({ expiresAt }) => now < expiresAt)
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Returns the id under which the storage knows a flow. The state cannot be guessed from it. */
export function flowIdOf({ state }: Pick<ProviderFlow, 'state'>): string {
  return digest(`provider flow ${state}`).toString('base64url')
}

/** Returns whether the callback repeats the state of the flow. */
export function hasState({ state }: ProviderFlow, given: string | null): boolean {
  return given !== null && timingSafeEqual(digest(given), digest(state))
}
