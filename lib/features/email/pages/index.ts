import type { OneTimeTokenPurpose } from '../../../storage/records.js'
import { createPage, type Page } from './page.js'
import { passwordScript as script } from './script.js'

export type { Page } from './page.js'

function passwordField(label: string, autocomplete: 'new-password' | 'current-password'): string {
  return `<label for="password">${label}</label>
<div class="password">
<input id="password" name="password" type="password" autocomplete="${autocomplete}" required maxlength="128">
<button type="button" id="reveal" aria-pressed="false" aria-label="Show password">Show</button>
</div>
`
}

const newPassword = passwordField('New password', 'new-password')
/** The page does not know the address; the hidden field shows password managers that the form has one. */
const presentPassword = `<input type="text" autocomplete="username" hidden>
${passwordField('Password', 'current-password')}`

/** The pages that mailed links open, by the purpose of the link. */
export function createPages({ appName }: { readonly appName: string }): Readonly<Record<OneTimeTokenPurpose, Page>> {
  return {
    confirmEmail: createPage({
      appName,
      title: 'Confirm your address',
      introduction: 'Enter the password that you chose at sign-up to confirm that this e-mail address is yours.',
      fields: presentPassword,
      button: 'Confirm my address',
      success: 'Your address is confirmed. You can sign in now.',
      script,
    }),
    resetPassword: createPage({
      appName,
      title: 'Choose a new password',
      introduction: 'All your sessions end. Then sign in again with the new password.',
      fields: newPassword,
      button: 'Set the new password',
      success: 'Your new password is set. You can sign in with it now.',
      script,
    }),
    changeEmail: createPage({
      appName,
      title: 'Confirm your new address',
      introduction: 'Enter the password of your account to change its e-mail address to this one.',
      fields: presentPassword,
      button: 'Use this address',
      success: 'Your account has its new address.',
      script,
    }),
  }
}
