import { organizationSchemas } from '../../../schemas/organizations/index.js'
import { defineFeature } from '../define-feature.js'
import { acceptInvitationRoute } from './accept-invitation.route.js'
import { changeMemberRoleRoute } from './change-member-role.route.js'
import { createOrganizationRoute } from './create-organization.route.js'
import { declineInvitationRoute } from './decline-invitation.route.js'
import { deleteOrganizationRoute } from './delete-organization.route.js'
import type { OwnWithEmail } from './dependencies.js'
import { getOrganizationRoute } from './get-organization.route.js'
import { createInvitationPage } from './invitation-page.js'
import { invitationPageRoute } from './invitation-page-route.js'
import { inviteMemberRoute } from './invite-member.route.js'
import { createInvitedSignUp } from './invited-sign-up.js'
import { listInvitationsRoute } from './list-invitations.route.js'
import { listMembersRoute } from './list-members.route.js'
import { listOrganizationsRoute } from './list-organizations.route.js'
import type { OrganizationSettings } from './options.js'
import { createOrganizationAdministration } from './organization-administration.js'
import { additionsOf } from './personal-organization.js'
import { type InvitationStore, type MembershipStore, type OrganizationStore, organizationMethods } from './port.js'
import { previewInvitationRoute } from './preview-invitation.route.js'
import { removeMemberRoute } from './remove-member.route.js'
import { revokeInvitationRoute } from './revoke-invitation.route.js'
import { createRoleSource } from './role-source.js'
import { switchOrganizationRoute } from './switch-organization.route.js'
import { updateOrganizationRoute } from './update-organization.route.js'

interface Options {
  /** `null`: there are no organisations. */
  readonly organizations: OrganizationSettings | null
  readonly pages: boolean
  readonly profileSchema?: object | undefined
}

interface Stores {
  readonly organizations?: OrganizationStore
  readonly memberships?: MembershipStore
  readonly invitations?: InvitationStore
}

/** Whether a sign-up needs no profile: the page of an invitation sends none. */
const canSignUpWithoutProfile = ({ profileSchema }: Options): boolean =>
  (Object(profileSchema).required ?? []).length === 0

/** Organisations, their members with roles, and invitations. */
export const organizations = defineFeature<Options, Stores, OwnWithEmail>({
  name: 'organizations',
  isOn: options => options.organizations !== null,
  schemas: organizationSchemas,
  storageMethods: organizationMethods,
  routes: [
    listOrganizationsRoute,
    createOrganizationRoute,
    getOrganizationRoute,
    updateOrganizationRoute,
    deleteOrganizationRoute,
    switchOrganizationRoute,
    listMembersRoute,
    changeMemberRoleRoute,
    removeMemberRoute,
    inviteMemberRoute,
    listInvitationsRoute,
    revokeInvitationRoute,
    previewInvitationRoute,
    acceptInvitationRoute,
    declineInvitationRoute,
  ],
  pageRoutes: [{ route: invitationPageRoute, isOn: ({ pages }) => pages }],

  compose({ options, storage, appName }) {
    const organizationSettings = options.organizations as OrganizationSettings
    const own = {
      organizationStore: storage.organizations as OrganizationStore,
      membershipStore: storage.memberships as MembershipStore,
      invitationStore: storage.invitations as InvitationStore,
      organizationSettings,
      invitationPage: createInvitationPage({ appName, canSignUp: canSignUpWithoutProfile(options) }),
    }
    return {
      // The options without a sender are refused before: the other dependencies have `email`.
      own: own as OwnWithEmail,
      invitedSignUp: dependencies => createInvitedSignUp({ ...dependencies, ...own }),
      additionsOf: user => additionsOf(organizationSettings, user),
      administerOrganizations: dependencies => createOrganizationAdministration({ ...dependencies, ...own }),
      roleSource: createRoleSource(own),
    }
  },
})
