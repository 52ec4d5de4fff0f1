import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.js'

export interface Migration {
  /** 1, 2, 3 and so on, without a gap. */
  readonly version: number
  /** What it brings, in a few words. Kept in the migrations table, for a person to read. */
  readonly name: string
  /** One statement each, in the dialect's own SQL. Never edited once released: a change is a new migration. */
  readonly statements: readonly string[]
}

async function appliedVersion(database: Kysely<Tables>): Promise<number> {
  const newest = await database
    .selectFrom('fast_auth_migrations')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.version ?? 0
}

/** Looks first and writes then, inside one transaction: another process may have done the work a moment ago. */
async function apply(transaction: Kysely<Tables>, { version, name, statements }: Migration): Promise<void> {
  if ((await appliedVersion(transaction)) >= version) return
  for (const statement of statements) await sql.raw(statement).execute(transaction)
  await transaction.insertInto('fast_auth_migrations').values({ version, name }).execute()
}

/**
 * Brings the tables to the version of the last migration given. Each migration commits together with its line in the
 * migrations table, so that a process killed at any point leaves none half done, and of several processes at once one
 * does the work and the others find it done.
 * @throws {Error} The database is of a newer version than the last migration: an older release could harm what it holds.
 */
export async function migrate(database: Kysely<Tables>, migrations: readonly Migration[]): Promise<void> {
  await sql
    .raw(
      'create table if not exists fast_auth_migrations (version integer not null primary key, name varchar(255) not null)',
    )
    .execute(database)
  const known = migrations.length
  const applied = await appliedVersion(database)
  if (applied > known)
    throw new Error(
      `The database was migrated to version ${applied} by a newer release of fast-auth; this one knows versions up to ${known}`,
    )
  for (const migration of migrations) await database.transaction().execute(transaction => apply(transaction, migration))
}
