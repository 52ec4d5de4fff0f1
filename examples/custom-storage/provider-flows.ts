import type { ProviderFlowStore } from 'fast-auth/storage'
import type { DefineMethod } from './step.ts'
import { isLive, type Tables } from './tables.ts'

export function customProviderFlows({ providerFlows }: Tables, method: DefineMethod): ProviderFlowStore {
  return {
    claim: method(({ flowId, expiresAt }, write) => {
      const flow = providerFlows.get(flowId)
      if (flow !== undefined)
        return flow.result === null ? { outcome: 'pending' } : { outcome: 'settled', result: flow.result }
      write([['providerFlows', flowId, { result: null, expiresAt }]])
      return { outcome: 'claimed' }
    }),

    settle: method(({ flowId, result }, write) => {
      const flow = providerFlows.get(flowId)
      if (flow?.result !== null) return { outcome: 'unknown' }
      write([['providerFlows', flowId, { ...flow, result }]])
      return { outcome: 'settled' }
    }),

    take: method(({ flowId, now }, write) => {
      const flow = providerFlows.get(flowId)
      if (flow === undefined || flow.result === null || !isLive(flow, now)) return { outcome: 'unknown' }
      write([['providerFlows', flowId, null]])
      return { outcome: 'taken', result: flow.result }
    }),
  }
}
