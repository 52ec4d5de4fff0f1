import type { CurrentOrganization } from '../../storage/records.js'
import type { FoundApiKey } from './port.js'

/** Returns the organisation in which a key acts, with the role of its user there. */
export function organizationOfKey({
  apiKey: { organizationId: id },
  role,
}: Pick<FoundApiKey, 'apiKey' | 'role'>): CurrentOrganization | null {
  return id === null || role === null ? null : { id, role }
}
