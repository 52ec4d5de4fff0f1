import { AuthError } from '../auth-error.js'
import { createDependentAbort, type DependentAbort } from './dependent-abort.js'

/**
 * Errors of passkeys in the browser. `PASSKEY_CANCELLED`: the user closed the dialog or let it expire, or another request for a
 * passkey began: show nothing. `PASSKEY_UNSUPPORTED`: the browser or the authenticator cannot do it. `PASSKEY_FAILURE`: another
 * error, such as a page outside the domain of the passkeys; `cause` is the error of the browser.
 */
export type PasskeyErrorCode = 'PASSKEY_CANCELLED' | 'PASSKEY_FAILURE' | 'PASSKEY_UNSUPPORTED'

/** The error of a ceremony: of the browser, or of the request for its options. */
export type CeremonyError<Code extends string> = AuthError<Code | PasskeyErrorCode | 'ABORTED'>

/** The outcome of a ceremony. */
export type Ceremony<Credential, Code extends string> =
  | { readonly credential: Credential; readonly error?: undefined }
  | { readonly credential?: undefined; readonly error: CeremonyError<Code> }

const messages: Readonly<Record<PasskeyErrorCode, string>> = {
  PASSKEY_CANCELLED: 'The user or another request has ended this request for a passkey',
  PASSKEY_FAILURE: 'The browser could not create or use a passkey',
  PASSKEY_UNSUPPORTED: 'This browser or authenticator does not support this use of passkeys',
}

/** The codes of the errors that browsers throw, by name. A user who declines and one who has no passkey look the same. */
const codes: ReadonlyMap<unknown, PasskeyErrorCode> = new Map([
  ['AbortError', 'PASSKEY_CANCELLED'],
  ['NotAllowedError', 'PASSKEY_CANCELLED'],
  ['ConstraintError', 'PASSKEY_UNSUPPORTED'],
  ['NotSupportedError', 'PASSKEY_UNSUPPORTED'],
])

export function passkeyError(code: PasskeyErrorCode, cause?: unknown): AuthError<PasskeyErrorCode> {
  return new AuthError(code, messages[code], { cause })
}

/** Ends the pending ceremony of the page. */
let endPending = () => {}

/**
 * Asks the browser for a passkey. A page can have one such request at a time, whatever client sent it, so this ends the pending one.
 * @param work rejects with an `AuthError`, or with an error of the browser. Its argument can end it.
 * @param outer signal of the caller
 */
export function runCeremony<Credential, Code extends string>(
  work: (own: DependentAbort) => Promise<Credential>,
  outer: AbortSignal | undefined,
): Promise<Ceremony<Credential, Code>> {
  endPending()
  const own = createDependentAbort(outer)
  endPending = own.abort

  function errorOf(cause: unknown): CeremonyError<Code> {
    if (outer?.aborted === true) return new AuthError('ABORTED', 'The caller has given up', { cause })
    if (own.signal.aborted) return passkeyError('PASSKEY_CANCELLED', cause)
    if (cause instanceof AuthError) return cause
    const name = cause instanceof Error ? cause.name : undefined
    return passkeyError(codes.get(name) ?? 'PASSKEY_FAILURE', cause)
  }

  return work(own)
    .then(
      credential => ({ credential }),
      cause => ({ error: errorOf(cause) }),
    )
    .finally(own.release)
}
