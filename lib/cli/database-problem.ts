interface Problem {
  /** Error codes of Node.js, PostgreSQL and MySQL. Redis has none; the first word of its message replaces the code. */
  readonly codes: readonly string[]
  readonly sentence: string
}

const problems: readonly Problem[] = [
  {
    codes: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
    sentence:
      'No server answers at the host and port of DATABASE_URL. Check that it runs and that this machine can reach it',
  },
  {
    codes: ['28P01', '28000', 'ER_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR'],
    sentence: 'The server refuses the user or the password of DATABASE_URL',
  },
  {
    codes: ['3D000', 'ER_BAD_DB_ERROR'],
    sentence: 'The server has no database with the name in DATABASE_URL. Create it first',
  },
  {
    codes: ['42501', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR'],
    sentence:
      'The user of DATABASE_URL lacks a privilege. Grant it, or run "fast-auth migrate" as a user who may create tables',
  },
  {
    codes: ['NOPERM'],
    sentence: 'The user of DATABASE_URL lacks a privilege. Grant it',
  },
  {
    codes: ['25006', 'ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'],
    sentence: 'The database is read-only. DATABASE_URL must point to the primary',
  },
]

/** Describes an error of a database: the cause and the remedy, if they are known, then the message of the driver. */
export function databaseProblem(error: unknown): string {
  const { message, code = message.replace(/ .*/s, '') } = error as { readonly code?: string; readonly message: string }
  const known = problems.find(({ codes }) => codes.includes(code))
  return known === undefined ? message : `${known.sentence} (${message || code})`
}
