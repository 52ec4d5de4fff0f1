import type { Kysely } from 'kysely'
import { prefixPlugin } from './prefix-plugin.js'
import type { Tables } from './tables.js'

/** Names of the tables. */
export interface TableNames {
  /**
   * Prefix of the names of tables, indexes and constraints: at most 24 lower-case letters, digits and underscores, not
   * starting with a digit.
   * @default 'fast_auth_'
   */
  readonly tablePrefix?: string
}

/** Names of the tables and of their schema. */
export interface SchemaNames extends TableNames {
  /**
   * Name of an existing schema for the tables. PostgreSQL only.
   * @default The first schema of `search_path`.
   */
  readonly schema?: string
}

/** Returns the database with the configured table prefix and schema. */
export function withTableNames(database: Kysely<Tables>, { tablePrefix, schema }: SchemaNames): Kysely<Tables> {
  const placed = schema === undefined ? database : database.withSchema(schema)
  return tablePrefix === undefined ? placed : placed.withPlugin(prefixPlugin(tablePrefix))
}
