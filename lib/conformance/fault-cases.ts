import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '../composition/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { racers } from './race.js'
import { randomUser } from './random-records.js'
import { attemptAgain } from './retry-cases.js'
import type { StepOf } from './step.js'
import { expectWhole, startSignUps } from './whole-sign-ups.js'

/** Times of the cut after the call: immediately, so it is not sent, or later, when the database may have processed it. */
const momentsMilliseconds = [0, 1, 2, 4, 8]
/** Maximum number of attempts to reach the storage again, and the pause between two. */
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

/** Cuts the connection during the attempts, and returns their results. */
async function cutOff<Answer>(attempts: readonly Promise<Answer>[], cut: Cut, moment: number) {
  const settled = Promise.allSettled(attempts)
  if (moment > 0) await sleep(moment)
  await cut()
  return settled
}

/** Waits until the storage responds again, on all its connections. */
async function recover(storage: Storage): Promise<void> {
  for (let recovery = 1; recovery < recoveries; recovery++) {
    const looks = Array.from({ length: racers }, () => storage.users.find({ userId: randomUser().id }))
    const settled = await Promise.allSettled(looks)
    if (settled.every(({ status }) => status === 'fulfilled')) return
    await sleep(recoveryMilliseconds)
  }
  assert.fail('A storage reconnects after its connection is cut: the storage never answered again')
}

function cutOffCase({ method, features = [], prepare }: StepOf): ConformanceCase {
  const title = `fault: ${method} that is interrupted and retried takes effect once`
  const fault = faultCase(title, async (storage, cut, moment) => {
    const step = await prepare(storage)
    const rule = `An interrupted call of ${method} takes effect completely or not at all, and a retry adds nothing`
    const [answer] = await cutOff([step.attempt(storage)], cut, moment)
    await recover(storage)
    const isAnswered = answer?.status === 'fulfilled'
    if (isAnswered) expectEqual(answer.value, step.first, `The first call of ${method}`)
    await attemptAgain(step, storage, rule, isAnswered ? step.again : [step.first, ...step.again])
    expectEqual(await step.observe(storage), step.effect, rule)
  })
  return { ...fault, features }
}

const signUpFaultCase = faultCase(
  'fault: an interrupted sign-up is stored completely or not at all',
  async (storage, cut, moment) => {
    const signUps = startSignUps(storage)
    await cutOff(
      signUps.map(({ answer }) => answer),
      cut,
      moment,
    )
    await recover(storage)
    await expectWhole(storage, signUps)
  },
)

/** Returns cases for a connection that breaks during a step and is restored. */
export function faultCasesOf(steps: readonly StepOf[]): readonly ConformanceCase[] {
  return [...steps.map(cutOffCase), signUpFaultCase]
}
