import type { EpochMilliseconds, SignInMethod } from '../../storage/records.js'
import type { Sealer } from '../../tokens/sealer.js'
import type { PendingSignUp } from './pending-sign-up.js'
import type { IdentityKey } from './port.js'

/** How a flow ended: what every further request with it gets too. */
export type FlowResult =
  | { readonly kind: 'session'; readonly userId: string; readonly sessionId: string; readonly isNewUser: boolean }
  | {
      readonly kind: 'secondFactor'
      readonly userId: string
      readonly identity: IdentityKey
      /** The second factors that the user can give. */
      readonly methods: readonly SignInMethod[]
    }
  | { readonly kind: 'signUp'; readonly pending: PendingSignUp }
  | { readonly kind: 'linked'; readonly provider: string }
  | { readonly kind: 'refused'; readonly code: string }

/** Returns the text that the storage keeps. It contains addresses, so it is sealed. */
export function sealResult(sealer: Sealer, flowId: string, result: FlowResult): string {
  return sealer.seal(JSON.stringify(result), `result of ${flowId}`)
}

/** Returns the result of a flow; `null` if it was sealed with a secret that is gone. */
export function openResult(sealer: Sealer, flowId: string, text: string): FlowResult | null {
  const opened = sealer.open(text, `result of ${flowId}`)
  return opened === null ? null : JSON.parse(opened)
}

const codeContext = 'provider code'

/** The code that a page exchanges for the result of a flow. */
interface ProviderCode {
  readonly flowId: string
  readonly expiresAt: EpochMilliseconds
}

/** Lifetime of a code, in milliseconds. */
const codeLifetime = 60_000

/** Creates the code that a page exchanges for the result of a flow. */
export function newProviderCode(sealer: Sealer, flowId: string, now: EpochMilliseconds): string {
  const code: ProviderCode = { flowId, expiresAt: now + codeLifetime }
  return sealer.seal(JSON.stringify(code), codeContext)
}

/** Returns the id of the flow that a code belongs to; `null` for an expired code and any other text. */
export function flowIdOfCode(sealer: Sealer, code: string, now: EpochMilliseconds): string | null {
  const opened = sealer.open(code, codeContext)
  const content: ProviderCode | null = opened === null ? null : JSON.parse(opened)
  return content === null || now >= content.expiresAt ? null : content.flowId
}
