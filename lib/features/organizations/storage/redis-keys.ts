import { joined, namedUnder } from '../../../storage/redis/keys.js'

/** Returns the names of the keys that organisations add. All indexes are sorted sets. */
export const organizationKeys = namedUnder((named, root) => ({
  organization: named('organization'),

  membership: (organizationId: string, userId: string) => named('membership')(joined(organizationId, userId)),
  /** The ids of the members of an organisation. */
  membersOf: named('members-of'),
  /** The ids of those who are owners. */
  ownersOf: named('owners-of'),
  /** The ids of the organisations of a user. */
  organizationsOf: named('organizations-of'),
  /** The ids of those of kind `shared` that the user owns. */
  sharedOwnedBy: named('organizations-owned-by'),

  /** Named by its entry in the indexes, which holds enough to remove it without reading its record. */
  invitation: named('invitation'),
  /** The entry of the invitation with this hash. */
  invitationByHash: named('invitation-hash'),
  /** The entry of the invitation with this id. */
  invitationById: named('invitation-id'),
  /** The entry of the only invitation of an organisation to an address. */
  invitationByAddress: (organizationId: string, email: string) =>
    named('invitation-address')(joined(organizationId, email)),
  /** The entries of the invitations to an organisation, in the order of their ids. */
  invitationsTo: named('invitations-to'),
  /** The same entries, with the instants of their expiry as scores. */
  invitationExpiriesTo: named('invitation-expiries-to'),
  /** The entries of the invitations that a member has sent. */
  invitationsBy: (organizationId: string, userId: string) => named('invitations-by')(joined(organizationId, userId)),
  invitationsByExpiry: `${root}invitations-by-expiry`,
}))
