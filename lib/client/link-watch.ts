import type { OperationFunctions } from './operation-functions.js'
import { runtime } from './runtime.js'
import type { SessionHolder } from './session-state.js'

export interface LinkWatch {
  begin(): void
  end(): void
}

/**
 * Asks for the session when the page becomes visible, until a user is signed in. The user may have opened a mailed link in another
 * tab, which sends no message if its page has another origin.
 */
export function createLinkWatch({ getMe }: Pick<OperationFunctions, 'getMe'>, holder: SessionHolder): LinkWatch {
  async function look(): Promise<void> {
    if (runtime.document?.visibilityState === 'hidden') return
    await getMe()
    if (holder.current.status === 'signed-in') end()
  }

  const end = () => runtime.document?.removeEventListener?.('visibilitychange', look)
  return { begin: () => runtime.document?.addEventListener?.('visibilitychange', look), end }
}
