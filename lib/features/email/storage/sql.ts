import type { Kysely } from 'kysely'
import { askingOf } from '../../../storage/asking-session.js'
import type { OneTimeTokenHash, OneTimeTokenPurpose, OneTimeTokenRecord, UserRecord } from '../../../storage/records.js'
import { findUser, lockEnabledUser } from '../../../storage/sql/find-user.js'
import { absentId, insertNoToken } from '../../../storage/sql/insert-nothing.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { type OwnerRow, ownerColumns, toOwner } from '../../../storage/sql/owner.js'
import { revokeSessionsOf } from '../../../storage/sql/revoke.js'
import { fromOneTimeToken, toOneTimeToken } from '../../../storage/sql/rows.js'
import { storeMessages } from '../../../storage/sql/store-messages.js'
import type { OneTimeTokenRow, Tables, UserRow } from '../../../storage/sql/tables.js'
import { followUser, type UserFollowUp } from '../../../storage/user-follow-up.js'
import type {
  ConsumeWithPassword,
  EmailChange,
  EmailConfirmation,
  IssueOneTimeToken,
  OneTimeTokenIssue,
  OneTimeTokenStore,
  PasswordReset,
  PresentedOneTimeToken,
  ResetPassword,
} from '../port.js'

interface LiveToken {
  readonly token: OneTimeTokenRecord
  readonly user: UserRecord
}

async function issue(
  transaction: Kysely<Tables>,
  { token, currentHash, messages, messagesIfUnknown = [] }: IssueOneTimeToken,
): Promise<OneTimeTokenIssue> {
  const { userId, purpose } = token
  const user = await lockEnabledUser(transaction, userId)
  if (user === null) {
    await discardAllOf(transaction, absentId)
    await insertNoToken(transaction)
    await storeMessages(transaction, messagesIfUnknown)
    return { outcome: 'unknownUser' }
  }
  if (user.passwordHash !== (currentHash ?? user.passwordHash)) return { outcome: 'stale' }
  if (!(await isAskedInTime(transaction, userId, askingOf(token)))) return { outcome: 'sessionEnded' }
  await transaction
    .deleteFrom('fast_auth_one_time_tokens')
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .execute()
  await transaction.insertInto('fast_auth_one_time_tokens').values(fromOneTimeToken(token)).execute()
  await storeMessages(transaction, messages)
  return { outcome: 'issued' }
}

function liveToken(database: Kysely<Tables>, { hash, now }: PresentedOneTimeToken, purpose: OneTimeTokenPurpose) {
  return database
    .selectFrom('fast_auth_one_time_tokens as token')
    .innerJoin('fast_auth_users as owner', 'owner.id', 'token.user_id')
    .selectAll('token')
    .select(ownerColumns)
    .where('token.hash', '=', hash)
    .where('token.purpose', '=', purpose)
    .where('token.expires_at', '>', now)
    .where('owner.disabled_at', 'is', null)
}

const toLiveToken = (row: OneTimeTokenRow & OwnerRow): LiveToken => ({ token: toOneTimeToken(row), user: toOwner(row) })

const isForPresentAddress = ({ token, user }: LiveToken) => token.email === user.email

type Consumption =
  | { readonly outcome: 'consumed'; readonly live: LiveToken }
  | { readonly outcome: 'stale' | 'invalid' }

/**
 * Consumes the token if it is live, of this purpose and acceptable, and if `currentHash` matches; otherwise writes nothing.
 * Locks the user before reading them. The deletion of the token decides which of several concurrent calls has consumed it.
 */
async function consume(
  transaction: Kysely<Tables>,
  { currentHash, ...presented }: ConsumeWithPassword,
  purpose: OneTimeTokenPurpose,
  isAcceptable: (live: LiveToken) => boolean,
): Promise<Consumption> {
  const row = await liveToken(transaction, presented, purpose).executeTakeFirst()
  if (row === undefined) return { outcome: 'invalid' }
  const user = await lockEnabledUser(transaction, row.user_id)
  if (user === null) return { outcome: 'invalid' }
  const live = { token: toOneTimeToken(row), user }
  if (!isAcceptable(live)) return { outcome: 'invalid' }
  if (user.passwordHash !== (currentHash ?? user.passwordHash)) return { outcome: 'stale' }
  const isConsumed = await discard(transaction, presented.hash)
  return isConsumed ? { outcome: 'consumed', live } : { outcome: 'invalid' }
}

