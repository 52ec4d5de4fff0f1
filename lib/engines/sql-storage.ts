import type { Kysely } from 'kysely'
import type { Storage } from '../composition/storage.js'
import { sqlUsers } from '../features/accounts/storage/sql.js'
import { sqlApiKeys } from '../features/api-keys/storage/sql.js'
import { sqlApiKeyFollowUp, sqlApiKeyMembershipFollowUp } from '../features/api-keys/storage/sql-follow-up.js'
import { sqlEventExpiry, sqlEventFollowUp, sqlEvents } from '../features/audit-log/storage/sql.js'
import { sqlOneTimeTokens } from '../features/email/storage/sql.js'
import { sqlSignInCodes } from '../features/email-codes/storage/sql.js'
import { sqlSignInCodeExpiry, sqlSignInCodeFollowUp } from '../features/email-codes/storage/sql-follow-up.js'
import { sqlEmailCodeProofs } from '../features/email-codes/storage/sql-proofs.js'
import {
  sqlInvitationExpiry,
  sqlMembershipPart,
  sqlMembershipUserFollowUp,
  sqlOrganizationAdditions,
} from '../features/organizations/storage/sql-follow-up.js'
import { sqlInvitationStore } from '../features/organizations/storage/sql-invitations.js'
import { sqlMembershipStore } from '../features/organizations/storage/sql-memberships.js'
import { sqlOrganizationStore } from '../features/organizations/storage/sql-organizations.js'
import { sqlPasskeys } from '../features/passkeys/storage/sql.js'
import { sqlPasskeyFollowUp, sqlPasskeyUseExpiry } from '../features/passkeys/storage/sql-follow-up.js'
import { sqlPasskeyProofs } from '../features/passkeys/storage/sql-proofs.js'
import { passwordProof } from '../features/passwords/password-proof.js'
import { sqlIdentities, sqlProviderFlows } from '../features/providers/storage/sql.js'
import { sqlIdentityFollowUp, sqlProviderFlowExpiry } from '../features/providers/storage/sql-follow-up.js'
import { sqlIdentityProofs } from '../features/providers/storage/sql-proofs.js'
import { sqlSecondFactors } from '../features/second-factor/storage/sql.js'
import { sqlSecondFactorFollowUp } from '../features/second-factor/storage/sql-follow-up.js'
import { sqlSecondFactorProofs } from '../features/second-factor/storage/sql-proofs.js'
import { sqlSessions } from '../features/sessions/storage/sql.js'
import type { RevocationStore } from '../storage/revocation-store.js'
import type { Engine } from '../storage/sql/engine.js'
import { migrate, planMigration } from '../storage/sql/migrate.js'
import { coreExpiries, purge } from '../storage/sql/purge.js'
import { retryingStorage } from '../storage/sql/retrying-storage.js'
import { sqlOutbox } from '../storage/sql/sql-outbox.js'
import { sqlRevocations } from '../storage/sql/sql-revocations.js'
import type { Tables } from '../storage/sql/tables.js'
import type { StorageReach } from '../storage/storage-kernel.js'
import { migrations } from './sql-migrations.js'

/** A storage on an SQL database. */
export interface SqlStorage extends Storage {
  /**
   * Returns the statements that `migrate()` would run now, in order. Empty if the tables are at the current version. Writes
   * nothing.
   * @example
   * ```ts
   * import { sqliteStorage } from 'fast-auth/storage/sqlite'
   *
   * const database = sqliteStorage({ file: 'app.db' })
   * for (const statement of await database.planMigration()) console.log(statement)
   * await database.close()
   * ```
   */
  planMigration(): Promise<readonly string[]>
}

export interface SqlStorageParts {
  /** Uses the dialect. The files in `lib/storage/sql` without a dialect in their names work with all dialects. */
  readonly database: Kysely<Tables>
  /** The same database for migrations, without a time limit. */
  readonly migrator?: Kysely<Tables>
  readonly engine: Engine
  readonly reach: StorageReach
  /** Present if the database has notifications of revocations. */
  readonly listen?: NonNullable<RevocationStore['listen']>
  close(): Promise<void>
}

/** Updates no row, since none has this id: a replica rejects the statement anyway. Missing tables are not an error. */
async function ping(database: Kysely<Tables>, { isMissingTable }: Engine): Promise<void> {
  const nothing = (transaction: Kysely<Tables>) =>
    transaction.updateTable('fast_auth_users').set({ disabled_at: null }).where('id', '=', '').execute()
  try {
    await database.transaction().execute(nothing)
  } catch (error) {
    if (!isMissingTable(error)) throw error
  }
}

/** Creates a storage on an SQL database. */
export function sqlStorage({
  database,
  migrator = database,
  engine,
  reach,
  listen,
  close,
}: SqlStorageParts): SqlStorage {
  const followUps = [
    sqlApiKeyFollowUp,
    sqlEventFollowUp,
    sqlSecondFactorFollowUp,
    sqlPasskeyFollowUp,
    sqlSignInCodeFollowUp,
    sqlIdentityFollowUp,
    sqlMembershipUserFollowUp,
  ]
  const membershipFollowUps = [sqlApiKeyMembershipFollowUp]
  const additionParts = [sqlOrganizationAdditions]
  const proofParts = [passwordProof, sqlSecondFactorProofs, sqlPasskeyProofs, sqlEmailCodeProofs, sqlIdentityProofs]
  const expiries = {
    ...coreExpiries,
    events: sqlEventExpiry,
    passkeyUses: sqlPasskeyUseExpiry,
    signInCodes: sqlSignInCodeExpiry,
    providerFlows: sqlProviderFlowExpiry,
    invitations: sqlInvitationExpiry,
  }
  const storage: Storage = {
    users: sqlUsers(database, { followUps, additionParts }),
    sessions: sqlSessions(database, engine, proofParts),
    oneTimeTokens: sqlOneTimeTokens(database, followUps),
    apiKeys: sqlApiKeys(database, sqlMembershipPart),
    secondFactors: sqlSecondFactors(database),
    passkeys: sqlPasskeys(database, proofParts),
    signInCodes: sqlSignInCodes(database, followUps),
    identities: sqlIdentities(database, { proofParts, followUps, additionParts }),
    providerFlows: sqlProviderFlows(database),
    organizations: sqlOrganizationStore(database, membershipFollowUps),
    memberships: sqlMembershipStore(database, membershipFollowUps),
    invitations: sqlInvitationStore(database, additionParts),
    revocations: { ...sqlRevocations(database), ...(listen === undefined ? {} : { listen }) },
    outbox: sqlOutbox(database),
    events: sqlEvents(database),

    purge: request => database.transaction().execute(transaction => purge(transaction, request, expiries)),

    /** Uses one connection for all statements: if there is only one, later methods wait for the migration. */
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
