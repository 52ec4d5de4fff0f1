import type { AuthPasskey } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { card, listItem, when } from './card.js'
import { button, element } from './element.js'
import { type Field, form } from './form.js'
import { withRecentProof } from './recent-proof.js'
import { renaming } from './renaming.js'
import { sentenceFor } from './sentences.js'

const nameField: Field = { name: 'name', label: 'Name', type: 'text', autocomplete: 'off' }

/** Lists, adds, renames and removes passkeys. */
export function passkeys({ client, say, user }: SignedInParts): HTMLElement {
  const list = element('ul', { class: 'list' })

  async function refresh(): Promise<void> {
    const { data, error } = await client.listPasskeys()
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    list.replaceChildren(...data.items.map(item))
  }

  async function remove({ id }: AuthPasskey): Promise<void> {
    const { error } = await withRecentProof(client, () => client.deletePasskey({ id }))
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say('The passkey is removed and no longer accepted.')
    await refresh()
  }

  function item(passkey: AuthPasskey): HTMLElement {
    const { name, synced, createdAt, lastUsedAt } = passkey
    const shown = listItem(
      name,
      synced ? element('span', { class: 'badge' }, 'synced') : null,
      ['created ', when(createdAt), ' · last used ', when(lastUsedAt)],
      element(
        'div',
        { class: 'actions' },
        button('Rename', () => edit(shown, passkey), { 'aria-label': `Rename the passkey ${name}` }),
        button('Remove', () => remove(passkey), { 'aria-label': `Remove the passkey ${name}` }),
      ),
    )
    return shown
  }

  function edit(shown: HTMLElement, { id, name: present }: AuthPasskey): void {
    async function send(name: string) {
      const { error } = await client.renamePasskey({ id, name })
      if (error === undefined) await refresh()
      return error
    }
    renaming({ shown, name: present, what: 'passkey', send, cancel: refresh })
  }

  void refresh()
  return card(
    'Passkeys',
    element('p', {}, 'With a passkey you sign in without a password: with your fingerprint, your face or a PIN.'),
    list,
    user.emailConfirmedAt === null
      ? element('p', {}, 'Confirm your address to add a passkey.')
      : form({
          name: 'New passkey',
          fields: [{ ...nameField, label: 'Name of a new passkey' }],
          submit: 'Add a passkey',
          async send({ name = '' }) {
            const { error } = await withRecentProof(client, () => client.registerPasskey({ name }))
            if (error !== undefined) return error
            say('The passkey is added. You can sign in with it.')
            await refresh()
            return undefined
          },
        }),
  )
}