/** Returns whether there was a token to discard. */
async function discard(transaction: Kysely<Tables>, hash: OneTimeTokenHash): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom('fast_auth_one_time_tokens')
    .where('hash', '=', hash)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

async function discardAllOf(transaction: Kysely<Tables>, userId: string): Promise<void> {
  await transaction.deleteFrom('fast_auth_one_time_tokens').where('user_id', '=', userId).execute()
}

async function confirmEmail(transaction: Kysely<Tables>, presented: ConsumeWithPassword): Promise<EmailConfirmation> {
  const consumption = await consume(transaction, presented, 'confirmEmail', isForPresentAddress)
  if (consumption.outcome !== 'consumed') return { outcome: consumption.outcome }
  const { user } = consumption.live
  const emailConfirmedAt = user.emailConfirmedAt ?? presented.now
  await updateUser(transaction, user.id, { email_confirmed_at: emailConfirmedAt })
  return { outcome: 'confirmed', user: { ...user, emailConfirmedAt } }
}

async function resetPassword(
  transaction: Kysely<Tables>,
  { newHash, messages, ...presented }: ResetPassword,
  followUps: readonly UserFollowUp<Kysely<Tables>>[],
): Promise<PasswordReset> {
  const consumption = await consume(transaction, presented, 'resetPassword', isForPresentAddress)
  if (consumption.outcome !== 'consumed') return { outcome: 'invalid' }
  const { user } = consumption.live
  const { now } = presented
  const wasProven = user.emailConfirmedAt !== null
  const emailConfirmedAt = user.emailConfirmedAt ?? now
  await updateUser(transaction, user.id, { password_hash: newHash, email_confirmed_at: emailConfirmedAt })
  await discardAllOf(transaction, user.id)
  await storeMessages(transaction, messages)
  return {
    outcome: 'reset',
    user: { ...user, passwordHash: newHash, emailConfirmedAt },
    revokedSessionIds: await revokeSessionsOf(transaction, { userId: user.id, exceptSessionId: null, now }),
    deletedApiKeyIds: wasProven ? [] : await followUser(followUps, 'proven', transaction, { userId: user.id, now }),
  }
}

async function changeEmail(
  transaction: Kysely<Tables>,
  presented: ConsumeWithPassword,
  followUps: readonly UserFollowUp<Kysely<Tables>>[],
): Promise<EmailChange> {
  const consumption = await consume(transaction, presented, 'changeEmail', () => true)
  if (consumption.outcome !== 'consumed') return { outcome: consumption.outcome }
  const { token, user } = consumption.live
  const { now } = presented
  const holder = await findUser(transaction, 'email', token.email)
  if (holder !== null && holder.id !== user.id) return { outcome: 'emailTaken' }
  await followUser(followUps, 'addressChanged', transaction, { userId: user.id, now })
  await updateUser(transaction, user.id, { email: token.email, email_confirmed_at: now })
  await discardAllOf(transaction, user.id)
  return {
    outcome: 'changed',
    user: { ...user, email: token.email, emailConfirmedAt: now },
    previousEmail: user.email,
    revokedSessionIds: await revokeSessionsOf(transaction, {
      userId: user.id,
      exceptSessionId: token.sessionId,
      now,
    }),
  }
}

async function updateUser(transaction: Kysely<Tables>, userId: string, columns: Partial<UserRow>): Promise<void> {
  await transaction.updateTable('fast_auth_users').set(columns).where('id', '=', userId).execute()
}

export function sqlOneTimeTokens(
  database: Kysely<Tables>,
  followUps: readonly UserFollowUp<Kysely<Tables>>[],
): OneTimeTokenStore {
  return {
    issue: request => database.transaction().execute(transaction => issue(transaction, request)),

    async find({ purpose, ...presented }) {
      const row = await liveToken(database, presented, purpose).executeTakeFirst()
      return row === undefined ? null : toLiveToken(row)
    },

    confirmEmail: presented => database.transaction().execute(transaction => confirmEmail(transaction, presented)),

    resetPassword: request =>
      database.transaction().execute(transaction => resetPassword(transaction, request, followUps)),

    changeEmail: presented =>
      database.transaction().execute(transaction => changeEmail(transaction, presented, followUps)),
  }
}
