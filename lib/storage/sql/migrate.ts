import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { compileStep } from './compile-step.js'
import type { Engine } from './engine.js'
import { type Migration, migrationsTable } from './schema.js'
import type { MigrationRow, Tables } from './tables.js'

/** Returns the rows of the migrations table in the order of application; none if there is no such table. */
async function readApplied(database: Kysely<Tables>, engine: Engine): Promise<readonly MigrationRow[]> {
  return database
    .selectFrom('fast_auth_migrations')
    .select(['version', 'name'])
    .orderBy('version')
    .execute()
    .catch(error => {
      if (engine.isMissingTable(error)) return []
      throw error
    })
}

interface Pending {
  /** The migrations that the database lacks, in the order of application. */
  readonly ahead: readonly Migration[]
  /** The version that the database gives to the first of them. */
  readonly nextVersion: number
}

/** @throws {Error} The database has a migration that is not among those given. */
async function pending(database: Kysely<Tables>, migrations: readonly Migration[], engine: Engine): Promise<Pending> {
  const applied = await readApplied(database, engine)
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = applied.filter(({ name }) => !known.has(name)).map(({ name }) => `"${name}"`)
  if (unknown.length > 0)
    throw new Error(
      `The database has the migration${unknown.length > 1 ? 's' : ''} ${unknown.join(', ')} of a newer release of fast-auth, which this one does not know`,
    )
  const done = new Set(applied.map(({ name }) => name))
  return {
    ahead: migrations.filter(({ name }) => !done.has(name)),
    nextVersion: (applied.at(-1)?.version ?? 0) + 1,
  }
}

/**
 * The row in the migrations table is written last: without a transaction, a migration is applied once all its statements
 * are.
 */
async function statementsOf(
  database: Kysely<Tables>,
  { name, steps }: Migration,
  version: number,
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

/**
 * Asks again under the lock, also for the version: another process may have applied this migration or others in the
 * meantime.
 */
async function apply(
  connection: Kysely<Tables>,
  migration: Migration,
  migrations: readonly Migration[],
  engine: Engine,
): Promise<void> {
  const { ahead, nextVersion } = await pending(connection, migrations, engine)
  if (!ahead.includes(migration)) return
  for (const statement of await statementsOf(connection, migration, nextVersion, engine)) {
    await connection.executeQuery(statement).catch(error => {
      if (!engine.isDoneAlready(error)) throw error
    })
  }
}

/**
 * Applies the migrations that the database lacks, in the order given. Each commits together with its row in the migrations
 * table. If the database cannot do that, an interrupted migration is restarted: after a crash at any point, a later process
 * can continue. Of several concurrent processes, one applies the migrations and the others find them applied. If there are
 * none to apply, it needs no privileges of a table owner.
 * @param migrations All that this release knows. No two have the same name.
 * @throws {Error} The database has a migration of a newer release: an older one could damage the stored records.
 */
export async function migrate(
  database: Kysely<Tables>,
  migrations: readonly Migration[],
  engine: Engine,
): Promise<void> {
  const { ahead, nextVersion } = await pending(database, migrations, engine)
  if (nextVersion === 1)
    await engine.exclusively(database, async connection => {
      await connection.executeQuery(await migrationsTableOf(connection, engine))
    })
  for (const migration of ahead)
    await engine.exclusively(database, connection => apply(connection, migration, migrations, engine))
}

/** Returns the statements that `migrate` would run now, in order. Writes nothing. */
export async function planMigration(
  database: Kysely<Tables>,
  migrations: readonly Migration[],
  engine: Engine,
): Promise<readonly string[]> {
  const { ahead, nextVersion } = await pending(database, migrations, engine)
  const statements = nextVersion === 1 ? [await migrationsTableOf(database, engine)] : []
  for (const [index, migration] of ahead.entries())
    statements.push(...(await statementsOf(database, migration, nextVersion + index, engine)))
  return statements.map(statement => statement.sql)
}
