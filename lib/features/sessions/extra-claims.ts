import type { UserRecord } from '../../storage/records.js'
import { checkExtraClaims } from '../../tokens/check-extra-claims.js'
import type { ExtraClaims } from '../../tokens/extra-claims.js'
import { withoutPasswordHash } from '../../tokens/loaded-user.js'
import type { Dependencies } from '../dependencies.js'

const none: ExtraClaims = {}

/**
 * Returns the further claims of a user's access tokens. The hook is called before a session is created or rotated: if it throws,
 * the client keeps its refresh token.
 * @throws {TypeError} See `checkExtraClaims`. @throws the errors of the hook.
 */
export async function extraClaims(
  { claimsHook }: Pick<Dependencies, 'claimsHook'>,
  user: UserRecord,
): Promise<ExtraClaims> {
  if (claimsHook === null) return none
  return checkExtraClaims(await claimsHook({ user: withoutPasswordHash(user) }))
}
