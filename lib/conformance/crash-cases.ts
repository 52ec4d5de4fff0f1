import assert from 'node:assert/strict'
import type { Storage } from '../composition/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { type OptionalFeature, optionalFeatures } from './optional-features.js'
import { attemptAgain } from './retry-cases.js'
import type { Step, StepOf } from './step.js'
import { expectWhole, startSignUps } from './whole-sign-ups.js'

function crashCase(
  title: string,
  scene: (storage: Storage, crash: () => Promise<Storage>, features: readonly OptionalFeature[]) => Promise<void>,
): ConformanceCase {
  return {
    title,
    needs: 'crash',
    async run({ storage, crash, features }) {
      assert.ok(crash)
      await scene(storage, crash, features)
    },
  }
}

const featuresOf = ({ features = [] }: StepOf) => features

/**
 * Crashes once for all methods of a group, since a crash may take seconds. Steps of features that the storage lacks are omitted. The case
 * is skipped if that omits all.
 */
function answeredCase(group: string, own: readonly StepOf[]): ConformanceCase {
  const crash = crashCase(`crash: completed methods of ${group} survive a crash`, async (storage, crash, features) => {
    const answered: { readonly method: string; readonly step: Step }[] = []
    const asked = own.filter(step => featuresOf(step).every(feature => features.includes(feature)))
    for (const { method, prepare } of asked) {
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
  return {
    ...crash,
    features: optionalFeatures.filter(feature => own.every(step => featuresOf(step).includes(feature))),
  }
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
