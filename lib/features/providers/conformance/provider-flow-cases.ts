import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { minuteMilliseconds, randomWord } from '../../../conformance/random-records.js'
import { expectFlow, randomFlow, storeFlow, storeSettledFlow } from './provider-flow.js'

const claimCases: readonly ConformanceCase[] = [
  {
    title: 'providerFlows.claim: a flow is claimed once, and is pending until it is settled',
    async run({ storage }) {
      const flow = await storeFlow(storage)
      const rule = 'Another request waits for the one that has claimed the flow'
      for (const _ of [1, 2]) await expectFlow(storage, flow, { outcome: 'pending' }, rule)
    },
  },
  {
    title: 'providerFlows.claim: a settled flow gives its result each time',
    async run({ storage }) {
      const { result, ...flow } = await storeSettledFlow(storage)
      const rule = 'Every further request with the flow gets the same result'
      for (const _ of [1, 2]) await expectFlow(storage, flow, { outcome: 'settled', result }, rule)
    },
  },
  {
    title: 'providerFlows.claim: an expired flow that is stored is not claimed again',
    async run({ storage }) {
      const pending = await storeFlow(storage)
      const { result, ...settled } = await storeSettledFlow(storage)
      const rule = 'A flow is claimed once, however late'
      for (const later of [0, 1, minuteMilliseconds]) {
        const at = ({ flowId, expiresAt }: typeof pending) => {
          const now = expiresAt + later
          return { flowId, now, expiresAt: now + minuteMilliseconds }
        }
        expectEqual(await storage.providerFlows.claim(at(pending)), { outcome: 'pending' }, rule)
        expectEqual(await storage.providerFlows.claim(at(settled)), { outcome: 'settled', result }, rule)
      }
    },
  },
  {
    title: 'providerFlows.claim: a further claim does not prolong the flow',
    async run({ storage }) {
      const { result, ...flow } = await storeSettledFlow(storage)
      const { flowId, now, expiresAt } = flow
      await storage.providerFlows.claim({ flowId, now, expiresAt: expiresAt + minuteMilliseconds })
      const answer = await storage.providerFlows.take({ flowId, now: expiresAt })
      expectEqual(answer, { outcome: 'unknown' }, 'Only the first claim says when the flow expires')
      await expectFlow(storage, flow, { outcome: 'settled', result }, 'An expired flow stays stored')
    },
  },
  {
    title: 'providerFlows.claim: flows are independent of each other',
    async run({ storage }) {
      const pending = await storeFlow(storage)
      const { result, ...settled } = await storeSettledFlow(storage)
      const rule = 'Each flow is claimed and settled on its own'
      await expectFlow(storage, randomFlow(), { outcome: 'claimed' }, rule)
      await expectFlow(storage, pending, { outcome: 'pending' }, rule)
      await expectFlow(storage, settled, { outcome: 'settled', result }, rule)
    },
  },
]

const settleCases: readonly ConformanceCase[] = [
  {
    title: 'providerFlows.settle: a flow that is not claimed is unknown, and stays free',
    async run({ storage }) {
      const flow = randomFlow()
      const { flowId, now } = flow
      const rule = 'Only a claimed flow has a result'
      expectEqual(await storage.providerFlows.settle({ flowId, result: 'x', now }), { outcome: 'unknown' }, rule)
      await expectFlow(storage, flow, { outcome: 'claimed' }, rule)
    },
  },
  {
    title: 'providerFlows.settle: a flow that has a result is unknown, and keeps the first',
    async run({ storage }) {
      const { result, ...flow } = await storeSettledFlow(storage)
      const { flowId, now } = flow
      const rule = 'A flow has one result'
      for (const other of [result, randomWord()])
        expectEqual(await storage.providerFlows.settle({ flowId, result: other, now }), { outcome: 'unknown' }, rule)
      await expectFlow(storage, flow, { outcome: 'settled', result }, rule)
    },
  },
  {
    title: 'providerFlows.settle: other flows get no result',
    async run({ storage }) {
      const other = await storeFlow(storage)
      await storeSettledFlow(storage)
      await expectFlow(storage, other, { outcome: 'pending' }, 'A result belongs to one flow')
    },
  },
]

