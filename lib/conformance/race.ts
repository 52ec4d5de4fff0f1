import type { Storage } from '../storage/storage.js'
import type { ConformanceCase } from './conformance-case.js'

/** How many calls are made at once, and how often: so many rounds on one connection, and as many across two. */
export const racers = 20
export const rounds = 5

/** Twenty calls at once, spread over the connections. Waits for all of them, also when one rejects. */
export async function atOnce<Answer>(
  connections: readonly Storage[],
  attempt: (storage: Storage, index: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const lanes = Array.from({ length: racers / connections.length }, () => connections).flat()
  const attempts = lanes.map(async (storage, index) => attempt(storage, index))
  await Promise.allSettled(attempts)
  return Promise.all(attempts)
}

/** How many answers have this outcome. */
export function countOf(answers: readonly { readonly outcome: string }[], outcome: string): number {
  return answers.filter(answer => answer.outcome === outcome).length
}

/** A case that races, several times, on one connection, and across two where the engine has such a thing. */
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
