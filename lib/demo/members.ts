import type { AuthMember, CurrentOrganization } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { card, listItem, when } from './card.js'
import { button, element } from './element.js'
import { pageSettings } from './page-settings.js'
import { sentenceFor } from './sentences.js'

export interface OrganizationParts extends SignedInParts {
  readonly organization: NonNullable<CurrentOrganization>
}

/** Lists the members of the current organisation, changes their roles and removes them. */
export function members({ client, say, user, organization: { id, role } }: OrganizationParts): HTMLElement {
  const list = element('ul', { class: 'list' })
  const more = element('div', { class: 'row' })

  async function read(after?: string): Promise<void> {
    const { data, error } = await client.listMembers({ id, ...(after === undefined ? {} : { after }) })
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    if (after === undefined) list.replaceChildren()
    list.append(...data.items.map(item))
    const { next } = data
    more.replaceChildren(
      button('Refresh the members', () => read()),
      next === null ? '' : button('More members', () => read(next)),
    )
  }

  async function change({ userId, email }: AuthMember, chosen: string): Promise<void> {
    const { error } = await client.changeMemberRole({ id, userId, role: chosen })
    if (error === undefined) say(`${email} has the role ${chosen} now.`)
    else say(sentenceFor(error), 'failure')
    await read()
  }

  async function remove({ userId, email }: AuthMember): Promise<void> {
    const { error } = await client.removeMember({ id, userId })
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say(`${email} is no longer a member.`)
    await read()
  }

  function roleChoice(member: AuthMember): HTMLElement {
    const names = new Set([...pageSettings.roles, member.role])
    const options = [...names].map(name => element('option', { selected: name === member.role }, name))
    const choice = element('select', { 'aria-label': `Role of ${member.email}` }, ...options)
    choice.addEventListener('change', () => void change(member, choice.value))
    return choice
  }

  function item(member: AuthMember): HTMLElement {
    const { userId, email, joinedAt } = member
    return listItem(
      email,
      userId === user.id ? element('span', { class: 'badge' }, 'you') : null,
      [member.role, ' · joined ', when(joinedAt)],
      element(
        'div',
        { class: 'actions' },
        role === 'owner' ? roleChoice(member) : null,
        userId === user.id ? null : button('Remove', () => remove(member), { 'aria-label': `Remove ${email}` }),
      ),
    )
  }

  void read()
  return card('Members', list, more)
}
