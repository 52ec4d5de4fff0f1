import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { compileStep } from './compile-step.js'
import type { Engine } from './engine.js'
import { type Migration, migrationsTable } from './schema.js'
import type { Tables } from './tables.js'

/** Returns 0 if no migration is applied. */
async function appliedVersion(database: Kysely<Tables>, engine: Engine): Promise<number> {
  const newest = await database
    .selectFrom('fast_auth_migrations')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
    .catch(error => {
      if (engine.isMissingTable(error)) return undefined
      throw error
    })
  return newest?.version ?? 0
}

/**
 * The row in the migrations table is written last: without a transaction, a migration is applied once all its statements
 * are.
 */
async function statementsOf(
  database: Kysely<Tables>,
  { version, name, steps }: Migration,
  engine: Engine,
): Promise<readonly CompiledQuery[]> {
  const types = await engine.columnTypes(database)
  const line = { version: sql.lit(version), name: sql.lit(name) }
  return [
    ...steps.map(step => compileStep(database, step, types, engine)),
    database.insertInto('fast_auth_migrations').values(line).compile(),
  ]
}

async function migrationsTableOf(database: Kysely<Tables>, engine: Engine): Promise<CompiledQuery> {
  return compileStep(database, migrationsTable, await engine.columnTypes(database), engine)
}

/** Checks again under the lock before it writes: another process may have applied the migration in the meantime. */
async function apply(connection: Kysely<Tables>, migration: Migration, engine: Engine): Promise<void> {
  if ((await appliedVersion(connection, engine)) >= migration.version) return
  for (const statement of await statementsOf(connection, migration, engine)) {
    await connection.executeQuery(statement).catch(error => {
      if (!engine.isDoneAlready(error)) throw error
    })
  }
}

async function pending(
  database: Kysely<Tables>,
  migrations: readonly Migration[],
  engine: Engine,
): Promise<readonly Migration[]> {
  const known = migrations.length
  const applied = await appliedVersion(database, engine)
  if (applied > known)
    throw new Error(
      `The database was migrated to version ${applied} by a newer release of fast-auth; this one knows versions up to ${known}`,
    )
  return migrations.slice(applied)
}

/**
 * Migrates the tables to the version of the last migration given. Each migration commits together with its row in the
 * migrations table. If the database cannot do that, an interrupted migration is restarted: after a crash at any point, a
 * later process can continue. Of several concurrent processes, one applies the migrations and the others find them applied.
 * If there are none to apply, it needs no privileges of a table owner.
 * @throws {Error} The database version is newer than the last migration: an older release could damage the stored records.
 */
export async function migrate(
  database: Kysely<Tables>,
  migrations: readonly Migration[],
  engine: Engine,
): Promise<void> {
  const ahead = await pending(database, migrations, engine)
  if (ahead[0]?.version === 1)
    await engine.exclusively(database, async connection => {
      await connection.executeQuery(await migrationsTableOf(connection, engine))
    })
  for (const migration of ahead) await engine.exclusively(database, connection => apply(connection, migration, engine))
}

/** Returns the statements that `migrate` would run now, in order. Writes nothing. */
export async function planMigration(
  database: Kysely<Tables>,
  migrations: readonly Migration[],
  engine: Engine,
): Promise<readonly string[]> {
  const ahead = await pending(database, migrations, engine)
  const statements = ahead[0]?.version === 1 ? [await migrationsTableOf(database, engine)] : []
  for (const migration of ahead) statements.push(...(await statementsOf(database, migration, engine)))
  return statements.map(statement => statement.sql)
}
