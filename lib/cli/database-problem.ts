interface Problem {
  /** Node's, PostgreSQL's and MySQL's; Redis has none, and begins its message with a word in their place. */
  readonly codes: readonly string[]
  readonly sentence: string
}

const problems: readonly Problem[] = [
  {
    codes: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
    sentence: 'No server answers at the host and port of DATABASE_URL. See that it runs, and can be reached from here',
  },
  {
    codes: ['28P01', '28000', 'ER_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR'],
    sentence: 'The server refuses the user or the password of DATABASE_URL',
  },
  {
    codes: ['3D000', 'ER_BAD_DB_ERROR'],
    sentence: 'The server has no database of the name in DATABASE_URL. Make one first',
  },
  {
    codes: ['42501', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR'],
    sentence:
      'The user of DATABASE_URL lacks a right. Grant it, or have "fast-auth migrate" run by a user who may make tables',
  },
  {
    codes: ['NOPERM'],
    sentence: 'The user of DATABASE_URL lacks a right. Grant it',
  },
  {
    codes: ['25006', 'ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'],
    sentence: 'The database can only be read. DATABASE_URL must lead to the primary',
  },
]

/** What is wrong with a database and what to do, in a sentence where it is known; then what its driver says. */
export function databaseProblem(error: unknown): string {
  const { message, code = message.replace(/ .*/s, '') } = error as { readonly code?: string; readonly message: string }
  const known = problems.find(({ codes }) => codes.includes(code))
  return known === undefined ? message : `${known.sentence} (${message || code})`
}
