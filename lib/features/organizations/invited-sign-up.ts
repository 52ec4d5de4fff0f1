import { OneTimeTokenInvalidError } from '../../errors/index.js'
import { presentedHash } from '../email/mailed-token.js'
import type { InvitedSignUpSource } from '../invited-sign-up-source.js'
import type { OrganizationDependencies } from './dependencies.js'
import { OrganizationFullError } from './errors.js'
import { membershipChanged } from './membership-changed.js'
import { liveInvitation } from './preview-invitation.js'

/** Creates the users who sign up with an invitation. */
export function createInvitedSignUp(
  dependencies: Pick<
    OrganizationDependencies,
    'emit' | 'forgetApiKeys' | 'hooks' | 'invitationStore' | 'organizationSettings' | 'revokedSessions'
  >,
): InvitedSignUpSource {
  const { invitationStore, organizationSettings } = dependencies
  const { ownRoles, maximumMembers } = organizationSettings

  return {
    async find(token, email, now) {
      const { invitation } = await liveInvitation(dependencies, token, now)
      if (invitation.email !== email) throw new OneTimeTokenInvalidError()
      const { organizationId, role } = invitation
      const presented = { hash: presentedHash(token), ownRoles, now }
      return {
        organization: { id: organizationId, role },

        async create(request) {
          const creation = await invitationStore.signUp({ ...request, invitation: presented, maximumMembers })
          if (creation.outcome === 'invalid') throw new OneTimeTokenInvalidError()
          if (creation.outcome === 'full') throw new OrganizationFullError()
          return creation
        },

        joined(request) {
          const membership = { organizationId, userId: request.userId, role, joinedAt: now }
          return membershipChanged(dependencies, membership, 'member_joined', request)
        },
      }
    },
  }
}
