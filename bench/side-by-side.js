// Measures one task on databases of different sizes.

const warmUpRounds = 200
const rounds = 2_000

/** @param {readonly number[]} values @param {number} share */
export function quantile(values, share) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN
}

/**
 * The microseconds of each call. The databases take turns, so that whatever slows the machine slows all of them.
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

/** @param {string} line */
export const print = line => process.stdout.write(`${line}\n`)

/**
 * Prints a line for each task: its times with few and with many.
 * @template Filled @param {readonly [few: Filled, many: Filled]} databases
 * @param {Readonly<Record<string, (filled: Filled) => Promise<unknown>>>} tasks
 */
export async function compare(databases, tasks) {
  print(`Node.js ${process.version}, ${rounds} rounds, microseconds a call`)
  for (const [name, task] of Object.entries(tasks)) {
    const measured = await measure(databases, task)
    const medians = measured.map(values => quantile(values, 0.5))
    const tails = measured.map(values => quantile(values, 0.95))
    const [few = Number.NaN, many = Number.NaN] = medians
    const columns = medians.map((median, index) => `${Math.round(median)} (p95 ${Math.round(tails[index] ?? 0)})`)
    print(`${name}: ${columns.join(' against ')}; ratio of the medians ${(many / few).toFixed(2)}`)
  }
}
