import { type CompiledQuery, type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { ColumnTypes, Engine } from './engine.js'
import type { Column, ColumnKind, CreateTable, Migration } from './schema.js'
import type { Tables } from './tables.js'

function typeOf(column: Column, types: ColumnTypes) {
  return sql.raw<string>(types[column.replace('?', '') as ColumnKind])
}

function compileTable(
  { schema }: Kysely<Tables>,
  { table, columns, primaryKey, unique = [], isOwned, isPerhapsThere, isLong = false }: CreateTable,
  types: ColumnTypes,
  engine: Engine,
): CompiledQuery {
  let creation: CreateTableBuilder<string, string> = schema.createTable(table)
  if (isPerhapsThere) creation = creation.ifNotExists()
  for (const [name, column] of Object.entries(columns))
    creation = creation.addColumn(name, typeOf(column, types), it => (column.endsWith('?') ? it : it.notNull()))
  for (const names of unique) creation = creation.addUniqueConstraint(`${table}_by_${names.join('_')}`, [...names])
  creation = creation.addPrimaryKeyConstraint(`${table}_key`, [...primaryKey])
  if (isOwned) creation = creation.addForeignKeyConstraint(`${table}_owner`, ['user_id'], 'fast_auth_users', ['id'])
  const ending = engine.tableEnding(isLong)
  return (ending === '' ? creation : creation.modifyEnd(sql.raw(ending))).compile()
}

/** Compiles one statement for the dialect of the database. */
export function compileStep(
  database: Kysely<Tables>,
  step: Migration['steps'][number],
  types: ColumnTypes,
  engine: Engine,
): CompiledQuery {
  const { schema } = database
  if (step.step === 'createTable') return compileTable(database, step, types, engine)
  if (step.step === 'createIndex')
    return schema
      .createIndex(step.index)
      .on(step.table)
      .columns([...step.columns])
      .compile()
  return schema.alterTable(step.table).addColumn(step.column, typeOf(step.kind, types)).compile()
}
