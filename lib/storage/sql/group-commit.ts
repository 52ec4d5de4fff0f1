import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.js'

interface Waiting<Request, Answer> {
  readonly request: Request
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** After this many steps, the event loop gets a turn. */
const withoutPause = 32

/**
 * Creates a method for a database with one writer. All waiting calls run one after another in one transaction, and resolve
 * when it is committed. Thus they share one disk sync. If the transaction fails, nothing is written and each call runs
 * alone, so no call fails because of another one's request.
 */
export function groupCommit<Request, Answer>(
  database: Kysely<Tables>,
  carryOut: (transaction: Kysely<Tables>, request: Request) => Promise<Answer>,
): (request: Request) => Promise<Answer> {
  const waiting: Waiting<Request, Answer>[] = []

  function alone({ request, resolve, reject }: Waiting<Request, Answer>): Promise<void> {
    return database
      .transaction()
      .execute(transaction => carryOut(transaction, request))
      .then(resolve, reject)
  }

  async function carryOutAll(): Promise<void> {
    let taken: Waiting<Request, Answer>[] = []
    try {
      const answers = await database.transaction().execute(async transaction => {
        taken = waiting.splice(0)
        const answered: Answer[] = []
        for (const { request } of taken) {
          answered.push(await carryOut(transaction, request))
          if (answered.length % withoutPause === 0) await nextTurn()
        }
        return answered
      })
      for (const [index, { resolve }] of taken.entries()) resolve(answers[index] as Answer)
    } catch (error) {
      if (taken.length > 1) return taken.forEach(alone)
      // If the transaction did not start, no call has been taken yet.
      const failed = taken.length === 0 ? waiting.splice(0) : taken
      for (const { reject } of failed) reject(error)
    }
  }

  return request =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      // Starts in the next turn of the event loop, so it includes all calls of this turn.
      if (waiting.length === 1) setImmediate(carryOutAll)
    })
}