const takeCases: readonly ConformanceCase[] = [
  {
    title: 'providerFlows.take: the result of a settled flow is taken once',
    async run({ storage }) {
      const { flowId, now, result } = await storeSettledFlow(storage)
      const rule = 'A result is good for one request'
      const { providerFlows } = storage
      expectEqual(await providerFlows.take({ flowId, now }), { outcome: 'taken', result }, rule)
      for (const _ of [1, 2]) expectEqual(await providerFlows.take({ flowId, now }), { outcome: 'unknown' }, rule)
    },
  },
  {
    title: 'providerFlows.take: a flow that is not claimed or not settled is unknown, and stays',
    async run({ storage }) {
      const [pending, free] = [await storeFlow(storage), randomFlow()]
      const rule = 'There is nothing to take before a result'
      for (const { flowId, now } of [pending, free])
        expectEqual(await storage.providerFlows.take({ flowId, now }), { outcome: 'unknown' }, rule)
      await expectFlow(storage, pending, { outcome: 'pending' }, rule)
      await expectFlow(storage, free, { outcome: 'claimed' }, rule)
    },
  },
  {
    title: 'providerFlows.take: a flow is expired at exactly expiresAt, and stays',
    async run({ storage }) {
      const { result, ...flow } = await storeSettledFlow(storage)
      const { flowId, expiresAt } = flow
      const rule = 'A flow is live before its expiry, and no longer from then on'
      const { providerFlows } = storage
      for (const now of [expiresAt, expiresAt + 1])
        expectEqual(await providerFlows.take({ flowId, now }), { outcome: 'unknown' }, rule)
      await expectFlow(storage, flow, { outcome: 'settled', result }, rule)
      expectEqual(await providerFlows.take({ flowId, now: expiresAt - 1 }), { outcome: 'taken', result }, rule)
    },
  },
  {
    title: 'providerFlows.take: other flows keep their results',
    async run({ storage }) {
      const { flowId, now } = await storeSettledFlow(storage)
      const { result, ...other } = await storeSettledFlow(storage)
      await storage.providerFlows.take({ flowId, now })
      await expectFlow(storage, other, { outcome: 'settled', result }, 'One flow is removed')
    },
  },
  {
    title: 'providerFlows.settle: a flow whose result was taken is unknown',
    async run({ storage }) {
      const { flowId, now } = await storeSettledFlow(storage)
      await storage.providerFlows.take({ flowId, now })
      const answer = await storage.providerFlows.settle({ flowId, result: 'x', now })
      expectEqual(answer, { outcome: 'unknown' }, 'A flow that is taken is removed')
    },
  },
]

const exactnessCases: readonly ConformanceCase[] = [
  {
    title: 'exactness: a result of 4,096 characters comes back as written',
    async run({ storage }) {
      const flow = await storeFlow(storage)
      const { flowId, now } = flow
      const result = `{"é":"\u{1f600}","x":" ${'x'.repeat(4_077)} "}`
      await storage.providerFlows.settle({ flowId, result, now })
      const rule = 'The storage does not interpret the result'
      await expectFlow(storage, flow, { outcome: 'settled', result }, rule)
      expectEqual(await storage.providerFlows.take({ flowId, now }), { outcome: 'taken', result }, rule)
    },
  },
  {
    title: 'exactness: an empty result is a result',
    async run({ storage }) {
      const flow = await storeFlow(storage)
      const { flowId, now } = flow
      await storage.providerFlows.settle({ flowId, result: '', now })
      const rule = 'An empty text is not null'
      await expectFlow(storage, flow, { outcome: 'settled', result: '' }, rule)
      expectEqual(await storage.providerFlows.take({ flowId, now }), { outcome: 'taken', result: '' }, rule)
    },
  },
  {
    title: 'exactness: the id of a flow that differs in case or in a trailing blank is another flow',
    async run({ storage }) {
      const word = `${randomWord()}a`
      const { flowId, now } = await storeSettledFlow(storage, { flowId: word })
      const rule = 'Ids of flows are compared byte for byte'
      for (const similar of [flowId.toUpperCase(), `${flowId} `]) {
        expectEqual(await storage.providerFlows.take({ flowId: similar, now }), { outcome: 'unknown' }, rule)
        await storeFlow(storage, { flowId: similar })
      }
    },
  },
]

/** Cases for flows that are claimed, settled and taken. */
export const providerFlowCases: readonly ConformanceCase[] = [
  ...claimCases,
  ...settleCases,
  ...takeCases,
  ...exactnessCases,
]
