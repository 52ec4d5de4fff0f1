import assert from 'node:assert/strict'
import type { Storage } from '../composition/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { attemptAgain } from './retry-cases.js'
import type { Step } from './step.js'
import { steps } from './steps.js'
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
function answeredCase(group: string): ConformanceCase {
  const own = steps.filter(({ method }) => method.startsWith(group))
  return crashCase(`crash: completed methods of ${group} survive a crash`, async (storage, crash) => {
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
}

const groups = new Set(steps.map(({ method }) => method.split('.', 1).join()))

/** Cases for a database that crashes and is reopened. */
export const crashCases: readonly ConformanceCase[] = [
  ...[...groups].map(answeredCase),
  crashCase('crash: a sign-up that a crash interrupts is stored completely or not at all', async (storage, crash) => {
    const signUps = startSignUps(storage)
    await Promise.any(signUps.map(({ answer }) => answer))
    const reopened = await crash()
    await expectWhole(reopened, signUps)
  }),
]
