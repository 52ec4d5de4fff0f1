import type { AuthError } from '../client/index.js'
import { button, element } from './element.js'
import { sentenceFor } from './sentences.js'

/** Creates a button that asks for a passkey, and displays the error below it. */
export function passkeyButton(send: () => Promise<AuthError | undefined>, label = 'Use a passkey'): HTMLElement {
  const problem = element('p', { class: 'complaint', role: 'alert' })

  async function press(): Promise<void> {
    problem.textContent = ''
    const error = await send()
    if (error === undefined) return
    const { code, message, retryAfterSeconds } = error
    const isRefused = code === 'FAST_AUTH_SECOND_FACTOR_INVALID'
    problem.textContent = sentenceFor({
      code: isRefused ? 'FAST_AUTH_PASSKEY_INVALID' : code,
      message,
      retryAfterSeconds,
    })
  }
  return element('div', {}, element('div', { class: 'row' }, button(label, press)), problem)
}
