import type { AuthError } from '../client/index.js'
import { button, element } from './element.js'
import { type Field, form } from './form.js'
import { passkeyButton } from './passkey-button.js'

/** A second factor as the user gives it. */
export type GivenFactor = { readonly code: string } | { readonly recoveryCode: string } | { readonly passkey: true }

export const codeField: Field = {
  name: 'code',
  label: 'Code of your authenticator app',
  type: 'text',
  autocomplete: 'one-time-code',
  inputMode: 'numeric',
}

const recoveryCodeField: Field = {
  name: 'recoveryCode',
  label: 'Recovery code',
  type: 'text',
  autocomplete: 'off',
  hint: 'Each code works once. Capital letters, spaces and hyphens do not matter.',
}

export interface CodeFormSettings {
  readonly name: string
  readonly submit: string
  readonly hasRecoveryCodes: boolean
  readonly hasPasskeys: boolean
  send(given: GivenFactor): Promise<AuthError | undefined>
}

/** Creates a form for the code of an authenticator app, or for a recovery code or a passkey if the user chooses so. */
export function codeForm({ name, submit, hasRecoveryCodes, hasPasskeys, send }: CodeFormSettings): HTMLElement {
  const place = element('div')

  function show(isByApp: boolean): void {
    const fields = [isByApp ? codeField : recoveryCodeField]
    const change = isByApp ? 'Use a recovery code' : 'Use the authenticator app'
    place.replaceChildren(
      form({
        name,
        fields,
        submit,
        send: ({ code = '', recoveryCode = '' }) => send(isByApp ? { code: code.trim() } : { recoveryCode }),
      }),
      hasRecoveryCodes
        ? element(
            'div',
            { class: 'row' },
            button(change, () => switchTo(!isByApp)),
          )
        : '',
      hasPasskeys ? passkeyButton(() => send({ passkey: true })) : '',
    )
  }

  function switchTo(isByApp: boolean): void {
    show(isByApp)
    place.querySelector('input')?.focus()
  }

  show(true)
  return place
}
