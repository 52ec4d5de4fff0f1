/** PostgreSQL: integrity constraints, WITH CHECK OPTION of a view, and RAISE EXCEPTION in a trigger. */
const postgresStates = /^(23...|44000|P0001)$/

/** MySQL and MariaDB: integrity constraints, and SIGNAL in a trigger. */
const mysqlStates = /^(23|45)...$/

/** MySQL and MariaDB, if the state is unspecific: a check constraint, and a column without a default. */
const mysqlNumbers: readonly unknown[] = [3819, 1364]

/** SQLite: the low byte of the result code. libsql and better-sqlite3 give its name, node:sqlite its number. */
const sqliteConstraint = 19

/**
 * Checks whether a constraint or a trigger of the database rejected the step. Retrying does not help: the administrator has
 * to change the constraint or the rows that it protects.
 * @param error The error with which a storage rejected.
 */
export function isConstraintViolation(error: unknown): boolean {
  const { code, sqlState, errno, errcode } = Object(error) as Readonly<Record<string, unknown>>
  if (typeof sqlState === 'string') return mysqlStates.test(sqlState) || mysqlNumbers.includes(errno)
  if (typeof errcode === 'number') return (errcode & 0xff) === sqliteConstraint
  return typeof code === 'string' && (postgresStates.test(code) || code.startsWith('SQLITE_CONSTRAINT'))
}
