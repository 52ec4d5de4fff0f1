/**
 * Content of a column. `id`: a text that is part of a composite key. `key`: a text with its own index, such as an address.
 * `text`: text of another kind. `number`: an integer that JavaScript represents exactly. A trailing `?` allows `null`.
 */
export type ColumnKind = 'id' | 'key' | 'text' | 'number'
export type Column = ColumnKind | `${ColumnKind}?`

export interface CreateTable {
  readonly step: 'createTable'
  readonly table: string
  readonly columns: Readonly<Record<string, Column>>
  readonly primaryKey: readonly string[]
  readonly unique?: readonly (readonly string[])[]
  /** Its `user_id` references the users. */
  readonly isOwned?: boolean
  /** The table may already exist, with or without rows. */
  readonly isPerhapsThere?: boolean
  /** Rows end in long texts: in SQLite they are not stored in the tree of their key. */
  readonly isLong?: boolean
}

export interface CreateIndex {
  readonly step: 'createIndex'
  readonly index: string
  readonly table: string
  readonly columns: readonly string[]
}

export interface AddColumn {
  readonly step: 'addColumn'
  readonly table: string
  readonly column: string
  /** Allows `null`, since rows already exist. */
  readonly kind: `${ColumnKind}?`
}

export interface Migration {
  /**
   * Identifies the migration, also after a release. A short description, stored in the migrations table, where
   * administrators read it.
   */
  readonly name: string
  readonly steps: readonly (CreateTable | CreateIndex | AddColumn)[]
}

/** The step for an index named after its table. */
export function createIndex(table: string, name: string, ...columns: readonly string[]): CreateIndex {
  return { step: 'createIndex', index: `${table}_by_${name}`, table, columns }
}

/**
 * Lists the applied migrations, and is created before the first of them. `name` identifies a migration; `version` is the
 * place at which this database applied it, from 1.
 */
export const migrationsTable: CreateTable = {
  step: 'createTable',
  table: 'fast_auth_migrations',
  columns: { version: 'number', name: 'text' },
  primaryKey: ['version'],
  isPerhapsThere: true,
}
