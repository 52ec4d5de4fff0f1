import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { purgeTime as now, purgeToTheEnd } from '../../../conformance/purge-cases.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import { expectFlow, storeFlow, storeSettledFlow } from './provider-flow.js'

/** The instants of a flow from the time of the purges. */
const from = (expiresAt: number) => ({ now: now - 1_000, expiresAt })

/** Purges to the end. Returns how many flows were removed. */
async function countPurged(storage: Storage): Promise<number> {
  const counts = await purgeToTheEnd(storage, 1_000)
  return counts.reduce((sum, { providerFlows }) => sum + providerFlows, 0)
}

/** Cases for removing expired flows. */
export const providerFlowPurgeCases: readonly ConformanceCase[] = [
  {
    title: 'purge: a flow that expires at exactly this instant is removed, one that expires a millisecond later stays',
    async run({ storage }) {
      const pending = [await storeFlow(storage, from(now)), await storeFlow(storage, from(now + 1))] as const
      const expired = await storeSettledFlow(storage, from(now))
      const { result, ...live } = await storeSettledFlow(storage, from(now + 1))
      await purgeToTheEnd(storage, 100)
      await expectFlow(storage, pending[1], { outcome: 'pending' }, 'A live flow stays as it is')
      await expectFlow(storage, live, { outcome: 'settled', result }, 'A live flow stays as it is')
      for (const flow of [pending[0], expired])
        await expectFlow(storage, flow, { outcome: 'claimed' }, 'An expired flow is removed')
    },
  },
  {
    title: 'purge: at most `limit` flows are removed per call, and each is counted once',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      for (let flow = 0; flow < 3; flow++) await storeFlow(storage, from(now))
      const counts = (await purgeToTheEnd(storage, 2)).map(({ providerFlows }) => providerFlows)
      const rule = 'A call removes at most `limit` flows, and the answers are the numbers of those removed'
      expectEqual([Math.max(...counts) <= 2, counts.reduce((sum, count) => sum + count)], [true, 3], rule)
      expectEqual(await countPurged(storage), 0, rule)
    },
  },
  {
    title: 'purge: a flow whose result was taken leaves nothing to purge',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const { flowId, result } = await storeSettledFlow(storage, from(now))
      const answer = await storage.providerFlows.take({ flowId, now: now - 1 })
      expectEqual(answer, { outcome: 'taken', result }, 'A live result is taken')
      expectEqual(await countPurged(storage), 0, 'A flow that is taken is removed')
    },
  },
  {
    title: 'purge: a settled flow expires when its claim has said',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      await storeSettledFlow(storage, from(now))
      expectEqual(await countPurged(storage), 1, 'A result does not prolong its flow')
    },
  },
  raceCase('race: twenty concurrent purges count each flow once', async (storage, all) => {
    await purgeToTheEnd(storage, 1_000)
    for (let flow = 0; flow < 5; flow++) await storeFlow(storage, from(now))
    const request = { now, revokedBefore: now, eventsBefore: now, limit: 2 }
    const answers = await concurrently(all, connection => connection.purge(request))
    const rest = await countPurged(storage)
    const sum = answers.reduce((total, { providerFlows }) => total + providerFlows, rest)
    expectEqual(sum, 5, 'Only the purge that removes a flow counts it')
  }),
]
