import { AcceptInvitationBody } from './accept-invitation.js'
import { ChangeMemberRoleBody } from './change-member-role.js'
import { CreateOrganizationBody } from './create-organization.js'
import { Invitation, InvitationPreview } from './invitation.js'
import { InviteMemberBody } from './invite-member.js'
import { InvitationList } from './list-invitations.js'
import { MemberList } from './list-members.js'
import { OrganizationList } from './list-organizations.js'
import { Member } from './member.js'
import { Organization } from './organization.js'
import { InvitationTokenBody } from './preview-invitation.js'
import { SwitchOrganizationBody } from './switch-organization.js'
import { UpdateOrganizationBody } from './update-organization.js'

/** The schemas of organisations with a name in the OpenAPI document. */
export const organizationSchemas = [
  Organization,
  OrganizationList,
  CreateOrganizationBody,
  UpdateOrganizationBody,
  SwitchOrganizationBody,
  Member,
  MemberList,
  ChangeMemberRoleBody,
  Invitation,
  InvitationList,
  InviteMemberBody,
  InvitationTokenBody,
  InvitationPreview,
  AcceptInvitationBody,
] as const

export { AcceptInvitationBody, acceptInvitation } from './accept-invitation.js'
export { ChangeMemberRoleBody, changeMemberRole } from './change-member-role.js'
export { CreateOrganizationBody, createOrganization } from './create-organization.js'
export { declineInvitation } from './decline-invitation.js'
export { deleteOrganization } from './delete-organization.js'
export { type CurrentOrganization, InvitationParams, MemberParams, OrganizationParams, PageQuery } from './fields.js'
export { getOrganization } from './get-organization.js'
export { Invitation, InvitationPreview } from './invitation.js'
export { InviteMemberBody, inviteMember } from './invite-member.js'
export { InvitationList, listInvitations } from './list-invitations.js'
export { listMembers, MemberList } from './list-members.js'
export { listOrganizations, OrganizationList } from './list-organizations.js'
export { Member } from './member.js'
export { Organization } from './organization.js'
export { InvitationTokenBody, previewInvitation } from './preview-invitation.js'
export { removeMember } from './remove-member.js'
export { revokeInvitation } from './revoke-invitation.js'
export { SwitchOrganizationBody, switchOrganization } from './switch-organization.js'
export { UpdateOrganizationBody, updateOrganization } from './update-organization.js'
