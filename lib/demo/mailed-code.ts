import type { AuthError, AuthSecondFactorRequired } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { card } from './card.js'
import { button, element } from './element.js'
import { type Field, form } from './form.js'

const email: Field = { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username' }

const code: Field = {
  name: 'code',
  label: 'Code in the message',
  type: 'text',
  autocomplete: 'one-time-code',
  inputMode: 'text',
  autocapitalize: 'characters',
  hint: 'Eight letters and digits. Spaces and hyphens do not matter.',
}

export interface MailedCodeParts extends Pick<SignedInParts, 'client'> {
  /** Called if the user has to give a second factor after the code. */
  askForSecondFactor(required: AuthSecondFactorRequired): void
}

/** Asks for an address, and then for the code that was mailed to it. */
export function mailedCode({ client, askForSecondFactor }: MailedCodeParts): HTMLElement {
  const place = element('div')

  function show(...parts: readonly HTMLElement[]): void {
    place.replaceChildren(...parts)
    place.querySelector('input')?.focus()
  }

  async function request(values: Readonly<Record<string, string>>): Promise<AuthError | undefined> {
    const { email = '' } = values
    const { error } = await client.requestSignInCode({ email })
    if (error === undefined) show(...codeStep(email))
    return error
  }

  async function enter(values: Readonly<Record<string, string>>): Promise<AuthError | undefined> {
    const { code = '' } = values
    const { status, data, error } = await client.signInWithCode({ code })
    if (status === 202) askForSecondFactor(data)
    return error
  }

  const addressStep = (): HTMLElement[] => [
    element('p', {}, 'The server sends a code and a link to your address. You need no password.'),
    form({ name: 'Request a code', fields: [email], submit: 'Send a code', send: request }),
  ]

  const codeStep = (address: string): HTMLElement[] => [
    element('p', {}, 'If you can sign in as ', element('strong', {}, address), ', a message with a code is there.'),
    element('p', {}, 'Enter the code here within ten minutes, or open the link in this browser.'),
    form({ name: 'Enter the code', fields: [code], submit: 'Sign in', send: enter }),
    element(
      'div',
      { class: 'row' },
      button('Use another address', () => show(...addressStep())),
    ),
  ]

  place.replaceChildren(...addressStep())
  return card('Sign in with a code', place)
}
