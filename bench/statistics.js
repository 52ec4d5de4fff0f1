/** @param {Iterable<number>} values @param {number} share */
export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** @param {Iterable<number>} values */
export const median = values => quantile(values, 0.5)

/** Formats the median, with the lowest and the highest value in brackets. @param {readonly number[]} values @param {(value: number) => string} write */
export function spread(values, write) {
  return `${write(median(values))} (${write(Math.min(...values))}–${write(Math.max(...values))})`
}

/**
 * Returns the AUC: the probability that a value of one class is greater than a value of the other. Ties count half, and the
 * better of both directions counts. 0.5 is chance, and 1 is certainty.
 * @param {readonly number[]} some @param {readonly number[]} others
 */
export function auc(some, others) {
  const wins = some.flatMap(one => others.map(other => (one === other ? 0.5 : Number(one > other))))
  const share = wins.reduce((sum, win) => sum + win, 0) / wins.length
  return Math.max(share, 1 - share)
}
