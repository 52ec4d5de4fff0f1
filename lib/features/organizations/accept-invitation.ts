import { OneTimeTokenInvalidError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { presentedHash } from '../email/mailed-token.js'
import { assertHoldsRefreshToken } from '../sessions/assert-holds-refresh-token.js'
import { extraClaims } from '../sessions/extra-claims.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import type { OrganizationDependencies } from './dependencies.js'
import { OrganizationFullError } from './errors.js'
import { issueSwitchedTokens } from './issue-switched-tokens.js'
import { type ChangeRequest, membershipChanged } from './membership-changed.js'
import { liveInvitation } from './preview-invitation.js'
import { refusalOf } from './refusal-of.js'

export interface AcceptInvitation extends ChangeRequest {
  /** The requesting session, which then acts in the organisation. */
  readonly sessionId: string
  readonly token: string
  /** The refresh token of the session; `null` if there are none. */
  readonly refreshToken: string | null
}

/**
 * Makes the user a member of the organisation that has invited their address. The mailed token proves the address, so the same step
 * confirms it. A user who is a member already keeps their role.
 * @throws {OneTimeTokenInvalidError} There is no live invitation with this token to the address of the user.
 * @throws {OrganizationFullError} @throws {SessionRevokedError} @throws the errors of `assertHoldsRefreshToken`
 */
export async function acceptInvitation(
  dependencies: OrganizationDependencies,
  { token, refreshToken, ...request }: AcceptInvitation,
): Promise<IssuedTokens> {
  const { userId, sessionId, client, now } = request
  const hash = presentedHash(token)
  if (refreshToken !== null) await assertHoldsRefreshToken(dependencies, { ...request, token: refreshToken })
  const user = await userOfCredential(dependencies, { userId })
  const { invitation } = await liveInvitation(dependencies, token, now)
  if (invitation.email !== user.email) throw new OneTimeTokenInvalidError()
  const expected = { id: invitation.organizationId, role: invitation.role }
  const proven = { ...user, emailConfirmedAt: user.emailConfirmedAt ?? now }
  const claims = { claims: await extraClaims(dependencies, proven, expected), organization: expected }
  const { ownRoles, maximumMembers } = dependencies.organizationSettings
  const idleExpiresAt = dependencies.sessionLifetimes.idleExpiresAt(now)
  const asking = { sessionId, now }
  const presented = { hash, ownRoles, now }
  const acceptance = await dependencies.invitationStore.accept({
    ...presented,
    ...{ userId, asking, idleExpiresAt, maximumMembers },
  })
  if (acceptance.outcome === 'invalid') throw new OneTimeTokenInvalidError()
  if (acceptance.outcome === 'full') throw new OrganizationFullError()
  if (acceptance.outcome !== 'accepted') throw refusalOf(dependencies, acceptance.outcome, sessionId)
  const { user: confirmed, membership, isNewMember } = acceptance
  const context = eventContext({ userId, sessionId, client, now })
  if (user.emailConfirmedAt === null) {
    const reason = 'email_confirmed'
    dependencies.emit({ name: 'user_updated', reason, ...context })
    await runAfterHook(dependencies, 'afterEmailConfirm', { user: confirmed, reason, client, now })
  }
  dependencies.emit({ name: 'organization_switched', organizationId: membership.organizationId, ...context })
  const issued = await issueSwitchedTokens(dependencies, acceptance, claims, now)
  if (isNewMember) await membershipChanged(dependencies, membership, 'member_joined', request)
  return issued
}
