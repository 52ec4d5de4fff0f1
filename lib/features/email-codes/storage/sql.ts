import type { Kysely } from 'kysely'
import type { UserRecord } from '../../../storage/records.js'
import { findUser, lockUser } from '../../../storage/sql/find-user.js'
import { absentId } from '../../../storage/sql/insert-nothing.js'
import { storeMessages } from '../../../storage/sql/store-messages.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import { proveAddress } from '../../email/storage/sql-prove-address.js'
import type { IssueSignInCode, SignInCodeRecord, SignInCodeStore, SignInCodeTrial, TrySignInCode } from '../port.js'
import { fromSignInCode, toSignInCode } from './sql-rows.js'

type SqlFollowUps = readonly UserFollowUp<Kysely<Tables>>[]

/**
 * Stores the code in place of that of its address. A code is overwritten, not removed: concurrent calls wait for each other at its
 * row, and only those that find none collide. Runs two statements in both cases.
 */
async function replaceCode(transaction: Kysely<Tables>, code: SignInCodeRecord): Promise<void> {
  const row = fromSignInCode(code)
  const { numUpdatedRows } = await transaction
    .updateTable('fast_auth_sign_in_codes')
    .set(row)
    .where('email', '=', code.email)
    .executeTakeFirst()
  const none = transaction.selectFrom('fast_auth_sign_in_codes').selectAll().where('id', '=', absentId)
  const insertion = transaction.insertInto('fast_auth_sign_in_codes')
  await (numUpdatedRows > 0n ? insertion.expression(none) : insertion.values(row)).execute()
}

async function issue(
  transaction: Kysely<Tables>,
  { code, messages }: IssueSignInCode,
): Promise<{ readonly outcome: 'issued' }> {
  const { userId } = code
  const user = await lockUser(transaction, userId ?? absentId)
  await replaceCode(transaction, code)
  if (userId === null || user !== null) await storeMessages(transaction, messages)
  return { outcome: 'issued' }
}

/**
 * Finds the user by address and locks them, so their record cannot change until the step ends. Runs two statements, even if there
 * is no user.
 */
async function lockUserWith(transaction: Kysely<Tables>, email: string): Promise<UserRecord | null> {
  const found = await findUser(transaction, 'email', email)
  const user = await lockUser(transaction, found?.id ?? absentId)
  return user?.email === email ? user : null
}

/** Uses up a try before the comparison: concurrent calls wait for each other here. Returns whether there was one left. */
async function takeTry(transaction: Kysely<Tables>, { codeId, now }: TrySignInCode): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('fast_auth_sign_in_codes')
    .set(({ eb }) => ({ tries_left: eb('tries_left', '-', 1) }))
    .where('id', '=', codeId)
    .where('tries_left', '>', 0)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function giveTryBack(transaction: Kysely<Tables>, { codeId }: TrySignInCode): Promise<void> {
  await transaction
    .updateTable('fast_auth_sign_in_codes')
    .set(({ eb }) => ({ tries_left: eb('tries_left', '+', 1) }))
    .where('id', '=', codeId)
    .execute()
}

/** The code of an id that is unknown. No user has its address, and no code its hash. */
const absentCode = { email: '', hash: null }

/**
 * The user is locked before the code, as in every other step. A wrong code runs as many statements, whatever the reason: its time
 * must not reveal whether the address has an account, or what became of the code.
 */
async function tryCode(
  transaction: Kysely<Tables>,
  request: TrySignInCode,
  followUps: SqlFollowUps,
): Promise<SignInCodeTrial> {
  const { codeId, hash, now } = request
  const code = await transaction
    .selectFrom('fast_auth_sign_in_codes')
    .select(['email', 'hash'])
    .where('id', '=', codeId)
    .executeTakeFirst()
  const { email, hash: right } = code ?? absentCode
  const user = await lockUserWith(transaction, email)
  const isRight = (await takeTry(transaction, request)) && right === hash
  if (!isRight) return { outcome: 'wrong' }
  await giveTryBack(transaction, request)
  const isUnproven = user?.disabledAt === null && user.emailConfirmedAt === null
  if (!isUnproven) return { outcome: 'right', email, user, isProvenNow: false, revokedSessionIds: [] }
  return { outcome: 'right', email, ...(await proveAddress(transaction, user, { now, followUps })) }
}

/** @param followUps what follows a change of a user, of all features */
export function sqlSignInCodes(database: Kysely<Tables>, followUps: SqlFollowUps): SignInCodeStore {
  return {
    issue: request => database.transaction().execute(transaction => issue(transaction, request)),

    tryCode: request => database.transaction().execute(transaction => tryCode(transaction, request, followUps)),

    async find({ email, now }) {
      const row = await database
        .selectFrom('fast_auth_sign_in_codes')
        .selectAll()
        .where('email', '=', email)
        .where('tries_left', '>', 0)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return row === undefined ? null : toSignInCode(row)
    },
  }
}
