import { randomBytes } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { expectEqual } from '../../../conformance/contract.js'
import { minuteMilliseconds, randomTime, randomWord } from '../../../conformance/random-records.js'
import type { ClaimProviderFlow, ProviderFlowClaim } from '../port.js'

/** Returns a claim of a new flow that expires in ten minutes. */
export function randomFlow(overrides: Partial<ClaimProviderFlow> = {}): ClaimProviderFlow {
  const flowId = randomBytes(32).toString('base64url')
  const now = randomTime()
  return { flowId, now, expiresAt: now + 10 * minuteMilliseconds, ...overrides }
}

/** Claims a new flow. */
export async function storeFlow(
  { providerFlows }: Storage,
  overrides: Partial<ClaimProviderFlow> = {},
): Promise<ClaimProviderFlow> {
  const flow = randomFlow(overrides)
  expectEqual(await providerFlows.claim(flow), { outcome: 'claimed' }, 'A new flow is claimed')
  return flow
}

/** Claims a new flow, and stores a result. */
export async function storeSettledFlow(
  storage: Storage,
  overrides: Partial<ClaimProviderFlow> = {},
): Promise<ClaimProviderFlow & { readonly result: string }> {
  const flow = await storeFlow(storage, overrides)
  const { flowId, now } = flow
  const result = `result ${randomWord()}`
  const answer = await storage.providerFlows.settle({ flowId, result, now })
  expectEqual(answer, { outcome: 'settled' }, 'A claimed flow is settled')
  return { ...flow, result }
}

/** Checks what a further claim of the flow answers. */
export async function expectFlow(
  { providerFlows }: Storage,
  flow: ClaimProviderFlow,
  asked: ProviderFlowClaim,
  rule: string,
): Promise<void> {
  const { flowId, now, expiresAt } = flow
  expectEqual(await providerFlows.claim({ flowId, now, expiresAt }), asked, rule)
}
