import { createHash } from 'node:crypto'
import type { Storage, UserRecord } from '../storage/storage.js'

export type Arrival = 'created' | 'emailTaken' | 'usernameTaken'

/** Where imported users go. */
export type UserDestination = (user: UserRecord) => Promise<Arrival>

/** Each user is a step of their own: there whole, or not at all. */
export function storageDestination({ users }: Storage): UserDestination {
  return async user => {
    const signUp = { user, session: null, token: null, messages: [], messagesIfTaken: [] }
    return (await users.create(signUp)).outcome
  }
}

/** 52 bits: a million users fit into some 50 MB, and that two of them are taken for one is as good as impossible. */
function fingerprint(text: string): number {
  const digest = createHash('sha256').update(text).digest()
  return digest.readUInt32BE(0) * 2 ** 20 + (digest.readUInt32BE(4) >>> 12)
}

/** Writes nothing and answers as the storage would, also where one address is in the file twice. */
export function dryDestination({ users }: Storage): UserDestination {
  const emails = new Set<number>()
  const usernames = new Set<number>()
  return async ({ email, username }) => {
    const emailPrint = fingerprint(email)
    if (emails.has(emailPrint) || (await users.findByEmail({ email })) !== null) return 'emailTaken'
    const namePrint = username === null ? null : fingerprint(username)
    if (username !== null && namePrint !== null) {
      if (usernames.has(namePrint) || (await users.findByUsername({ username })) !== null) return 'usernameTaken'
      usernames.add(namePrint)
    }
    emails.add(emailPrint)
    return 'created'
  }
}
