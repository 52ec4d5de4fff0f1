import { deleteUser as remove } from '../features/accounts/delete-user.js'
import { disableUser as disable } from '../features/accounts/disable-user.js'
import { enableUser as enable } from '../features/accounts/enable-user.js'
import { findUser, type UserKey } from '../features/accounts/find-user.js'
import { confirmUserEmail as confirm } from '../features/email/confirm-user-email.js'
import { endSessions } from '../features/sessions/end-sessions.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import type { CliContext } from './cli-context.js'
import { onDatabase, type StandaloneDependencies } from './on-database.js'
import { revocationNotice } from './revocation-notice.js'

export interface UserWords {
  /** An address or an id. */
  readonly key?: string | undefined
  readonly yes?: boolean | undefined
}

type UserCommand = (context: CliContext, words: UserWords) => Promise<number>

const noSuchUser = 'There is no such user. Nothing was changed.'

/** @throws {Error} The operation found no user. */
function refuseNobody({ outcome }: { readonly outcome: string }): void {
  if (outcome === 'unknownUser') throw new Error(noSuchUser)
}

function keyOf(key: string): UserKey {
  return key.includes('@') ? { email: key } : { userId: key }
}

/**
 * Finds the user with this address or id.
 * @throws {Error} There is no such user.
 */
export async function findUserByKey(dependencies: StandaloneDependencies, key: string): Promise<LoadedUser> {
  const user = await findUser(dependencies, keyOf(key))
  if (user === null) throw new Error(noSuchUser)
  return user
}

/** Returns the id of the user with this address. Returns an id unchanged; the operation checks it. */
async function userIdOf(dependencies: StandaloneDependencies, key: string): Promise<string> {
  return key.includes('@') ? (await findUserByKey(dependencies, key)).id : key
}

type Work = (
  dependencies: StandaloneDependencies,
  key: string,
  words: UserWords & { readonly now: number },
) => Promise<string>

/** Creates a command on one user. `work` resolves to the sentence that the command prints. */
function onUser(work: Work): UserCommand {
  return (context, { key = '', ...words }) =>
    onDatabase(context, dependencies => work(dependencies, key, { ...words, now: Date.now() }))
}

function timeText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

/** `fast-auth user show`: prints the user as JSON, without the password hash. */
export const showUser = onUser(async (dependencies, key) => {
  const { emailConfirmedAt, createdAt, lastSignInAt, disabledAt, ...user } = await findUserByKey(dependencies, key)
  const times = Object.entries({ emailConfirmedAt, createdAt, lastSignInAt, disabledAt })
  const texts = times.map(([name, time]) => [name, timeText(time)])
  return JSON.stringify({ ...user, ...Object.fromEntries(texts) }, null, 2)
})

/** `fast-auth user disable` */
export const disableUser = onUser(async (dependencies, key, { now }) => {
  const userId = await userIdOf(dependencies, key)
  const disabling = await disable(dependencies, { userId, now })
  refuseNobody(disabling)
  return `User ${userId} is disabled. ${revocationNotice}`
})

/** `fast-auth user enable` */
export const enableUser = onUser(async (dependencies, key, { now }) => {
  const userId = await userIdOf(dependencies, key)
  refuseNobody(await enable(dependencies, { userId, now }))
  return `User ${userId} is enabled.`
})

/** `fast-auth user end-sessions` */
export const endUserSessions = onUser(async (dependencies, key, { now }) => {
  const userId = await userIdOf(dependencies, key)
  refuseNobody(await endSessions(dependencies, { userId, now }))
  return `Every session of user ${userId} has ended. ${revocationNotice}`
})

/** `fast-auth user confirm` */
export const confirmUserEmail = onUser(async (dependencies, key, { now }) => {
  const { id: userId, email } = await findUserByKey(dependencies, key)
  refuseNobody(await confirm(dependencies, { userId, email, now }))
  return `The address ${email} of user ${userId} is confirmed.`
})

/** `fast-auth user delete`. Without `--yes` it prints the user and deletes nothing. */
export const deleteUser = onUser(async (dependencies, key, { yes, now }) => {
  const { id: userId, email } = await findUserByKey(dependencies, key)
  if (yes !== true)
    throw new Error(`This would permanently delete user ${userId}, ${email}. Add --yes to delete. Nothing was changed.`)
  const deletion = await remove(dependencies, { userId, now })
  refuseNobody(deletion)
  if (deletion.outcome === 'lastOwner') {
    const organizations = deletion.organizationIds.join(', ')
    throw new Error(
      `User ${userId}, ${email}, is the only owner of organisations: ${organizations}. Make another member of each an owner, or delete them, with the API. Nothing was changed.`,
    )
  }
  return `User ${userId}, ${email}, is deleted. ${revocationNotice}`
})
