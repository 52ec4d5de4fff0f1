import type { Kysely } from 'kysely'
import type { Storage } from '../storage.js'
import { type Migration, migrate } from './migrate.js'
import { purge } from './purge.js'
import { sqlApiKeys } from './sql-api-keys.js'
import { sqlEvents } from './sql-events.js'
import { sqlOneTimeTokens } from './sql-one-time-tokens.js'
import { sqlOutbox } from './sql-outbox.js'
import { sqlRevocations } from './sql-revocations.js'
import { sqlSessions } from './sql-sessions.js'
import { sqlUsers } from './sql-users.js'
import type { Tables } from './tables.js'

export interface SqlStorageParts {
  /** Speaks the dialect. What is in `lib/storage/sql` without a dialect's name in its own is written once for all. */
  readonly database: Kysely<Tables>
  readonly migrations: readonly Migration[]
  close(): Promise<void>
}

/** The storage port on an SQL database. */
export function sqlStorage({ database, migrations, close }: SqlStorageParts): Storage {
  return {
    users: sqlUsers(database),
    sessions: sqlSessions(database),
    oneTimeTokens: sqlOneTimeTokens(database),
    apiKeys: sqlApiKeys(database),
    revocations: sqlRevocations(database),
    outbox: sqlOutbox(database),
    events: sqlEvents(database),

    purge: request => database.transaction().execute(transaction => purge(transaction, request)),

    migrate: () => database.connection().execute(connection => migrate(connection, migrations)),

    async ping() {
      await database.selectNoFrom(({ lit }) => lit(1).as('answer')).execute()
    },

    close,
  }
}
