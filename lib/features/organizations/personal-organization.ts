import { randomUUID } from 'node:crypto'
import type { UserRecord } from '../../storage/records.js'
import type { UserAdditions } from '../accounts/port.js'
import type { OrganizationSettings } from './options.js'

/** Returns the personal organisation that the creation of a user also writes, if the options ask for it. */
export function additionsOf(
  { personal }: Pick<OrganizationSettings, 'personal'>,
  { createdAt }: UserRecord,
): UserAdditions {
  if (!personal) return {}
  return { personalOrganization: { id: randomUUID(), name: 'Personal', kind: 'personal', createdAt } }
}
