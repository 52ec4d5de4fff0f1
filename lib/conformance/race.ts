import type { Storage } from '../composition/storage.js'
import type { ConformanceCase } from './conformance-case.js'

/** Number of concurrent calls, and of rounds: as many on one connection as across two. */
export const racers = 20
export const rounds = 5

/** Makes twenty concurrent calls, spread over the connections. Waits for all of them, even if one rejects. */
export async function concurrently<Answer>(
  connections: readonly Storage[],
  attempt: (storage: Storage, index: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const lanes = Array.from({ length: racers / connections.length }, () => connections).flat()
  const attempts = lanes.map(async (storage, index) => attempt(storage, index))
  await Promise.allSettled(attempts)
  return Promise.all(attempts)
}

/** Counts the answers with this outcome. */
export function countOf(answers: readonly { readonly outcome: string }[], outcome: string): number {
  return answers.filter(answer => answer.outcome === outcome).length
}

/** Creates a case that repeats a race on one connection, and across two if the engine supports it. */
export function raceCase(
  title: string,
  round: (storage: Storage, connections: readonly Storage[]) => Promise<void>,
): ConformanceCase {
  return {
    title,
    isRace: true,
    async run({ storage, connect }) {
      for (let run = 0; run < rounds; run++) await round(storage, [storage])
      if (connect === null) return
      const connections = [storage, await connect()]
      for (let run = 0; run < rounds; run++) await round(storage, connections)
    },
  }
}
