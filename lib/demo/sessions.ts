import type { AuthListedSession } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { card, listItem, when } from './card.js'
import { button, element } from './element.js'
import { sentenceFor } from './sentences.js'

/** Returns a short name of a user agent. */
function browserOf(userAgent: string | null): string {
  const known = /(Firefox|Edg|OPR|Chrome|Safari|curl)[/ ]?([\d]+)?/.exec(userAgent ?? '')
  return known === null ? 'Unknown program' : known.slice(1).filter(Boolean).join(' ').replace('Edg', 'Edge')
}

/** Lists the sessions of the user and ends them. */
export function sessions({ client, say }: SignedInParts): HTMLElement {
  const list = element('ul', { class: 'list' })

  async function end(id: string): Promise<void> {
    const { error } = await client.revokeSession({ id })
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say('The session has ended.')
    await refresh()
  }

  function item({ id, current, userAgent, ip, createdAt, lastSeenAt }: AuthListedSession): HTMLElement {
    const name = browserOf(userAgent)
    return listItem(
      name,
      current ? element('span', { class: 'badge' }, 'this session') : null,
      [ip ?? 'unknown network', ' · created ', when(createdAt), ' · last used ', when(lastSeenAt)],
      current ? null : button('End', () => end(id), { 'aria-label': `End the session of ${name}` }),
    )
  }

  async function refresh(): Promise<void> {
    const { data, error } = await client.listSessions()
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    list.replaceChildren(...data.items.map(item))
  }

  async function endOthers(): Promise<void> {
    const { data, error } = await client.revokeOtherSessions()
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say(data.revoked === 1 ? 'One session has ended.' : `${data.revoked} sessions have ended.`)
    await refresh()
  }

  void refresh()
  return card(
    'Your sessions',
    list,
    element('div', { class: 'row' }, button('End all other sessions', endOthers), button('Refresh the list', refresh)),
  )
}
