import type { UserRecord } from '../storage/storage.js'
import { checkExtraClaims } from '../tokens/check-extra-claims.js'
import type { ExtraClaims } from '../tokens/extra-claims.js'
import { withoutPasswordHash } from '../tokens/loaded-user.js'
import type { Dependencies } from './dependencies.js'

const none: ExtraClaims = {}

/**
 * What a user's access tokens say beside our own claims. It is asked before a session is opened or rotated, so that a
 * hook that throws costs nobody their refresh token.
 * @throws {TypeError} See `checkExtraClaims`. @throws whatever the hook throws.
 */
export async function extraClaims({ claimsHook }: Dependencies, user: UserRecord): Promise<ExtraClaims> {
  if (claimsHook === null) return none
  return checkExtraClaims(await claimsHook({ user: withoutPasswordHash(user) }))
}
