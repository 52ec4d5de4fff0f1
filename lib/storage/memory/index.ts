import { refuseIllFormedText } from '../refuse-ill-formed-text.js'
import type { Storage } from '../storage.js'
import { memoryApiKeys } from './memory-api-keys.js'
import { memoryEvents } from './memory-events.js'
import type { DefineMethod } from './memory-method.js'
import { memoryOneTimeTokens } from './memory-one-time-tokens.js'
import { memoryOutbox } from './memory-outbox.js'
import { memoryPurge } from './memory-purge.js'
import { memoryRevocations } from './memory-revocations.js'
import { memorySessions } from './memory-sessions.js'
import { emptyTables } from './memory-tables.js'
import { memoryUsers } from './memory-users.js'

/**
 * Creates a storage in this process's memory, for tests and examples. Other processes cannot see its records, which are lost
 * when the process ends. It is also the reference implementation of the port: the shortest one that passes the conformance
 * suite. Records are copied on input and output. After `close()` every method rejects.
 * @example
 * ```ts
 * import { memoryStorage } from 'fast-auth/storage/memory'
 *
 * await app.register(fastAuth, { secrets, storage: memoryStorage() })
 * ```
 */
export function memoryStorage(): Storage {
  const tables = emptyTables()
  let isClosed = false

  function assertOpen(): void {
    if (isClosed) throw new Error('The memory storage is closed')
  }

  const method: DefineMethod = step => async request => {
    assertOpen()
    refuseIllFormedText(request)
    return structuredClone(step(structuredClone(request)))
  }

  return {
    users: memoryUsers(tables, method),
    sessions: memorySessions(tables, method),
    oneTimeTokens: memoryOneTimeTokens(tables, method),
    apiKeys: memoryApiKeys(tables, method),
    revocations: memoryRevocations(tables, method),
    outbox: memoryOutbox(tables, method),
    events: memoryEvents(tables, method),
    purge: memoryPurge(tables, method),
    reach: 'process',

    async migrate() {
      assertOpen()
    },

    async ping() {
      assertOpen()
    },

    async close() {
      isClosed = true
    },
  }
}
