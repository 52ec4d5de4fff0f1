import type { Kysely } from 'kysely'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserChange, UserFollowUp } from '../../../storage/user-follow-up.js'
import { removeFactors } from './sql-records.js'

async function removeFactorsOf(transaction: Kysely<Tables>, { userId }: UserChange): Promise<readonly string[]> {
  await removeFactors(transaction, userId)
  return []
}

/** How second factors follow a change of their user. They stay when the user is disabled. The caller has locked the user. */
export const sqlSecondFactorFollowUp: UserFollowUp<Kysely<Tables>> = {
  deleted: removeFactorsOf,
  proven: removeFactorsOf,
}
