import type { InvitationPreview } from '../../../schemas/organizations/invitation.js'
import { OneTimeTokenInvalidError } from '../../errors/index.js'
import { timestamp } from '../../http/answer-issued-tokens.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { presentedHash } from '../email/mailed-token.js'
import type { OrganizationDependencies } from './dependencies.js'
import { maskedEmail } from './masked-email.js'
import type { InvitationToOrganization } from './port.js'

/**
 * Returns a live invitation. Consumes nothing. A text that cannot be a token costs no storage call.
 * @throws {OneTimeTokenInvalidError}
 */
export async function liveInvitation(
  {
    invitationStore,
    organizationSettings: { ownRoles },
  }: Pick<OrganizationDependencies, 'invitationStore' | 'organizationSettings'>,
  token: string,
  now: EpochMilliseconds,
): Promise<InvitationToOrganization> {
  const found = await invitationStore.find({ hash: presentedHash(token), ownRoles, now })
  if (found === null) throw new OneTimeTokenInvalidError()
  return found
}

/** Returns what an invitation is for. Consumes nothing. @throws {OneTimeTokenInvalidError} */
export async function previewInvitation(
  dependencies: Pick<OrganizationDependencies, 'invitationStore' | 'organizationSettings'>,
  { token, now }: { readonly token: string; readonly now: EpochMilliseconds },
): Promise<InvitationPreview> {
  const { invitation, organization } = await liveInvitation(dependencies, token, now)
  const { role, email, expiresAt } = invitation
  return { organizationName: organization.name, role, email: maskedEmail(email), expiresAt: timestamp(expiresAt) }
}
