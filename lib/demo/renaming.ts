import type { AuthError } from '../client/index.js'
import { button, element } from './element.js'
import { form } from './form.js'

export interface RenamingSettings {
  /** The list item that the form replaces. */
  readonly shown: HTMLElement
  readonly name: string
  readonly what: 'organisation' | 'passkey'
  send(name: string): Promise<AuthError | undefined>
  /** Shows the item again. */
  cancel(): Promise<void>
}

/** Replaces a list item by a form for its name. */
export function renaming({ shown, name: present, what, send, cancel }: RenamingSettings): void {
  const rename = form({
    name: `Rename the ${what} ${present}`,
    fields: [{ name: 'name', label: `New name of ${present}`, type: 'text', autocomplete: 'off' }],
    submit: 'Save the name',
    send: ({ name = '' }) => send(name),
  })
  const keep = element('div', { class: 'row' }, button('Keep the name', cancel))
  shown.replaceChildren(element('div', { class: 'wide' }, rename, keep))
  const input = shown.querySelector('input')
  if (input !== null) input.value = present
  input?.select()
}
