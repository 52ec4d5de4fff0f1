import { createHash } from 'node:crypto'
import type { Storage } from '../composition/storage.js'
import type { Dependencies } from '../features/dependencies.js'
import type { UserRecord } from '../storage/records.js'

/** `present`: a user with this address and id already exists. `movedId`: the address exists with another id. */
export type Arrival = 'created' | 'present' | 'movedId' | 'usernameTaken' | 'idTaken'

export interface ArrivingUser {
  readonly user: UserRecord
  /** Whether the file specifies the id, so the user must have it. */
  readonly hasOwnId: boolean
}

/** Stores an imported user. */
export type UserDestination = (arriving: ArrivingUser) => Promise<Arrival>

/** Returns the result for an address that already exists: it is the same user unless the file specifies another id. */
function presence(isSameId: boolean, { hasOwnId }: ArrivingUser): Arrival {
  return hasOwnId && !isSameId ? 'movedId' : 'present'
}

/** Creates each user atomically. @param additionsOf what the creation of a user also writes */
export function storageDestination({ users }: Storage, additionsOf: Dependencies['additionsOf']): UserDestination {
  return async arriving => {
    const { user } = arriving
    const signUp = { user, session: null, token: null, messages: [], messagesIfTaken: [], additions: additionsOf(user) }
    const { outcome } = await users.create(signUp)
    if (outcome !== 'emailTaken') return outcome
    const stored = await users.findByEmail({ email: user.email })
    return presence(stored?.id === user.id, arriving)
  }
}

/** Returns 52 bits: a million users need about 50 MB, and a collision is practically impossible. */
function fingerprint(text: string): number {
  const digest = createHash('sha256').update(text).digest()
  return digest.readUInt32BE(0) * 2 ** 20 + (digest.readUInt32BE(4) >>> 12)
}

async function isTaken(
  seen: ReadonlySet<number>,
  text: string | null,
  find: (text: string) => Promise<UserRecord | null>,
): Promise<boolean> {
  return text !== null && (seen.has(fingerprint(text)) || (await find(text)) !== null)
}

/** Writes nothing and returns what the storage would, even if the file contains an address, user name or id twice. */
export function dryDestination({ users }: Storage): UserDestination {
  const idPrints = new Map<number, number>()
  const usernames = new Set<number>()
  const ids = new Set<number>()

  /** Returns the fingerprint of the id of the user with this address. */
  async function holderOf(email: string): Promise<number | null> {
    const stored = await users.findByEmail({ email })
    return idPrints.get(fingerprint(email)) ?? (stored === null ? null : fingerprint(stored.id))
  }

  return async arriving => {
    const { id, email, username } = arriving.user
    const holder = await holderOf(email)
    if (holder !== null) return presence(holder === fingerprint(id), arriving)
    if (await isTaken(ids, id, userId => users.find({ userId }))) return 'idTaken'
    if (await isTaken(usernames, username, name => users.findByUsername({ username: name }))) return 'usernameTaken'
    idPrints.set(fingerprint(email), fingerprint(id))
    ids.add(fingerprint(id))
    if (username !== null) usernames.add(fingerprint(username))
    return 'created'
  }
}
