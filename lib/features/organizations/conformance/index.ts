import type { FeatureConformance } from '../../../conformance/feature-conformance.js'
import { acceptInvitationCases } from './accept-invitation-cases.js'
import { askingOrganizationCases } from './asking-organization-cases.js'
import { askingPrecedenceCases } from './asking-precedence-cases.js'
import { changeRoleCases } from './change-role-cases.js'
import { createOrganizationCases } from './create-organization-cases.js'
import { decisionCases } from './decision-cases.js'
import { endMembershipCases } from './end-membership-cases.js'
import { illFormedOrganizationCases } from './ill-formed-organization-cases.js'
import { invitationPurgeCases } from './invitation-purge-cases.js'
import { invitationRaceCases } from './invitation-race-cases.js'
import { invitationSteps } from './invitation-steps.js'
import { issueInvitationCases } from './issue-invitation-cases.js'
import { liveInvitationCases } from './live-invitation-cases.js'
import { memberDeletionCases } from './member-deletion-cases.js'
import { memberInvitationCases } from './member-invitation-cases.js'
import { membershipRaceCases } from './membership-race-cases.js'
import { membershipSessionCases } from './membership-session-cases.js'
import { organizationExactnessCases } from './organization-exactness-cases.js'
import { organizationKeyCases } from './organization-key-cases.js'
import { organizationListCases } from './organization-list-cases.js'
import { organizationSeparationCases } from './organization-separation-cases.js'
import { organizationSteps } from './organization-steps.js'
import { ownerRaceCases } from './owner-race-cases.js'
import { personalOrganizationCases } from './personal-organization-cases.js'
import { provenInviterCases } from './proven-inviter-cases.js'
import { renameAndDeleteOrganizationCases } from './rename-and-delete-organization-cases.js'
import { revokeAndDeclineInvitationCases } from './revoke-and-decline-invitation-cases.js'
import { signUpWithInvitationCases } from './sign-up-with-invitation-cases.js'
import { switchOrganizationCases } from './switch-organization-cases.js'

/** Cases and steps of organisations, memberships and invitations. */
export const organizationConformance: FeatureConformance = {
  feature: 'organizations',
  cases: [
    ...createOrganizationCases,
    ...organizationListCases,
    ...renameAndDeleteOrganizationCases,
    ...changeRoleCases,
    ...endMembershipCases,
    ...switchOrganizationCases,
    ...issueInvitationCases,
    ...liveInvitationCases,
    ...revokeAndDeclineInvitationCases,
    ...acceptInvitationCases,
    ...signUpWithInvitationCases,
    ...decisionCases,
    ...askingOrganizationCases,
    ...askingPrecedenceCases,
    ...membershipSessionCases,
    ...organizationKeyCases,
    ...personalOrganizationCases,
    ...memberDeletionCases,
    ...memberInvitationCases,
    ...provenInviterCases,
    ...organizationSeparationCases,
    ...organizationExactnessCases,
    ...illFormedOrganizationCases,
    ...invitationPurgeCases,
    ...invitationRaceCases,
    ...ownerRaceCases,
    ...membershipRaceCases,
  ],
  steps: [...organizationSteps, ...invitationSteps],
}
