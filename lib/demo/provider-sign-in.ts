import type { SignedInParts } from './account.js'
import { button, element } from './element.js'
import { pageSettings } from './page-settings.js'
import { sentenceFor } from './sentences.js'

/** Returns a button for each provider. The browser leaves the page, and `main.ts` continues when it is back. */
export function providerSignIn({ client, say }: Pick<SignedInParts, 'client' | 'say'>): HTMLElement {
  async function press(provider: string): Promise<void> {
    const { error } = await client.signInWith(provider)
    if (error !== undefined) say(sentenceFor(error), 'failure')
  }

  return element(
    'div',
    { class: 'row' },
    ...pageSettings.providers.map(({ name, displayName }) => button(`Continue with ${displayName}`, () => press(name))),
  )
}
