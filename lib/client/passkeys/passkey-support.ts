import { runtime } from '../runtime.js'

/** The support of a browser for passkeys. */
export interface PasskeySupport {
  /** Whether the page can create and use passkeys. `false` outside browsers, and on pages without HTTPS. */
  readonly hasPasskeys: boolean
  /** Whether the browser can offer passkeys in the autofill of a form. */
  readonly hasAutofill: boolean
}

export function hasPasskeys(): boolean {
  return runtime.PublicKeyCredential !== undefined && runtime.navigator?.credentials !== undefined
}

/**
 * Returns what the browser can do with passkeys, for example to hide a button. Sends no request, and never rejects.
 * @example
 * ```ts
 * import { passkeySupport } from 'fast-auth/client'
 *
 * const { hasPasskeys } = await passkeySupport()
 * document.querySelector<HTMLButtonElement>('#sign-in-with-passkey')?.toggleAttribute('hidden', !hasPasskeys)
 * ```
 */
export async function passkeySupport(): Promise<PasskeySupport> {
  if (!hasPasskeys()) return { hasPasskeys: false, hasAutofill: false }
  try {
    return {
      hasPasskeys: true,
      hasAutofill: (await runtime.PublicKeyCredential?.isConditionalMediationAvailable?.()) === true,
    }
  } catch {
    return { hasPasskeys: true, hasAutofill: false }
  }
}
