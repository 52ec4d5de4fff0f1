import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { expectFlow, randomFlow, storeFlow, storeSettledFlow } from './provider-flow.js'

type Outcome = Promise<{ readonly outcome: string }>

/** Cases for flows that are claimed, settled and taken concurrently. */
export const providerFlowRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty claims of one flow exactly one is claimed', async (storage, all) => {
    const flow = randomFlow()
    const answers = await concurrently(all, connection => connection.providerFlows.claim(flow))
    const rule = 'Exactly one request continues the flow, and all others wait for it'
    expectEqual([countOf(answers, 'claimed'), countOf(answers, 'pending')], [1, answers.length - 1], rule)
    await expectFlow(storage, flow, { outcome: 'pending' }, rule)
  }),
  raceCase('race: of twenty results of one flow exactly one is stored', async (storage, all) => {
    const flow = await storeFlow(storage)
    const { flowId, now } = flow
    const answers = await concurrently(all, async (connection, index) => {
      const result = `result ${index}`
      return { result, ...(await connection.providerFlows.settle({ flowId, result, now })) }
    })
    const rule = 'A flow has one result'
    expectEqual([countOf(answers, 'settled'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    const [stored] = answers.filter(({ outcome }) => outcome === 'settled').map(({ result }) => result)
    await expectFlow(storage, flow, { outcome: 'settled', result: String(stored) }, rule)
  }),
  raceCase('race: of twenty calls that take one result exactly one gets it', async (storage, all) => {
    const { flowId, now, result } = await storeSettledFlow(storage)
    const answers = await concurrently(all, connection => connection.providerFlows.take({ flowId, now }))
    const rule = 'A result is good for one request'
    expectEqual([countOf(answers, 'taken'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    const taken = answers.filter(({ outcome }) => outcome === 'taken')
    expectEqual(taken, [{ outcome: 'taken', result }], rule)
  }),
  raceCase('race: a flow that is claimed while it is settled gives its result or is pending', async (storage, all) => {
    const flow = await storeFlow(storage)
    const { flowId, now } = flow
    const result = 'the result'
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7 ? connection.providerFlows.settle({ flowId, result, now }) : connection.providerFlows.claim(flow),
    )
    const rule = 'A claimed flow is not claimed again'
    expectEqual(countOf(answers, 'claimed') + countOf(answers, 'unknown'), 0, rule)
    await expectFlow(storage, flow, { outcome: 'settled', result }, rule)
  }),
  raceCase('race: a result that is taken while it is settled is taken once, or stays', async (storage, all) => {
    const flow = await storeFlow(storage)
    const { flowId, now } = flow
    const result = 'the result'
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.providerFlows.settle({ flowId, result, now })
          : connection.providerFlows.take({ flowId, now }),
    )
    const taken = countOf(answers, 'taken')
    const rule = 'A result is settled once, and then taken at most once'
    expectEqual([countOf(answers, 'settled'), taken < 2], [1, true], rule)
    const later = await storage.providerFlows.take({ flowId, now })
    expectEqual([later.outcome === 'unknown', later.outcome === 'taken'], [taken === 1, taken === 0], rule)
  }),
]
