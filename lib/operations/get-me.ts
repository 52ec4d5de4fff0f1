import { SessionRevokedError } from '../errors/index.js'
import type { UserRecord } from '../storage/storage.js'
import type { Dependencies } from './dependencies.js'

/** The full record behind a credential. @throws {SessionRevokedError} where the account has been deleted or disabled since. */
export async function getMe(dependencies: Dependencies, { userId }: { readonly userId: string }): Promise<UserRecord> {
  const user = await dependencies.storage.users.find({ userId })
  if (user === null || user.disabledAt !== null) throw new SessionRevokedError()
  return user
}
