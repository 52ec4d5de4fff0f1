import type { AuthIdentity } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { card, listItem, when } from './card.js'
import { button, element } from './element.js'
import { pageSettings } from './page-settings.js'
import { providerNamed } from './provider-named.js'
import { withRecentProof } from './recent-proof.js'
import { sentenceFor } from './sentences.js'

/** Lists, links and unlinks the accounts of the user at other providers. */
export function identities({ client, say }: Pick<SignedInParts, 'client' | 'say'>): HTMLElement {
  const list = element('ul', { class: 'list' })

  async function refresh(): Promise<void> {
    const { data, error } = await client.listIdentities()
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    list.replaceChildren(...data.items.map(item))
  }

  /** If it succeeds, the browser leaves the page. */
  async function link(provider: string): Promise<void> {
    const { error } = await withRecentProof(client, () => client.linkWith(provider))
    if (error !== undefined) say(sentenceFor(error), 'failure')
  }

  async function unlink({ id, provider }: AuthIdentity): Promise<void> {
    const { error } = await withRecentProof(client, () => client.unlinkIdentity({ id }))
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say(`Your account at ${providerNamed(provider)} is unlinked.`)
    await refresh()
  }

  function item(identity: AuthIdentity): HTMLElement {
    const { provider, email, createdAt, lastUsedAt } = identity
    const name = providerNamed(provider)
    return listItem(
      name,
      email,
      ['linked ', when(createdAt), ' · last used ', when(lastUsedAt)],
      button('Unlink', () => unlink(identity), { 'aria-label': `Unlink ${name} ${email ?? ''}`.trim() }),
    )
  }

  void refresh()
  return card(
    'Linked accounts',
    element('p', {}, 'You can also sign in with your accounts at these providers.'),
    list,
    element(
      'div',
      { class: 'row' },
      ...pageSettings.providers.map(({ name, displayName }) => button(`Link ${displayName}`, () => link(name))),
    ),
  )
}
