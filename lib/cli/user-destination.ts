import { createHash } from 'node:crypto'
import type { Storage, UserRecord } from '../storage/storage.js'

/** `present`: the user is there already, under this address and id. `movedId`: the address is there under another id. */
export type Arrival = 'created' | 'present' | 'movedId' | 'usernameTaken' | 'idTaken'

export interface ArrivingUser {
  readonly user: UserRecord
  /** Whether the id is one that the file names, so that it has to be the user's. */
  readonly hasOwnId: boolean
}

/** Where imported users go. */
export type UserDestination = (arriving: ArrivingUser) => Promise<Arrival>

/** Answers for an address that is there already: it is the same user unless the file asks for another id. */
function presence(isSameId: boolean, { hasOwnId }: ArrivingUser): Arrival {
  return hasOwnId && !isSameId ? 'movedId' : 'present'
}

/** Each user is a step of their own: there whole, or not at all. */
export function storageDestination({ users }: Storage): UserDestination {
  return async arriving => {
    const { user } = arriving
    const signUp = { user, session: null, token: null, messages: [], messagesIfTaken: [] }
    const { outcome } = await users.create(signUp)
    if (outcome !== 'emailTaken') return outcome
    const stored = await users.findByEmail({ email: user.email })
    return presence(stored?.id === user.id, arriving)
  }
}

/** 52 bits: a million users fit into some 50 MB, and that two of them are taken for one is as good as impossible. */
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

/** Writes nothing and answers as the storage would, also if one address, user name or id is in the file twice. */
export function dryDestination({ users }: Storage): UserDestination {
  const idPrints = new Map<number, number>()
  const usernames = new Set<number>()
  const ids = new Set<number>()

  /** The fingerprint of the id of the user who has the address. */
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
