import type { EpochMilliseconds } from '../../storage/records.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { ProviderDependencies } from './dependencies.js'
import { flowIdOfCode, openResult } from './flow-result.js'
import { flowIdOf, type ProviderFlow } from './provider-flow.js'
import { tokensOfResult } from './tokens-of-result.js'
import type { WaitingResult } from './waiting-token.js'

export interface RedeemProviderCode {
  readonly code: string
  /** The live flows of this browser: a code that was made for another browser is refused. */
  readonly flows: readonly ProviderFlow[]
  readonly now: EpochMilliseconds
}

/** Exchanges a code for the result of its flow, once. @returns `null` if it is not valid here, whatever the reason */
export async function redeemProviderCode(
  dependencies: ProviderDependencies,
  { code, flows, now }: RedeemProviderCode,
): Promise<{ readonly issued: IssuedTokens } | { readonly waiting: WaitingResult } | null> {
  const { sealer, providerFlows } = dependencies
  const flowId = flowIdOfCode(sealer, code, now)
  if (flowId === null || !flows.some(flow => flowIdOf(flow) === flowId)) return null
  const taking = await providerFlows.take({ flowId, now })
  const result = taking.outcome === 'taken' ? openResult(sealer, flowId, taking.result) : null
  if (result?.kind === 'secondFactor' || result?.kind === 'signUp') return { waiting: result }
  if (result?.kind !== 'session') return null
  const issued = await tokensOfResult(dependencies, result, now)
  return issued === null ? null : { issued }
}
