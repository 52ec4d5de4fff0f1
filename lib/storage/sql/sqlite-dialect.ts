import { type Dialect, type SelectModifierNode, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { SqliteDriver } from './sqlite-driver.js'

const rowLocks = ['ForUpdate', 'SkipLocked']

/** Leaves row locks out, which SQLite doesn't know: BEGIN IMMEDIATE has locked the whole database already. */
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
