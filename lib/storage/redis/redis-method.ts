import { refuseIllFormedText } from '../refuse-ill-formed-text.js'
import type { RedisDatabase } from './redis-database.js'
import { type Persistence, type Transaction, transact } from './transaction.js'

/** Makes a port method from the code of one attempt. It may run several times, so it must not keep state. */
export type DefineMethod = <Request, Answer>(
  step: (transaction: Transaction, request: Request) => Promise<Answer>,
  persistence?: Persistence,
) => (request: Request) => Promise<Answer>

/**
 * For steps that end access, and for those that their owner needs first: small writes by others cannot delay them
 * indefinitely.
 */
export const reserving: Persistence = { mayReserve: true }

/** Rejects text without an exact UTF-8 form. Copies the request, so the caller may change it after the call. */
export function methodsOn(database: RedisDatabase): DefineMethod {
  return (step, persistence = { mayReserve: false }) =>
    async request => {
      refuseIllFormedText(request)
      const copy = structuredClone(request)
      return transact(database, transaction => step(transaction, copy), persistence)
    }
}
