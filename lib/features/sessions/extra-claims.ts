import type { CurrentOrganization, EpochMilliseconds, SessionRecord, UserRecord } from '../../storage/records.js'
import { checkExtraClaims } from '../../tokens/check-extra-claims.js'
import type { ExtraClaims } from '../../tokens/extra-claims.js'
import { withoutPasswordHash } from '../../tokens/loaded-user.js'
import type { Dependencies } from '../dependencies.js'

type ClaimsDependencies = Pick<Dependencies, 'claimsHook' | 'hasOrganizations'>

const none: ExtraClaims = {}

/**
 * Returns the further claims of a user's access tokens. The hook is called before a session is created or rotated: if it throws,
 * the client keeps its refresh token.
 * @throws {TypeError} See `checkExtraClaims`. @throws the errors of the hook.
 */
export async function extraClaims(
  { claimsHook, hasOrganizations }: ClaimsDependencies,
  user: UserRecord,
  organization: CurrentOrganization | null,
): Promise<ExtraClaims> {
  if (claimsHook === null) return none
  const loaded = withoutPasswordHash(user)
  const about = hasOrganizations ? { user: loaded, organization } : { user: loaded }
  return checkExtraClaims(await claimsHook(about), { hasOrganizations })
}

/** Further claims, and the organisation for which the hook has returned them. */
export interface ComputedClaims {
  readonly claims: ExtraClaims
  readonly organization: CurrentOrganization | null
}

/** Returns the further claims of a session that goes on, before the step that changes it. @throws as `extraClaims` */
export async function computeClaims(
  dependencies: ClaimsDependencies & Pick<Dependencies, 'storage'>,
  user: UserRecord,
  { sessionId, now }: { readonly sessionId: string; readonly now: EpochMilliseconds },
): Promise<ComputedClaims> {
  const { claimsHook, hasOrganizations, storage } = dependencies
  const isAsked = claimsHook !== null && hasOrganizations
  const session = isAsked ? await storage.sessions.find({ sessionId, now }) : null
  const organization = session?.organization ?? null
  return { claims: await extraClaims(dependencies, user, organization), organization }
}

/** Returns whether two sessions act in one organisation with one role. */
export function isSameOrganization(one: CurrentOrganization | null, other: CurrentOrganization | null): boolean {
  return one?.id === other?.id && one?.role === other?.role
}

/**
 * Returns the further claims of a session as a step has changed it. They are computed once more if the role of the user has
 * changed meanwhile. @throws as `extraClaims`
 */
export async function currentClaims(
  dependencies: ClaimsDependencies,
  { claims, organization }: ComputedClaims,
  { user, session }: { readonly user: UserRecord; readonly session: SessionRecord },
): Promise<ExtraClaims> {
  if (dependencies.claimsHook === null || isSameOrganization(organization, session.organization)) return claims
  return extraClaims(dependencies, user, session.organization)
}
