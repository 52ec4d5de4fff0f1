import type { Transport } from '../../http/answer-issued-tokens.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { signInTokenLifetime } from '../../tokens/sign-in-token.js'
import type { ProviderDependencies } from './dependencies.js'
import type { FlowResult } from './flow-result.js'
import { firstFactorOf } from './identity-proofs.js'
import { sealSignUp } from './pending-sign-up.js'

/** A result that needs one more step of the user. */
export type WaitingResult = Extract<FlowResult, { readonly kind: 'secondFactor' | 'signUp' }>

export interface WaitingToken {
  /** For `completeSignIn` or `finishProviderSignUp`. */
  readonly token: string
  readonly expiresAt: EpochMilliseconds
}

/** Creates the token with which the client continues. */
export function waitingToken(
  { signInTokens, sealer }: Pick<ProviderDependencies, 'signInTokens' | 'sealer'>,
  result: WaitingResult,
  { transport, now }: { readonly transport: Transport; readonly now: EpochMilliseconds },
): WaitingToken {
  if (result.kind === 'signUp') {
    const { pending } = result
    return { token: sealSignUp(sealer, pending, transport), expiresAt: pending.expiresAt }
  }
  const expiresAt = now + signInTokenLifetime
  const waiting = { userId: result.userId, methods: ['provider'], transport, expiresAt } as const
  return { token: signInTokens.issue(waiting, firstFactorOf(result.identity)), expiresAt }
}
