import type { AuthOrganization } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { allPages } from './all-pages.js'
import { card, listItem, when } from './card.js'
import { confirmed } from './confirmed.js'
import { button, element } from './element.js'
import { type Field, form } from './form.js'
import { pageSettings } from './page-settings.js'
import { withRecentProof } from './recent-proof.js'
import { renaming } from './renaming.js'
import { sentenceFor } from './sentences.js'

const nameField: Field = { name: 'name', label: 'Name of a new organisation', type: 'text', autocomplete: 'off' }

/** Lists, creates, switches, renames, leaves and deletes organisations. */
export function organizations({ client, say, user }: SignedInParts): HTMLElement {
  const list = element('ul', { class: 'list' })
  const place = element('p')

  const isCurrent = ({ id }: AuthOrganization) => id === client.session.organization?.id

  async function refresh(): Promise<void> {
    const { items, error } = await allPages(client.listOrganizations)
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    list.replaceChildren(...items.map(item))
    const current = items.find(isCurrent)
    place.textContent =
      current === undefined ? 'This session acts in no organisation.' : `This session acts in ${current.name}.`
  }

  async function switchTo(organizationId: string | null): Promise<void> {
    const { error } = await client.switchOrganization({ organizationId })
    if (error !== undefined) say(sentenceFor(error), 'failure')
  }

  async function leave({ id, name }: AuthOrganization): Promise<void> {
    const sentence = 'Your access ends immediately. An administrator can invite you again.'
    if (!(await confirmed(`Leave ${name}?`, sentence, 'Leave'))) return
    const { error } = await client.removeMember({ id, userId: user.id })
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say(`You have left ${name}.`)
    await refresh()
  }

  async function remove({ id, name }: AuthOrganization): Promise<void> {
    const sentence = 'This deletes its memberships, invitations and API keys. You cannot undo it.'
    if (!(await confirmed(`Delete ${name}?`, sentence, 'Delete permanently'))) return
    const { error } = await withRecentProof(client, () => client.deleteOrganization({ id }))
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say(`${name} is deleted.`)
    await refresh()
  }

  function actions(organization: AuthOrganization, shown: HTMLElement): HTMLElement {
    const { id, name, kind, role } = organization
    const rename = () => renaming({ shown, name, what: 'organisation', send, cancel: refresh })
    async function send(name: string) {
      const { error } = await client.updateOrganization({ id, name })
      if (error === undefined) await refresh()
      return error
    }
    return element(
      'div',
      { class: 'actions' },
      isCurrent(organization) ? null : button('Switch', () => switchTo(id), { 'aria-label': `Switch to ${name}` }),
      pageSettings.managers.includes(role) ? button('Rename', rename, { 'aria-label': `Rename ${name}` }) : null,
      kind === 'personal' ? null : button('Leave', () => leave(organization), { 'aria-label': `Leave ${name}` }),
      kind === 'personal' || role !== 'owner'
        ? null
        : button('Delete', () => remove(organization), { 'aria-label': `Delete ${name}` }),
    )
  }

  function item(organization: AuthOrganization): HTMLElement {
    const { name, kind, role, joinedAt } = organization
    const shown = listItem(
      name,
      isCurrent(organization) ? element('span', { class: 'badge' }, 'current') : null,
      [role, kind === 'personal' ? ' · personal' : '', ' · joined ', when(joinedAt)],
      null,
    )
    shown.append(actions(organization, shown))
    return shown
  }

  void refresh()
  return card(
    'Organisations',
    place,
    list,
    form({
      name: 'New organisation',
      fields: [nameField],
      submit: 'Create an organisation',
      async send({ name = '' }) {
        const { error } = await client.createOrganization({ name })
        if (error !== undefined) return error
        say('The organisation is created, and you are its owner.')
        await refresh()
        return undefined
      },
    }),
    element(
      'div',
      { class: 'row' },
      button('Act in no organisation', () => switchTo(null)),
      button('Refresh the organisations', refresh),
    ),
  )
}
