import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.js'

interface Waiting<Request, Answer> {
  readonly request: Request
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** So many, and the event loop has a turn. */
const withoutPause = 32

/**
 * A method of a database with one writer: all who wait for it to be free are carried out in one transaction, one after the
 * other, and answered when it is committed. So they wait for the disk once and not each. Where that fails nothing is
 * written, and each is carried out alone: nobody fails of what another has asked for.
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
      // Where it did not begin, nobody has been taken yet.
      const failed = taken.length === 0 ? waiting.splice(0) : taken
      for (const { reject } of failed) reject(error)
    }
  }

  return request =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      // In the next turn of the event loop: when all requests that have come in this one are here.
      if (waiting.length === 1) setImmediate(carryOutAll)
    })
}
