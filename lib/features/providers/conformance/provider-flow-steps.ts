import type { Storage } from '../../../composition/storage.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import type { ClaimProviderFlow } from '../port.js'
import { randomFlow, storeFlow, storeSettledFlow } from './provider-flow.js'

const observe = ({ providerFlows }: Storage, { flowId, now, expiresAt }: ClaimProviderFlow) =>
  providerFlows.claim({ flowId, now, expiresAt })

/** All methods that change flows. */
export const providerFlowSteps: readonly StepOf[] = [
  {
    method: 'providerFlows.claim',
    async prepare() {
      const flow = randomFlow()
      return {
        attempt: storage => outcomeOf(storage.providerFlows.claim(flow)),
        first: 'claimed',
        again: ['pending'],
        observe: storage => observe(storage, flow),
        effect: { outcome: 'pending' },
      }
    },
  },
  {
    method: 'providerFlows.settle',
    async prepare(storage) {
      const flow = await storeFlow(storage)
      const { flowId, now } = flow
      const result = 'the result'
      return {
        attempt: storage => outcomeOf(storage.providerFlows.settle({ flowId, result, now })),
        first: 'settled',
        again: ['unknown'],
        observe: storage => observe(storage, flow),
        effect: { outcome: 'settled', result },
      }
    },
  },
  {
    method: 'providerFlows.take',
    async prepare(storage) {
      const flow = await storeSettledFlow(storage)
      const { flowId, now } = flow
      return {
        attempt: storage => outcomeOf(storage.providerFlows.take({ flowId, now })),
        first: 'taken',
        again: ['unknown'],
        observe: storage => observe(storage, flow),
        effect: { outcome: 'claimed' },
      }
    },
  },
]
