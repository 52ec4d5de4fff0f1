import type { AuthError } from '../client/index.js'
import { card } from './card.js'
import { element } from './element.js'
import { passkeyButton } from './passkey-button.js'
import { withRecentProof } from './recent-proof.js'
import type { SecondFactorParts } from './second-factor.js'

/** Continues with a passkey in place of an authenticator app, where the server requires a second factor. */
export function passkeySetUp({ client, say, finished }: Required<SecondFactorParts>): HTMLElement {
  async function add(): Promise<AuthError | undefined> {
    const { error } = await withRecentProof(client, () => client.registerPasskey())
    if (error === undefined) say('The passkey is added. Use it now to continue.')
    return error
  }

  async function use(): Promise<AuthError | undefined> {
    const { error } = await client.reauthenticate({ passkey: true })
    if (error === undefined) finished()
    return error
  }

  return card(
    'Or a passkey',
    element('p', {}, 'A passkey replaces the authenticator app. Add one, and use it to continue.'),
    passkeyButton(use),
    passkeyButton(add, 'Add a passkey'),
  )
}
