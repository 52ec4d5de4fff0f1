import type { Kysely } from 'kysely'
import type { OneTimeTokenPurpose, UserRecord } from '../../../storage/records.js'
import { findUser, lockUser } from '../../../storage/sql/find-user.js'
import { insertNoToken, insertNoUser } from '../../../storage/sql/insert-nothing.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { revokeSessionsOf } from '../../../storage/sql/revoke.js'
import { fromOneTimeToken, fromSession, fromUser, toUser } from '../../../storage/sql/rows.js'
import { lockLiveSession, succeedSession } from '../../../storage/sql/session-rows.js'
import { storeMessages } from '../../../storage/sql/store-messages.js'
import type { Tables } from '../../../storage/sql/tables.js'
import { followUser, type UserChange, type UserFollowUp } from '../../../storage/user-follow-up.js'
import { planProfileUpdate, type UpdateProfile } from '../plan-profile-update.js'
import type {
  ChangePassword,
  CreateUser,
  DeleteUser,
  EmailMarking,
  MarkEmailConfirmed,
  PasswordChange,
  ProfileUpdate,
  UserCreation,
  UserDeletion,
  UserDisabling,
  UserStore,
} from '../port.js'
import type { UserAdditionPart } from '../user-addition-part.js'

type SqlFollowUps = readonly UserFollowUp<Kysely<Tables>>[]

/** The additions of one feature to the creation of a user, in SQL. */
export type SqlUserAdditionPart = Required<UserAdditionPart<Kysely<Tables>>>

/** What other features do when a user is created, changed or deleted. */
interface SqlUserParts {
  readonly followUps: SqlFollowUps
  readonly additionParts: readonly SqlUserAdditionPart[]
}

/** Checks whether another user has this username. */
async function isTaken(transaction: Kysely<Tables>, { id, username }: UserRecord): Promise<boolean> {
  const owner = username === null ? null : await findUser(transaction, 'username', username)
  return owner !== null && owner.id !== id
}

/** Stores a new user, as `users.create` does. Runs as many statements for a taken address as for a free one. */
export async function createUser(
  transaction: Kysely<Tables>,
  request: CreateUser,
  additionParts: readonly SqlUserAdditionPart[],
): Promise<UserCreation> {
  const { user, session, token, messages, messagesIfTaken } = request
  const owner = await findUser(transaction, 'email', user.email)
  const locked = await lockUser(transaction, (owner ?? user).id)
  if (owner !== null) {
    await insertNoUser(transaction)
    if (token !== null) await insertNoToken(transaction)
    for (const part of additionParts) await part.writeNothing(transaction, request)
    const theirs = messagesIfTaken.filter(() => locked !== null).map(message => ({ ...message, userId: owner.id }))
    await storeMessages(transaction, theirs)
    return { outcome: 'emailTaken' }
  }
  if (locked !== null) return { outcome: 'idTaken' }
  if (await isTaken(transaction, user)) return { outcome: 'usernameTaken' }
  await transaction.insertInto('fast_auth_users').values(fromUser(user)).execute()
  if (session !== null) await transaction.insertInto('fast_auth_sessions').values(fromSession(session)).execute()
  if (token !== null)
    await transaction.insertInto('fast_auth_one_time_tokens').values(fromOneTimeToken(token)).execute()
  for (const part of additionParts) await part.write(transaction, request)
  await storeMessages(transaction, messages)
  return { outcome: 'created' }
}

/** Removes the user's one-time tokens of these purposes. */
export async function discardTokens(
  transaction: Kysely<Tables>,
  userId: string,
  purposes: readonly OneTimeTokenPurpose[],
): Promise<void> {
  await transaction
    .deleteFrom('fast_auth_one_time_tokens')
    .where('user_id', '=', userId)
    .where('purpose', 'in', purposes)
    .execute()
}

async function changePassword(
  transaction: Kysely<Tables>,
  { userId, currentHash, newHash, sessionId, idleExpiresAt, now, messages }: ChangePassword,
): Promise<PasswordChange> {
  const user = await lockUser(transaction, userId)
  if (user?.passwordHash !== currentHash) return { outcome: 'stale' }
  const goingOn = await lockLiveSession(transaction, { sessionId, userId, now })
  if (goingOn === null) return { outcome: 'sessionEnded' }
  const generation = goingOn.generation + 2
  const session = await succeedSession(transaction, goingOn, { generation, idleExpiresAt, now })
  await transaction.updateTable('fast_auth_users').set({ password_hash: newHash }).where('id', '=', userId).execute()
  await discardTokens(transaction, userId, ['resetPassword', 'changeEmail'])
  await storeMessages(transaction, messages)
  return {
    outcome: 'changed',
    user: { ...user, passwordHash: newHash },
    session,
    revokedSessionIds: await revokeSessionsOf(transaction, { userId, exceptSessionId: sessionId, now }),
  }
}

