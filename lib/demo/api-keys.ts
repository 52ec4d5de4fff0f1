import type { AuthApiKey } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { card, listItem, when } from './card.js'
import { copyText } from './copy-text.js'
import { button, element } from './element.js'
import { form } from './form.js'
import { sentenceFor } from './sentences.js'

/** Creates, displays once, tests and deletes API keys. */
export function apiKeys(parts: SignedInParts, authUrl: string): HTMLElement {
  const { client, say } = parts
  const list = element('ul', { class: 'list' })
  const shown = element('div', { class: 'key', hidden: true })

  /** Sends a request with the key and without cookies, like a program. */
  async function use(key: string, place: HTMLElement): Promise<void> {
    try {
      const headers = { authorization: `Bearer ${key}` }
      const answer = await fetch(`${authUrl}/me`, { headers, credentials: 'omit' })
      place.textContent = `GET ${authUrl}/me → ${answer.status}\n${JSON.stringify(await answer.json(), null, 2)}`
    } catch {
      place.textContent = 'The server could not be reached.'
    }
    place.hidden = false
  }

  function show(key: string): void {
    const answer = element('pre', {
      tabindex: '0',
      'aria-label': 'The response to the request with the key',
      hidden: true,
    })
    shown.replaceChildren(
      element('p', {}, 'This is your key. Copy it now: the server stores only its digest and cannot show it again.'),
      element('code', {}, key),
      element(
        'div',
        { class: 'row' },
        button('Copy', () => copyText(say, key, 'The key is')),
        button('Send a request', () => use(key, answer)),
        button('Hide the key', () => {
          shown.hidden = true
          shown.replaceChildren()
        }),
      ),
      answer,
    )
    shown.hidden = false
  }

  async function remove(id: string): Promise<void> {
    const { error } = await client.deleteApiKey({ id })
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    say('The key is deleted and no longer accepted.')
    await refresh()
  }

  function item({ id, name, keyPrefix, lastFour, lastUsedAt }: AuthApiKey): HTMLElement {
    return listItem(
      name,
      element('code', {}, `${keyPrefix}…${lastFour}`),
      ['last used ', when(lastUsedAt)],
      button('Delete', () => remove(id), { 'aria-label': `Delete the key ${name}` }),
    )
  }

  async function refresh(): Promise<void> {
    const { data, error } = await client.listApiKeys({ limit: 100 })
    if (error !== undefined) return say(sentenceFor(error), 'failure')
    list.replaceChildren(...data.items.map(item))
  }

  void refresh()
  return card(
    'API keys',
    list,
    shown,
    form({
      name: 'New API key',
      fields: [{ name: 'name', label: 'Name of a new key', type: 'text', autocomplete: 'off' }],
      submit: 'Create a key',
      async send({ name = '' }) {
        const { data, error } = await client.createApiKey({ name })
        if (error !== undefined) return error
        show(data.key)
        await refresh()
        return undefined
      },
    }),
  )
}
