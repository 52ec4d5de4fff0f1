import assert from 'node:assert/strict'
import type { Storage } from '../composition/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { attemptAgain } from './retry-cases.js'
import type { Step, StepOf } from './step.js'
import { expectWhole, startSignUps } from './whole-sign-ups.js'

function crashCase(
  title: string,
  scene: (storage: Storage, crash: () => Promise<Storage>) => Promise<void>,
): ConformanceCase {
  return {
    title,
    needs: 'crash',
    async run({ storage, crash }) {
      assert.ok(crash)
      await scene(storage, crash)
    },
  }
}

/** Crashes once for all methods of a group, since a crash may take seconds. */
function answeredCase(group: string, own: readonly StepOf[]): ConformanceCase {
  const crash = crashCase(`crash: completed methods of ${group} survive a crash`, async (storage, crash) => {
    const answered: { readonly method: string; readonly step: Step }[] = []
    for (const { method, prepare } of own) {
      const step = await prepare(storage)
      expectEqual(await step.attempt(storage), step.first, `The first call of ${method}`)
      answered.push({ method, step })
    }
    const reopened = await crash()
    for (const { method, step } of answered) {
      const rule = `A completed call of ${method} survives a crash`
      await attemptAgain(step, reopened, rule)
      expectEqual(await step.observe(reopened), step.effect, rule)
    }
  })
  return { ...crash, features: [...new Set(own.flatMap(({ features = [] }) => features))] }
}

const signUpCrashCase = crashCase(
  'crash: a sign-up that a crash interrupts is stored completely or not at all',
  async (storage, crash) => {
    const signUps = startSignUps(storage)
    await Promise.any(signUps.map(({ answer }) => answer))
    const reopened = await crash()
    await expectWhole(reopened, signUps)
  },
)

const groupOf = ({ method }: StepOf) => method.split('.', 1).join()

/** Returns cases for a database that crashes after steps or during sign-ups, and is reopened. */
export function crashCasesOf(steps: readonly StepOf[]): readonly ConformanceCase[] {
  const groups = [...new Set(steps.map(groupOf))]
  return [
    ...groups.map(group =>
      answeredCase(
        group,
        steps.filter(step => groupOf(step) === group),
      ),
    ),
    signUpCrashCase,
  ]
}
