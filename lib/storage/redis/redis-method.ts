import { refuseIllFormedText } from '../refuse-ill-formed-text.js'
import type { RedisDatabase } from './redis-database.js'
import { type Persistence, type Transaction, transact } from './transaction.js'

/** Makes a method of the port from what one attempt at it does. It may be tried several times, so it keeps nothing. */
export type DefineMethod = <Request, Answer>(
  step: (transaction: Transaction, request: Request) => Promise<Answer>,
  persistence?: Persistence,
) => (request: Request) => Promise<Answer>

/** For what ends access, and for what its owner needs to get there: small writes by others never hold it up. */
export const reserving: Persistence = { mayReserve: true }

/** Text that has no exact form in UTF-8 is refused; the caller may do with a request what they like once it is handed in. */
export function methodsOn(database: RedisDatabase): DefineMethod {
  return (step, persistence = { mayReserve: false }) =>
    async request => {
      refuseIllFormedText(request)
      const copy = structuredClone(request)
      return transact(database, transaction => step(transaction, copy), persistence)
    }
}
