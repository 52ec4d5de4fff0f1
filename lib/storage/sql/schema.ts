/**
 * What a column holds. `id`: a text that is part of a key among others; `key`: a text that has an index of its own, an
 * address for one; `text`: whatever it says; `number`: a whole number that JavaScript holds exactly. A `?` behind it admits `null`.
 */
export type ColumnKind = 'id' | 'key' | 'text' | 'number'
export type Column = ColumnKind | `${ColumnKind}?`

export interface CreateTable {
  readonly step: 'createTable'
  readonly table: string
  readonly columns: Readonly<Record<string, Column>>
  readonly primaryKey: readonly string[]
  readonly unique?: readonly (readonly string[])[]
  /** Its `user_id` refers to the users. */
  readonly isOwned?: boolean
  /** It may be there already, with or without rows. */
  readonly isPerhapsThere?: boolean
  /** Rows that end in long texts: in SQLite they don't lie in the tree of their key. */
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
  /** It admits `null`: there are rows already. */
  readonly kind: `${ColumnKind}?`
}

export interface Migration {
  /** 1, 2, 3 and so on, without a gap. */
  readonly version: number
  /** What it brings, in a few words. Kept in the migrations table, for a person to read. */
  readonly name: string
  readonly steps: readonly (CreateTable | CreateIndex | AddColumn)[]
}

/** Where it is written which migrations are done. It is there before the first of them. */
export const migrationsTable: CreateTable = {
  step: 'createTable',
  table: 'fast_auth_migrations',
  columns: { version: 'number', name: 'text' },
  primaryKey: ['version'],
  isPerhapsThere: true,
}
