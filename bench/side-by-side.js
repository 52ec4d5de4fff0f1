// Measures one task on databases of different sizes.
import { report } from './report.js'
import { longOrShort } from './settings.js'
import { quantile } from './statistics.js'

const warmUpRounds = longOrShort(200, 5)
const rounds = longOrShort(2_000, 20)

/**
 * Measures the microseconds of each call. The databases alternate, so that a slow moment of the machine slows all of them.
 * @template Filled @param {readonly Filled[]} databases @param {(filled: Filled) => Promise<unknown>} task
 */
async function measure(databases, task) {
  const microseconds = databases.map(() => /** @type {number[]} */ ([]))
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    for (const [index, filled] of databases.entries()) {
      const startedAt = performance.now()
      await task(filled)
      if (round >= warmUpRounds) microseconds[index]?.push((performance.now() - startedAt) * 1000)
    }
  }
  return microseconds
}

/**
 * Reports one line for each task, with its times on both databases.
 * @template {{ readonly size: number }} Filled
 * @param {string} name The name of the section. @param {readonly [few: Filled, many: Filled]} databases
 * @param {Readonly<Record<string, (filled: Filled) => Promise<unknown>>>} tasks @param {readonly string[]} packages
 */
export async function compare(name, databases, tasks, packages) {
  const rows = []
  for (const [what, task] of Object.entries(tasks)) {
    const measured = await measure(databases, task)
    const medians = measured.map(values => quantile(values, 0.5))
    const tails = measured.map(values => quantile(values, 0.95))
    const [few = Number.NaN, many = Number.NaN] = medians
    const columns = medians.map((median, index) => `${Math.round(median)} (p95 ${Math.round(tails[index] ?? 0)})`)
    rows.push([what, ...columns, (many / few).toFixed(2)])
  }
  const sizes = databases.map(({ size }) => `µs with ${size.toLocaleString('en')}`)
  const conditions = `The table shows medians of ${rounds} alternating, sequential calls, with the 95th percentile in brackets`
  await report({ name, columns: ['', ...sizes, 'ratio'], rows, conditions, packages })
}