async function updateProfile(
  transaction: Kysely<Tables>,
  { userId, asking, ...update }: UpdateProfile,
): Promise<ProfileUpdate> {
  const user = await lockUser(transaction, userId)
  if (user === null) return { outcome: 'unknown' }
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  const plan = planProfileUpdate(user, update)
  if (plan === null) return { outcome: 'tooLarge' }
  const updated = { ...user, ...plan }
  if (await isTaken(transaction, updated)) return { outcome: 'usernameTaken' }
  const { profile, username } = fromUser(updated)
  const row = { profile, username }
  await transaction.updateTable('fast_auth_users').set(row).where('id', '=', userId).execute()
  return { outcome: 'updated', user: updated }
}

async function markEmailConfirmed(
  transaction: Kysely<Tables>,
  { userId, email, now }: MarkEmailConfirmed,
): Promise<EmailMarking> {
  const user = await lockUser(transaction, userId)
  if (user?.email !== email) return { outcome: 'unknown' }
  const emailConfirmedAt = user.emailConfirmedAt ?? now
  const row = { email_confirmed_at: emailConfirmedAt }
  await transaction.updateTable('fast_auth_users').set(row).where('id', '=', userId).execute()
  await discardTokens(transaction, userId, ['confirmEmail'])
  return { outcome: 'confirmed', user: { ...user, emailConfirmedAt } }
}

async function disable(
  transaction: Kysely<Tables>,
  { userId, now }: UserChange,
  followUps: SqlFollowUps,
): Promise<UserDisabling> {
  const user = await lockUser(transaction, userId)
  if (user === null) return { outcome: 'unknown' }
  const row = { disabled_at: user.disabledAt ?? now }
  await transaction.updateTable('fast_auth_users').set(row).where('id', '=', userId).execute()
  await discardTokens(transaction, userId, ['resetPassword', 'changeEmail'])
  const revokedSessionIds = await revokeSessionsOf(transaction, { userId, exceptSessionId: null, now })
  const apiKeyIds = await followUser(followUps, 'disabled', transaction, { userId, now })
  return { outcome: 'disabled', revokedSessionIds, apiKeyIds }
}

async function enable(
  transaction: Kysely<Tables>,
  { userId }: { readonly userId: string },
): Promise<{ outcome: 'enabled' | 'unknown' }> {
  if ((await lockUser(transaction, userId)) === null) return { outcome: 'unknown' }
  await transaction.updateTable('fast_auth_users').set({ disabled_at: null }).where('id', '=', userId).execute()
  return { outcome: 'enabled' }
}

async function remove(
  transaction: Kysely<Tables>,
  { userId, asking, now }: DeleteUser,
  followUps: SqlFollowUps,
): Promise<UserDeletion> {
  const user = await lockUser(transaction, userId)
  if (user === null) return { outcome: 'unknown' }
  if (user.passwordHash !== (asking?.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
  // Organisations are locked before sessions, as in every step that locks both.
  const organizationIds = await followUser(followUps, 'orphaned', transaction, { userId, now })
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  if (organizationIds.length > 0) return { outcome: 'lastOwner', organizationIds }
  const revokedSessionIds = await revokeSessionsOf(transaction, { userId, exceptSessionId: null, now })
  const deletedApiKeyIds = await followUser(followUps, 'deleted', transaction, { userId, now })
  await transaction.deleteFrom('fast_auth_one_time_tokens').where('user_id', '=', userId).execute()
  await transaction.deleteFrom('fast_auth_outbox').where('user_id', '=', userId).execute()
  await transaction.deleteFrom('fast_auth_users').where('id', '=', userId).execute()
  return { outcome: 'deleted', revokedSessionIds, deletedApiKeyIds }
}

export function sqlUsers(database: Kysely<Tables>, { followUps, additionParts }: SqlUserParts): UserStore {
  return {
    create: request => database.transaction().execute(transaction => createUser(transaction, request, additionParts)),

    find: ({ userId }) => findUser(database, 'id', userId),

    findByEmail: ({ email }) => findUser(database, 'email', email),

    findByUsername: ({ username }) => findUser(database, 'username', username),

    async list({ afterId = '', limit }) {
      const rows = await database
        .selectFrom('fast_auth_users')
        .selectAll()
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toUser)
    },

    async count() {
      const { total } = await database
        .selectFrom('fast_auth_users')
        .select(({ fn }) => fn.countAll().as('total'))
        .executeTakeFirstOrThrow()
      return Number(total)
    },

    changePassword: request => database.transaction().execute(transaction => changePassword(transaction, request)),

    async replacePasswordHash({ userId, currentHash, newHash }) {
      const { numUpdatedRows } = await database
        .updateTable('fast_auth_users')
        .set({ password_hash: newHash })
        .where('id', '=', userId)
        .where('password_hash', '=', currentHash)
        // The empty text represents a missing password; it equals no hash.
        .where('password_hash', '<>', '')
        .executeTakeFirst()
      return { outcome: numUpdatedRows > 0n ? 'replaced' : 'stale' }
    },

    updateProfile: request => database.transaction().execute(transaction => updateProfile(transaction, request)),

    markEmailConfirmed: request =>
      database.transaction().execute(transaction => markEmailConfirmed(transaction, request)),

    disable: request => database.transaction().execute(transaction => disable(transaction, request, followUps)),

    enable: request => database.transaction().execute(transaction => enable(transaction, request)),

    delete: request => database.transaction().execute(transaction => remove(transaction, request, followUps)),
  }
}
