import type { Kysely } from 'kysely'
import type { RevocationStore, Storage, StorageReach } from '../storage.js'
import type { Engine } from './engine.js'
import { migrate, planMigration } from './migrate.js'
import { migrations } from './migrations.js'
import { purge } from './purge.js'
import { retryingStorage } from './retrying-storage.js'
import { sqlApiKeys } from './sql-api-keys.js'
import { sqlEvents } from './sql-events.js'
import { sqlOneTimeTokens } from './sql-one-time-tokens.js'
import { sqlOutbox } from './sql-outbox.js'
import { sqlRevocations } from './sql-revocations.js'
import { sqlSessions } from './sql-sessions.js'
import { sqlUsers } from './sql-users.js'
import type { Tables } from './tables.js'

export interface SqlStorage extends Storage {
  /** The statements that `migrate()` would carry out now, in their order: none where the tables are at the present version. Nothing is written. */
  planMigration(): Promise<readonly string[]>
}

export interface SqlStorageParts {
  /** Speaks the dialect. What is in `lib/storage/sql` without a dialect's name in its own is written once for all. */
  readonly database: Kysely<Tables>
  /** The same for migrations, which may take their time. */
  readonly migrator?: Kysely<Tables>
  readonly engine: Engine
  readonly reach: StorageReach
  /** Where the database tells of revocations. */
  readonly listen?: NonNullable<RevocationStore['listen']>
  close(): Promise<void>
}

/** Writes to no row, since none has this id: a replica refuses it all the same. Tables that are still to come are no fault. */
async function ping(database: Kysely<Tables>, { isMissingTable }: Engine): Promise<void> {
  const nothing = (transaction: Kysely<Tables>) =>
    transaction.updateTable('fast_auth_users').set({ disabled_at: null }).where('id', '=', '').execute()
  try {
    await database.transaction().execute(nothing)
  } catch (error) {
    if (!isMissingTable(error)) throw error
  }
}

/** The storage port on an SQL database. */
export function sqlStorage({
  database,
  migrator = database,
  engine,
  reach,
  listen,
  close,
}: SqlStorageParts): SqlStorage {
  const storage: Storage = {
    users: sqlUsers(database),
    sessions: sqlSessions(database, engine),
    oneTimeTokens: sqlOneTimeTokens(database),
    apiKeys: sqlApiKeys(database),
    revocations: { ...sqlRevocations(database), ...(listen === undefined ? {} : { listen }) },
    outbox: sqlOutbox(database),
    events: sqlEvents(database),

    purge: request => database.transaction().execute(transaction => purge(transaction, request)),

    /** On one connection from the first statement to the last: where there is but one, methods called later come after it. */
    migrate: () => migrator.connection().execute(connection => migrate(connection, migrations, engine)),

    ping: () => ping(database, engine),

    close,
  }
  return {
    ...retryingStorage(storage, engine),
    reach,
    planMigration: () => planMigration(migrator, migrations, engine),
  }
}
