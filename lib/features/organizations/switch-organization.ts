import { OrganizationNotFoundError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { CurrentOrganization } from '../../storage/records.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { assertHoldsRefreshToken } from '../sessions/assert-holds-refresh-token.js'
import { extraClaims } from '../sessions/extra-claims.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import type { OrganizationDependencies } from './dependencies.js'
import { issueSwitchedTokens } from './issue-switched-tokens.js'
import type { ChangeRequest } from './membership-changed.js'
import { refusalOf } from './refusal-of.js'

export interface SwitchOrganization extends ChangeRequest {
  /** The session that acts in the organisation from then on. */
  readonly sessionId: string
  /** `null`: it acts in none. */
  readonly organizationId: string | null
  /** The refresh token of the session; `null` if there are none. */
  readonly refreshToken: string | null
}

/** Returns the organisation for the claims hook, before the step that switches. @throws {OrganizationNotFoundError} */
async function chosen(
  { organizationStore }: Pick<OrganizationDependencies, 'organizationStore'>,
  { organizationId, userId }: SwitchOrganization,
): Promise<CurrentOrganization | null> {
  if (organizationId === null) return null
  const found = await organizationStore.find({ organizationId, userId })
  if (found === null) throw new OrganizationNotFoundError()
  return { id: organizationId, role: found.membership.role }
}

/**
 * Lets a session act in another organisation. Other sessions of the user go on as before. Earlier access tokens of the session are
 * refused as expired, here immediately and in other processes within the interval of the feed.
 * @throws {OrganizationNotFoundError} The user is not a member. @throws {SessionRevokedError}
 * @throws the errors of `assertHoldsRefreshToken`
 */
export async function switchOrganization(
  dependencies: OrganizationDependencies,
  request: SwitchOrganization,
): Promise<IssuedTokens> {
  const { organizationId, userId, sessionId, refreshToken, client, now } = request
  if (refreshToken !== null) await assertHoldsRefreshToken(dependencies, { ...request, token: refreshToken })
  const user = await userOfCredential(dependencies, { userId })
  const organization = await chosen(dependencies, request)
  const claims = { claims: await extraClaims(dependencies, user, organization), organization }
  const idleExpiresAt = dependencies.sessionLifetimes.idleExpiresAt(now)
  const switched = await dependencies.membershipStore.switch({ sessionId, userId, organizationId, idleExpiresAt, now })
  if (switched.outcome !== 'switched') throw refusalOf(dependencies, switched.outcome, sessionId)
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'organization_switched', organizationId, ...context })
  return issueSwitchedTokens(dependencies, switched, claims, now)
}
