import type { SignedInParts } from './account.js'
import { element } from './element.js'
import { invitations } from './invitations.js'
import { members } from './members.js'
import { organizations } from './organizations.js'
import { pageSettings } from './page-settings.js'
import { sentenceFor } from './sentences.js'

/**
 * Returns the cards of organisations. They are created again when the session switches or its role changes; the other cards of the
 * page, with their unfinished forms, stay.
 */
export function organizationCards(parts: SignedInParts): HTMLElement {
  const { client, say } = parts
  const place = element('div')
  let shown = ''

  /** Members and invitations are for administrators, and personal organisations have neither. */
  async function show(): Promise<void> {
    const { organization } = client.session
    const next = JSON.stringify(organization)
    if (next === shown) return
    shown = next
    const own = organizations(parts)
    place.replaceChildren(own)
    if (organization === null) return
    const { data, error } = await client.getOrganization({ id: organization.id })
    if (next !== shown) return
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    const mayManage = data.kind === 'shared' && pageSettings.managers.includes(organization.role)
    if (mayManage)
      place.replaceChildren(own, members({ ...parts, organization }), invitations({ ...parts, organization }))
  }

  const unsubscribe = client.subscribe(() => {
    if (place.isConnected) void show()
    else unsubscribe()
  })
  void show()
  return place
}
