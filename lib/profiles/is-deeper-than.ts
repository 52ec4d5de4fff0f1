/** Whether more objects and lists than `depth` stand in each other. */
export function isDeeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some(inner => isDeeperThan(depth - 1, inner))
}
