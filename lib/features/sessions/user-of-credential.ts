import { SessionRevokedError } from '../../errors/index.js'
import type { UserRecord } from '../../storage/records.js'
import type { Dependencies } from '../dependencies.js'

/** Returns the full user record of a credential. @throws {SessionRevokedError} The account was deleted or disabled meanwhile. */
export async function userOfCredential(
  dependencies: Pick<Dependencies, 'storage'>,
  { userId }: { readonly userId: string },
): Promise<UserRecord> {
  const user = await dependencies.storage.users.find({ userId })
  if (user === null || user.disabledAt !== null) throw new SessionRevokedError()
  return user
}
