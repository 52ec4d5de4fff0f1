import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { decidingMethods } from './decision-cases.js'
import { actorOf, expectNothingWritten, storePerson, storeScene } from './organization-account.js'

/** Cases for `sessionEnded`, which comes before the decision about the role. */
export const askingPrecedenceCases: readonly ConformanceCase[] = decidingMethods.map(({ method, ask }) => ({
  title: `${method}: sessionEnded comes before unknown and forbidden`,
  async run({ storage }) {
    const scene = await storeScene(storage, { member: 'member' })
    const stranger = await storePerson(storage, scene.start)
    const asking = { sessionId: randomUUID(), now: scene.now }
    const rule = 'A caller without a live session learns nothing about the organisation'
    for (const person of [stranger, scene.people.member]) {
      const attempt = () => ask(storage, scene, actorOf(person, { asking, atLeast: 'owner' }))
      const answer = await expectNothingWritten(storage, scene, attempt, rule, [stranger])
      expectEqual(answer, { outcome: 'sessionEnded' }, rule)
    }
  },
}))
