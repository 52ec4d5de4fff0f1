import type { AuthInvitation } from '../client/index.js'
import { allPages } from './all-pages.js'
import { card, listItem, when } from './card.js'
import { button, element } from './element.js'
import { form } from './form.js'
import type { OrganizationParts } from './members.js'
import { pageSettings } from './page-settings.js'
import { withRecentProof } from './recent-proof.js'
import { sentenceFor } from './sentences.js'

/** Lists, sends and withdraws invitations to the current organisation. */
export function invitations({ client, say, organization: { id, role } }: OrganizationParts): HTMLElement {
  const list = element('ul', { class: 'list' })

  async function refresh(): Promise<void> {
    const { items, error } = await allPages(page => client.listInvitations({ id, ...page }))
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    list.replaceChildren(...items.map(item))
  }

  async function withdraw(invitationId: string): Promise<void> {
    const { error } = await client.revokeInvitation({ id, invitationId })
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say('The invitation is withdrawn. Its link is no longer accepted.')
    await refresh()
  }

  function item({ id, email, role, expiresAt }: AuthInvitation): HTMLElement {
    return listItem(
      email,
      null,
      [role, ' · expires ', when(expiresAt)],
      button('Withdraw', () => withdraw(id), { 'aria-label': `Withdraw the invitation of ${email}` }),
    )
  }

  const roles = pageSettings.roles.filter(name => role === 'owner' || name !== 'owner')
  void refresh()
  return card(
    'Invitations',
    list,
    form({
      name: 'New invitation',
      fields: [
        { name: 'email', label: 'E-mail of the new member', type: 'email', autocomplete: 'off' },
        { name: 'role', label: 'Role', type: 'select', autocomplete: 'off', options: roles, value: 'member' },
      ],
      submit: 'Send an invitation',
      async send({ email = '', role = '' }) {
        const { error } = await withRecentProof(client, () => client.inviteMember({ id, email, role }))
        if (error !== undefined) return error
        say('The invitation is on its way.')
        await refresh()
        return undefined
      },
    }),
    element('div', { class: 'row' }, button('Refresh the invitations', refresh)),
  )
}
