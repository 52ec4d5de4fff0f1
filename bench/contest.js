// Runs contenders in alternating rounds, and reports the ratio of each to the first one.
import { mediansOf, report } from './report.js'
import { alternate } from './rounds.js'
import { whereItRuns } from './server.js'
import { median, spread } from './statistics.js'

/** @param {number} value */
const ratio = value => value.toFixed(2)

/** @param {{ name: string, contenders: readonly import('./rounds.js').Contender[] }} contest */
export async function contest({ name, contenders }) {
  const results = await alternate(contenders)
  const [first] = results
  const rows = results.map(({ name: contender, rounds }) => {
    /** Divides each round by the round of the first contender in the same turn. @param {(round: import('./rounds.js').Round) => number} of */
    const ratiosToFirst = of =>
      rounds.map(
        (round, index) => of(round) / (first?.rounds[index] === undefined ? Number.NaN : of(first.rounds[index])),
      )
    return [
      contender,
      Math.round(median(rounds.map(round => round.perSecond))).toLocaleString('en'),
      spread(
        ratiosToFirst(round => round.perSecond),
        ratio,
      ),
      ratio(median(ratiosToFirst(round => 1 / round.cpuMicroseconds))),
      median(rounds.map(round => round.cpuMicroseconds)).toFixed(1),
      `${ratio(median(rounds.map(round => round.p50)))} / ${ratio(median(rounds.map(round => round.p99)))}`,
    ]
  })
  await report({
    name,
    columns: ['', 'requests/s', `÷ ${first?.name}`, '÷ per processor time', 'processor µs/request', 'p50 / p99 in ms'],
    rows,
    conditions: `${whereItRuns}. ${mediansOf(first?.rounds.length ?? 0)}`,
  })
}
