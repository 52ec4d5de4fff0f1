import type { SignedInParts } from './account.js'
import { card } from './card.js'
import { element } from './element.js'
import { type Field, form } from './form.js'
import { pageSettings } from './page-settings.js'

const currentPassword: Field = {
  name: 'currentPassword',
  label: 'Current password',
  type: 'password',
  autocomplete: 'current-password',
  // Users who signed up with a mailed code or another provider have none.
  ...(pageSettings.hasMailedCodes || pageSettings.providers.length > 0
    ? { isOptional: true, hint: 'If you have none, leave this empty. Your sign-in must be less than five minutes old.' }
    : {}),
}

/** Changes the password, which ends every other session. */
export function changePassword({ client, say }: SignedInParts): HTMLElement {
  const newPassword: Field = {
    name: 'newPassword',
    label: 'New password',
    type: 'password',
    autocomplete: 'new-password',
    hint: 'You stay signed in here. All your other sessions end.',
  }
  return card(
    'Change your password',
    form({
      name: 'Change your password',
      fields: [currentPassword, newPassword],
      submit: 'Set the new password',
      async send({ currentPassword = '', newPassword = '' }) {
        const present = currentPassword === '' ? {} : { currentPassword }
        const { error } = await client.changePassword({ ...present, newPassword })
        if (error === undefined) say('Your password is changed.')
        return error
      },
    }),
  )
}

/** Requests another address, which applies after confirmation. */
export function changeAddress({ client, say }: SignedInParts): HTMLElement {
  return card(
    'Change your address',
    form({
      name: 'Change your address',
      fields: [
        { name: 'email', label: 'New e-mail', type: 'email', autocomplete: 'email' },
        { ...currentPassword, name: 'password' },
      ],
      submit: 'Send a link',
      async send({ email = '', password = '' }) {
        const { error } = await client.requestEmailChange({ email, ...(password === '' ? {} : { password }) })
        if (error === undefined)
          say('Open the link that was sent to the new address. Until then, your address stays the same.')
        return error
      },
    }),
  )
}

/** Deletes the account. */
export function deleteAccount({ client, say }: SignedInParts): HTMLElement {
  return card(
    'Delete your account',
    element(
      'p',
      {},
      'This immediately deletes your account with its sessions, API keys and mailed links. You cannot undo it.',
    ),
    form({
      name: 'Delete your account',
      fields: [{ ...currentPassword, name: 'password' }],
      submit: 'Delete my account permanently',
      isDangerous: true,
      async send({ password = '' }) {
        const { error } = await client.deleteMe(password === '' ? {} : { password })
        if (error === undefined) say('Your account is deleted.')
        return error
      },
    }),
  )
}
