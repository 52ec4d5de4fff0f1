import { confirmUserEmail as confirm } from '../operations/confirm-user-email.js'
import { deleteUser as remove } from '../operations/delete-user.js'
import { disableUser as disable } from '../operations/disable-user.js'
import { enableUser as enable } from '../operations/enable-user.js'
import { endSessions } from '../operations/end-sessions.js'
import { findUser, type UserKey } from '../operations/find-user.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import { type LoneRooms, onDatabase } from './on-database.js'
import { revocationNotice } from './revocation-notice.js'
import type { Surroundings } from './surroundings.js'

export interface UserWords {
  /** An address or an id. */
  readonly key?: string | undefined
  readonly yes?: boolean | undefined
}

type UserCommand = (surroundings: Surroundings, words: UserWords) => Promise<number>

const nobody = 'There is no such user. Nothing was changed.'

/** @throws {Error} An operation has found nobody. */
function refuseNobody({ outcome }: { readonly outcome: string }): void {
  if (outcome === 'unknownUser') throw new Error(nobody)
}

function keyOf(key: string): UserKey {
  return key.includes('@') ? { email: key } : { userId: key }
}

/** @throws {Error} There is no such user. */
async function find(rooms: LoneRooms, key: string): Promise<LoadedUser> {
  const user = await findUser(rooms, keyOf(key))
  if (user === null) throw new Error(nobody)
  return user
}

/** The id behind an address; an id is taken as it is, for the operation to look at. */
async function userIdOf(rooms: LoneRooms, key: string): Promise<string> {
  return key.includes('@') ? (await find(rooms, key)).id : key
}

type Work = (rooms: LoneRooms, key: string, words: UserWords & { readonly now: number }) => Promise<string>

/** A command on one user, and the sentence that it ends with. */
function onUser(work: Work): UserCommand {
  return (surroundings, { key = '', ...words }) =>
    onDatabase(surroundings, rooms => work(rooms, key, { ...words, now: Date.now() }))
}

function instantText(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}

/** `fast-auth user show`: the user as JSON, without the password's hash. */
export const showUser = onUser(async (rooms, key) => {
  const { emailConfirmedAt, createdAt, lastSignInAt, disabledAt, ...user } = await find(rooms, key)
  const instants = Object.entries({ emailConfirmedAt, createdAt, lastSignInAt, disabledAt })
  const texts = instants.map(([name, instant]) => [name, instantText(instant)])
  return JSON.stringify({ ...user, ...Object.fromEntries(texts) }, null, 2)
})

/** `fast-auth user disable` */
export const disableUser = onUser(async (rooms, key, { now }) => {
  const userId = await userIdOf(rooms, key)
  const disabling = await disable(rooms, { userId, now })
  refuseNobody(disabling)
  return `User ${userId} is disabled. ${revocationNotice}`
})

/** `fast-auth user enable` */
export const enableUser = onUser(async (rooms, key, { now }) => {
  const userId = await userIdOf(rooms, key)
  refuseNobody(await enable(rooms, { userId, now }))
  return `User ${userId} is enabled.`
})

/** `fast-auth user end-sessions` */
export const endUserSessions = onUser(async (rooms, key, { now }) => {
  const userId = await userIdOf(rooms, key)
  refuseNobody(await endSessions(rooms, { userId, now }))
  return `Every session of user ${userId} has ended. ${revocationNotice}`
})

/** `fast-auth user confirm` */
export const confirmUserEmail = onUser(async (rooms, key, { now }) => {
  const { id: userId, email } = await find(rooms, key)
  refuseNobody(await confirm(rooms, { userId, email, now }))
  return `The address ${email} of user ${userId} is confirmed.`
})

/** `fast-auth user delete`. Without `--yes` it says who would go, and deletes nobody. */
export const deleteUser = onUser(async (rooms, key, { yes, now }) => {
  const { id: userId, email } = await find(rooms, key)
  if (yes !== true)
    throw new Error(`This would delete user ${userId}, ${email}, for good. With --yes it does. Nothing was changed.`)
  refuseNobody(await remove(rooms, { userId, now }))
  return `User ${userId}, ${email}, is deleted. ${revocationNotice}`
})
