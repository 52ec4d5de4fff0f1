import type { AuthPasskeyList } from '../generated/operations.js'
import { type PasskeyPlatform, runtime } from '../runtime.js'
import type { SessionHolder } from '../session-state.js'

/**
 * Signals to the authenticators, which remove or rename passkeys in their pickers (WebAuthn Level 3, section 5.1.10). Browsers
 * without signals ignore them, and no error of a signal reaches the caller.
 */
export interface PasskeySignals {
  /** Whether the browser can hide passkeys that the server does not accept. */
  readonly canHide: boolean
  /** Call before a list is requested. Returns a function to call with the list. */
  listing(): (list: AuthPasskeyList) => void
  /** Call before the user creates a passkey. Returns a function to call when the server has answered, or nothing was created. */
  creating(): () => void
  /** The server has deleted the passkey. */
  deleted(id: string): void
  /** The server has no such passkey. Certainty is needed: the authenticator may remove it for ever. */
  unknown(passkey: { readonly rpId: string; readonly credentialId: string }): void
}

type Signals = Omit<Required<PasskeyPlatform>, 'isConditionalMediationAvailable'>

async function send<Name extends keyof Signals>(name: Name, signal: Parameters<Signals[Name]>[0]): Promise<void> {
  try {
    const platform = runtime.PublicKeyCredential as
      | { [Key in Name]?: (given: typeof signal) => Promise<unknown> }
      | undefined
    await platform?.[name]?.(signal)
  } catch {
    // The authenticator keeps what it has.
  }
}

interface Listed {
  readonly userId: string | undefined
  readonly list: AuthPasskeyList
}

/**
 * A refused sign-in sends no signal. FAST_AUTH_PASSKEY_INVALID is the same for an unknown passkey and for an expired challenge, and
 * a signal for a good passkey would remove it. After the next sign-in, the list of passkeys hides those that are unknown.
 */
export function createPasskeySignals(holder: SessionHolder): PasskeySignals {
  let known: Listed | null = null
  let lastDetails = ''
  /** Passkeys that authenticators may have before the server lists them. */
  let underWay = 0
  /** Changes when a creation begins, and when it ends. */
  let moment = 0

  /** Sends the address and the user name that authenticators show beside the passkeys. */
  function describe(): void {
    const { user } = holder.current
    if (known === null || user === null || user.id !== known.userId) return
    const { rpId, items } = known.list
    const details = { rpId, name: user.email, displayName: user.username ?? user.email }
    const handles = new Set(items.map(({ userHandle }) => userHandle))
    const all = [...handles].map(userId => ({ ...details, userId }))
    if (JSON.stringify(all) === lastDetails) return
    lastDetails = JSON.stringify(all)
    for (const one of all) void send('signalCurrentUserDetails', one)
  }
  holder.subscribe(describe)

  function unknown({ rpId, credentialId }: Parameters<PasskeySignals['unknown']>[0]): void {
    void send('signalUnknownCredential', { rpId, credentialId })
  }

  return {
    get canHide() {
      return runtime.PublicKeyCredential?.signalAllAcceptedCredentials !== undefined
    },

    listing() {
      const before = moment
      const userId = holder.current.user?.id
      return list => {
        known = { userId: holder.current.user?.id === userId ? userId : undefined, list }
        describe()
        // The list may lack a passkey that was created meanwhile, and must not hide it.
        if (underWay > 0 || moment !== before) return
        const { rpId, items } = list
        const handles = new Set(items.map(({ userHandle }) => userHandle))
        const allAcceptedCredentialIds = items.map(({ credentialId }) => credentialId)
        for (const userId of handles)
          void send('signalAllAcceptedCredentials', { rpId, userId, allAcceptedCredentialIds })
      }
    },

    creating() {
      underWay += 1
      moment += 1
      return () => {
        underWay -= 1
        moment += 1
      }
    },

    deleted(id) {
      const passkey = known?.list.items.find(item => item.id === id)
      if (known !== null && passkey !== undefined)
        unknown({ rpId: known.list.rpId, credentialId: passkey.credentialId })
    },

    unknown,
  }
}
