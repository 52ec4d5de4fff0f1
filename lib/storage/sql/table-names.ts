import type { Kysely } from 'kysely'
import { prefixPlugin } from './prefix-plugin.js'
import type { Tables } from './tables.js'

export interface TableNames {
  /**
   * What the names of the tables, of their indexes and constraints begin with: at most 24 lower-case letters, digits and
   * underscores, a digit not first. Default `fast_auth_`.
   */
  readonly tablePrefix?: string
}

export interface SchemaNames extends TableNames {
  /** PostgreSQL: the schema that the tables are in, which must exist. Without it: where `search_path` leads. */
  readonly schema?: string
}

/** The database, with its tables where and what they are to be called. */
export function withTableNames(database: Kysely<Tables>, { tablePrefix, schema }: SchemaNames): Kysely<Tables> {
  const placed = schema === undefined ? database : database.withSchema(schema)
  return tablePrefix === undefined ? placed : placed.withPlugin(prefixPlugin(tablePrefix))
}
