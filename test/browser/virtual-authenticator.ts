import type { Page } from 'playwright-core'

/** The virtual authenticator of Chromium, in front of a page. */
export interface VirtualAuthenticator {
  /** Whether the user confirms dialogs, and picks the passkey in the autofill. Applies to requests from now on. */
  setPresent(isPresent: boolean): Promise<void>
  /** Whether the user can verify, for example has the right finger. */
  setVerified(isVerified: boolean): Promise<void>
  /** Returns the passkeys that it stores. */
  passkeys(): Promise<readonly { readonly credentialId: string; readonly userName?: string }[]>
}

/** Adds a virtual authenticator that stores passkeys and verifies users, as that of a laptop. */
export async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('WebAuthn.enable')
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    setPresent: async enabled =>
      void (await devTools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })),
    setVerified: async isUserVerified =>
      void (await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    passkeys: async () => (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  }
}

/** Resolves when the page asks the browser for a passkey. */
export function passkeyRequest(page: Page): Promise<void> {
  return page.evaluate(`new Promise(resolve => {
    const { credentials } = navigator
    credentials.get = options => {
      delete credentials.get
      const pending = credentials.get(options)
      resolve()
      return pending
    }
  })`)
}
