import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '../storage/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual, expectOneOf } from './contract.js'
import { randomUser } from './random-records.js'
import { attemptAgain } from './retry-cases.js'
import type { Step, StepOf } from './step.js'
import { steps } from './steps.js'
import { expectWhole, startSignUps } from './whole-sign-ups.js'

/** When the connection is cut, counted from the call: at once, so that it is not sent, and later, when it may have been answered. */
const momentsMilliseconds = [0, 1, 2, 4, 8]
/** How often a storage is asked whether it is there again, and how long it is left alone in between. */
const recoveries = 50
const recoveryMilliseconds = 50

type Cut = () => Promise<void>

function faultCase(title: string, round: (storage: Storage, cut: Cut, moment: number) => Promise<void>) {
  return {
    title,
    needs: 'cut',
    async run({ storage, cut }) {
      assert.ok(cut)
      for (const moment of momentsMilliseconds) await round(storage, cut, moment)
    },
  } satisfies ConformanceCase
}

/** Cuts the connection in the middle of the attempts, and answers with what became of them. */
async function cutOff<Answer>(attempts: readonly Promise<Answer>[], cut: Cut, moment: number) {
  const settled = Promise.allSettled(attempts)
  if (moment > 0) await sleep(moment)
  await cut()
  return settled
}

/** Waits until the storage answers again. One dead connection of several may cost a call each. */
async function recover(storage: Storage): Promise<void> {
  for (let recovery = 1; recovery < recoveries; recovery++) {
    const [{ status }] = await Promise.allSettled([storage.users.find({ userId: randomUser().id })])
    if (status === 'fulfilled') return
    await sleep(recoveryMilliseconds)
  }
  assert.fail('After its connection was cut a storage connects again: the storage never answered any more')
}

/** The call again, and that it was answered for good: a connection that is dead too rejects it. */
async function retry(step: Step, storage: Storage): Promise<string> {
  for (let recovery = 1; recovery < 5; recovery++) {
    await recover(storage)
    const [answer] = await Promise.allSettled([step.attempt(storage)])
    if (answer.status === 'fulfilled') return answer.value
  }
  return 'rejected'
}

function cutOffCase({ verb, prepare }: StepOf): ConformanceCase {
  const title = `fault: ${verb} that is cut off and called again has its effect once`
  return faultCase(title, async (storage, cut, moment) => {
    const step = await prepare(storage)
    const rule = `A call of ${verb} that is cut off has happened or not, and is good for one effect`
    const [answer] = await cutOff([step.attempt(storage)], cut, moment)
    if (answer?.status === 'fulfilled') {
      expectEqual(answer.value, step.first, `The first call of ${verb}`)
      await recover(storage)
      await attemptAgain(step, storage, rule)
    } else {
      expectOneOf(await retry(step, storage), [step.first, ...step.again], rule)
    }
    expectEqual(await step.observe(storage), step.effect, rule)
  })
}

/** The connection goes, at an unlucky moment, and comes back. */
export const faultCases: readonly ConformanceCase[] = [
  ...steps.map(cutOffCase),
  faultCase('fault: a sign-up that is cut off is there whole or not at all', async (storage, cut, moment) => {
    const signUps = startSignUps(storage)
    await cutOff(
      signUps.map(({ answer }) => answer),
      cut,
      moment,
    )
    await recover(storage)
    await expectWhole(storage, signUps)
  }),
]
