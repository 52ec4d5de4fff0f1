import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import type {
  MemoryFollowUp,
  MemoryMembershipFollowUp,
  MemoryMembershipPart,
} from '../../../storage/memory/memory-part.js'
import { isLive, type MemoryTables, ofUser } from '../../../storage/memory/memory-tables.js'
import type { Purge } from '../../../storage/purge.js'
import type { UserChange } from '../../../storage/user-follow-up.js'
import type { MemoryUserAdditionPart } from '../../accounts/storage/memory.js'
import type { OrganizationRecord } from '../port.js'
import { memoryInvitationStore } from './memory-invitations.js'
import { memoryMembershipStore } from './memory-memberships.js'
import { memoryOrganizationStore } from './memory-organizations.js'
import {
  addOrganization,
  hasOtherOwner,
  memberKey,
  type OrganizationTables,
  removeInvitationTo,
  removeMembership,
  removeOrganization,
} from './memory-records.js'

/** Stores the personal organisation of a new user. */
function additionPart(records: OrganizationTables): MemoryUserAdditionPart {
  return {
    write(_, { user, additions: { personalOrganization } = {} }) {
      if (personalOrganization !== undefined) addOrganization(records, personalOrganization, user.id)
    },
  }
}

function followUpOf(records: OrganizationTables): MemoryFollowUp {
  const { organizations, memberships, invitations } = records
  const ofMember = (userId: string) =>
    ofUser(memberships, userId).map(membership => ({
      membership,
      organization: organizations.get(membership.organizationId) as OrganizationRecord,
    }))

  function removeInvitationsBy(_: MemoryTables, { userId }: UserChange): readonly string[] {
    for (const { id, invitedBy } of invitations.values()) if (invitedBy === userId) invitations.delete(id)
    return []
  }

  return {
    orphaned(_, { userId }) {
      const owned = ofMember(userId).filter(
        ({ membership, organization }) => membership.role === 'owner' && organization.kind === 'shared',
      )
      return owned.map(({ organization }) => organization.id).filter(id => !hasOtherOwner(records, id, userId))
    },
    disabled: removeInvitationsBy,
    proven: removeInvitationsBy,
    addressChanged(_, { userId }) {
      for (const { membership } of ofMember(userId)) removeInvitationTo(records, membership)
      return []
    },
    deleted(_, { userId, now }) {
      for (const { membership, organization } of ofMember(userId)) {
        if (organization.kind === 'personal') removeOrganization(records, organization, now)
        else removeMembership(records, membership)
      }
      // The API keys of the user are removed by their own feature.
      return []
    },
  }
}

/** @param followUps what follows a change of memberships, of all features */
export function memoryOrganizations(
  tables: MemoryTables,
  method: DefineMethod,
  followUps: readonly MemoryMembershipFollowUp[],
) {
  const records: OrganizationTables = {
    tables,
    organizations: new Map(),
    memberships: new Map(),
    invitations: new Map(),
    followUps,
  }
  const additionParts = [additionPart(records)]
  const roleOf: MemoryMembershipPart['roleOf'] = (_, key) => records.memberships.get(memberKey(key))?.role ?? null

  return {
    organizations: memoryOrganizationStore(records, method),
    memberships: memoryMembershipStore(records, method),
    invitations: memoryInvitationStore(records, method, additionParts),
    membershipPart: { roleOf, lockRole: roleOf } satisfies MemoryMembershipPart,
    additionParts,
    followUp: followUpOf(records),
    purge({ now, limit }: Purge): number {
      const expired = [...records.invitations.values()].filter(one => !isLive(one, now)).slice(0, limit)
      for (const { id } of expired) records.invitations.delete(id)
      return expired.length
    },
  }
}
