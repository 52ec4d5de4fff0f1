/** PostgreSQL: integrity constraints, WITH CHECK OPTION of a view, and RAISE EXCEPTION of a trigger. */
const postgresStates = /^(23...|44000|P0001)$/

/** MySQL and MariaDB: integrity constraints, and SIGNAL of a trigger. */
const mysqlStates = /^(23|45)...$/

/** MySQL and MariaDB, with a state that says nothing: a check constraint, and a column without a default. */
const mysqlNumbers: readonly unknown[] = [3819, 1364]

/** SQLite, the lower byte of its result code. libsql and better-sqlite3 name it, node:sqlite numbers it. */
const sqliteConstraint = 19

/**
 * Checks whether a constraint or a trigger of the database refused the step. Repeating the step does not help: the
 * operator has to change the constraint or the rows that it protects.
 * @param error what a storage rejected with
 */
export function isConstraintViolation(error: unknown): boolean {
  const { code, sqlState, errno, errcode } = Object(error) as Readonly<Record<string, unknown>>
  if (typeof sqlState === 'string') return mysqlStates.test(sqlState) || mysqlNumbers.includes(errno)
  if (typeof errcode === 'number') return (errcode & 0xff) === sqliteConstraint
  return typeof code === 'string' && (postgresStates.test(code) || code.startsWith('SQLITE_CONSTRAINT'))
}
