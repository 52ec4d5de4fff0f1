import { EmailNotConfirmedError } from '../../errors/index.js'
import type { UserRecord } from '../../storage/records.js'
import type { Dependencies } from '../dependencies.js'

/**
 * Refuses a user whose address is not confirmed, if there is a sender: another person may own the address, and would share the
 * account with the passkey.
 * @throws {EmailNotConfirmedError}
 */
export function assertMayAddPasskeys(
  { email }: Pick<Dependencies, 'email'>,
  { emailConfirmedAt }: Pick<UserRecord, 'emailConfirmedAt'>,
): void {
  if (email !== null && emailConfirmedAt === null) throw new EmailNotConfirmedError()
}
