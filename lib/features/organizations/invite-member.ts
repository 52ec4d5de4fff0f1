import { randomUUID } from 'node:crypto'
import { RoleRequiredError } from '../../errors/index.js'
import type { AuthenticatedUser } from '../../http/authentication.js'
import type { Proven } from '../../http/guard.js'
import { newOneTimeToken } from '../../tokens/one-time-token.js'
import { acceptedEmail } from '../email/accepted-email.js'
import { proveRecently } from '../passwords/prove-recently.js'
import { acceptedRole } from './accepted-role.js'
import { actorOf, organizationOf } from './acting.js'
import type { OrganizationDependencies } from './dependencies.js'
import { OrganizationFullError, PersonalOrganizationError } from './errors.js'
import type { ChangeRequest } from './membership-changed.js'
import { invitationChanged } from './organization-changed.js'
import type { InvitationRecord } from './port.js'
import { refusalOf } from './refusal-of.js'
import { suffices } from './roles.js'

export interface InviteMember extends ChangeRequest {
  /** The requesting session. */
  readonly sessionId: string
  readonly user: AuthenticatedUser
  readonly organizationId: string
  readonly email: string
  readonly role: string
  readonly proven: Proven
}

/**
 * Mails an invitation to an address, and stores it in place of an earlier one to this address. Does the same work whether or not
 * the address has an account. The role of the user is checked before the message is counted: another user cannot use up the
 * messages of an organisation. The step that stores the invitation checks the role again.
 * @throws {ValidationError} @throws {OrganizationNotFoundError} @throws {RoleRequiredError} The role is too low, or does not
 * include the one that the invitation grants. @throws {RecentSignInRequiredError} @throws {SecondFactorRequiredError} An invitation of an
 * owner needs a recent proof. @throws {PersonalOrganizationError} @throws {OrganizationFullError}
 * @throws {TooManyRequestsError} @throws {SessionRevokedError}
 */
export async function inviteMember(
  dependencies: OrganizationDependencies,
  { user, organizationId, email: typed, role: typedRole, proven, ...request }: InviteMember,
): Promise<InvitationRecord> {
  const email = acceptedEmail(typed)
  const role = acceptedRole(dependencies, typedRole)
  const { userId, sessionId, client, now } = request
  const { email: mail, limits, invitationStore, organizationSettings } = dependencies
  const { ownRoles, maximumMembers, invitationLifetimeSeconds } = organizationSettings
  const { organization, membership } = await organizationOf(dependencies, user, { organizationId, atLeast: 'admin' })
  if (!suffices(membership.role, role, ownRoles)) throw new RoleRequiredError()
  if (organization.kind === 'personal') throw new PersonalOrganizationError()
  if (role === 'owner') await proveRecently(dependencies, { ...request, password: undefined, proven })
  await limits.mail({ purpose: 'invitation', email, userId, organizationId, client })
  const { token, hash } = newOneTimeToken()
  const expiresAt = now + invitationLifetimeSeconds * 1000
  const invitation = {
    ...{ id: randomUUID(), organizationId, email, role, hash },
    ...{ invitedBy: userId, createdAt: now, expiresAt },
  }
  const content = {
    kind: 'invitation',
    to: email,
    token,
    expiresAt,
    organizationName: organization.name,
    role,
  } as const
  const messages = [mail.messageWriter.write(content, { userId: null, now })]
  const actor = actorOf(dependencies, request, 'admin', now)
  const { outcome } = await invitationStore.issue({ invitation, maximumMembers, actor, messages })
  if (outcome === 'full') throw new OrganizationFullError()
  if (outcome !== 'issued') throw refusalOf(dependencies, outcome, sessionId)
  mail.notifyDelivery()
  await invitationChanged(dependencies, invitation, 'member_invited', request)
  return invitation
}
