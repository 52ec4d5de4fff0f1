import type { AuthMember, CurrentOrganization } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { card, listItem, when } from './card.js'
import { confirmed } from './confirmed.js'
import { button, element } from './element.js'
import { pageSettings } from './page-settings.js'
import { withRecentProof } from './recent-proof.js'
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

  async function change({ userId, email }: AuthMember, row: HTMLElement, choice: HTMLSelectElement): Promise<void> {
    const { data, error } = await withRecentProof(client, () =>
      client.changeMemberRole({ id, userId, role: choice.value }),
    )
    // The pressed button is disabled, so it has lost the focus, unless the user has moved it.
    const isHere = document.activeElement === document.body || row.contains(document.activeElement)
    if (error !== undefined) {
      say(sentenceFor(error), 'failure')
      if (isHere) choice.focus()
      return
    }
    say(`${email} has the role ${data.role} now.`)
    const changed = item(data)
    row.replaceWith(changed)
    if (isHere) changed.querySelector('button')?.focus()
  }

  async function remove({ userId, email }: AuthMember): Promise<void> {
    const sentence = 'The access of this member ends immediately. You can invite them again.'
    if (!(await confirmed(`Remove ${email}?`, sentence, 'Remove'))) return
    const { error } = await client.removeMember({ id, userId })
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say(`${email} is no longer a member.`)
    await read()
  }

  /** Returns the roles and the button that sends the chosen one: a keyboard passes other roles on its way through a list. */
  function roleChoice(member: AuthMember, row: HTMLElement): readonly HTMLElement[] {
    const names = new Set([...pageSettings.roles, member.role])
    const options = [...names].map(name => element('option', { selected: name === member.role }, name))
    const choice = element('select', { 'aria-label': `Role of ${member.email}` }, ...options)
    const label = { 'aria-label': `Change the role of ${member.email}` }
    return [choice, button('Change the role', () => change(member, row, choice), label)]
  }

  function item(member: AuthMember): HTMLElement {
    const { userId, email, joinedAt } = member
    const row = listItem(
      email,
      userId === user.id ? element('span', { class: 'badge' }, 'you') : null,
      [member.role, ' · joined ', when(joinedAt)],
      null,
    )
    const actions = element(
      'div',
      { class: 'actions' },
      userId === user.id ? null : button('Remove', () => remove(member), { 'aria-label': `Remove ${email}` }),
    )
    if (role === 'owner') actions.prepend(...roleChoice(member, row))
    row.append(actions)
    return row
  }

  void read()
  return card('Members', list, more)
}
