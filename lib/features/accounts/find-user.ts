import { canonicalEmail } from '../../mail/canonical-email.js'
import type { UserRecord } from '../../storage/records.js'
import { type LoadedUser, withoutPasswordHash } from '../../tokens/loaded-user.js'
import { canonicalUsername } from '../../usernames/canonical-username.js'
import type { Dependencies } from '../dependencies.js'

/** Identifies a user by one of their unique fields. An address or user name may be given as typed. */
export type UserKey = { readonly userId: string } | { readonly email: string } | { readonly username: string }

/** Few dependencies, so that the command line can provide them without an application. */
export interface FindingDependencies {
  readonly storage: {
    readonly users: Pick<Dependencies['storage']['users'], 'find' | 'findByEmail' | 'findByUsername'>
  }
}

async function findRecord({ storage: { users } }: FindingDependencies, key: UserKey): Promise<UserRecord | null> {
  if ('userId' in key) return users.find({ userId: key.userId })
  if ('username' in key) {
    const username = canonicalUsername(key.username)
    return username === null ? null : users.findByUsername({ username })
  }
  const email = canonicalEmail(key.email)
  return email === null ? null : users.findByEmail({ email })
}

/** Returns the user, disabled or not, or `null` if there is none. */
export async function findUser(dependencies: FindingDependencies, key: UserKey): Promise<LoadedUser | null> {
  const record = await findRecord(dependencies, key)
  if (record === null) return null
  return withoutPasswordHash(record)
}
