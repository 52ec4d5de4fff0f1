import { type Dialect, type SelectModifierNode, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { SqliteDriver } from './sqlite-driver.js'

const rowLocks = ['ForUpdate', 'SkipLocked']

/** Omits row locks, which SQLite does not support: BEGIN IMMEDIATE has already locked the whole database. */
class WholeDatabaseLockCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!rowLocks.includes(String(node.modifier))) super.visitSelectModifier(node)
  }
}

export function sqliteDialect(driver: SqliteDriver): Dialect {
  return {
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new WholeDatabaseLockCompiler(),
    createIntrospector: database => new SqliteIntrospector(database),
  }
}
