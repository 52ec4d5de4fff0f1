import { passkeySupport } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { button, element } from './element.js'
import { sentenceFor } from './sentences.js'

/** Offers passkeys in the autofill of the form, and returns a button that asks for one. */
export function passkeySignIn({ client, say }: Pick<SignedInParts, 'client' | 'say'>): HTMLElement {
  /** Waits until the user picks a passkey. If the server refuses it, the user can pick another. */
  async function autofill(): Promise<void> {
    const { error } = await client.signInWithPasskey({ autofill: true })
    if (error?.statusCode !== 401 && error?.statusCode !== 403) return
    say(sentenceFor(error), 'failure')
    void autofill()
  }

  /** The dialog ends the autofill, which begins again if the user closes the dialog. */
  async function press(): Promise<void> {
    const { error } = await client.signInWithPasskey()
    if (error === undefined) return
    say(sentenceFor(error), 'failure')
    void autofill()
  }

  const place = element('div', { class: 'row', hidden: true }, button('Sign in with a passkey', press))
  void passkeySupport().then(({ hasPasskeys }) => {
    place.hidden = !hasPasskeys
  })
  void autofill()
  return place
}
