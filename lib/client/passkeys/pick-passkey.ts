import type { AuthPasskeyAssertion, AuthPasskeyRequestOptions } from '../generated/operations.js'
import type { OperationErrorCode, OperationFunctions } from '../operation-functions.js'
import { runtime } from '../runtime.js'
import type { SessionHolder } from '../session-state.js'
import { type Ceremony, passkeyError, runCeremony } from './ceremony.js'
import { assertionOf, requestOptions, type UsedCredential } from './credential-json.js'
import { createDependentAbort } from './dependent-abort.js'
import { keepOptionsFresh } from './fresh-options.js'
import { hasPasskeys, passkeySupport } from './passkey-support.js'

type Start = OperationFunctions['startPasskeySignIn']

async function used(
  options: AuthPasskeyRequestOptions,
  mediation: { readonly mediation?: 'conditional' },
  signal: AbortSignal,
): Promise<AuthPasskeyAssertion> {
  const publicKey = requestOptions(options)
  const credential = await runtime.navigator?.credentials?.get({ publicKey, signal, ...mediation })
  if (!credential) throw passkeyError('PASSKEY_CANCELLED')
  return assertionOf(credential as UsedCredential)
}

/** Waits until the user picks a passkey in the autofill of a form, with options that are always fresh. */
async function usedByAutofill(
  start: Start,
  first: AuthPasskeyRequestOptions,
  signal: AbortSignal,
): Promise<AuthPasskeyAssertion> {
  let options = first
  for (;;) {
    const round = createDependentAbort(signal)
    let next: AuthPasskeyRequestOptions | undefined
    const stop = keepOptionsFresh({
      timeout: options.timeout,
      request: async () => (await start({}, { signal: round.signal })).data,
      replace(fresh) {
        next = fresh
        round.abort()
      },
    })
    try {
      return await used(options, { mediation: 'conditional' }, round.signal)
    } catch (cause) {
      if (next === undefined || signal.aborted) throw cause
      options = next
    } finally {
      stop()
      round.release()
    }
  }
}

export type Picked = Ceremony<AuthPasskeyAssertion, OperationErrorCode<'startPasskeySignIn'>>

type WithStart = Pick<OperationFunctions, 'startPasskeySignIn'>

/** Lets the user pick a passkey in a dialog of the browser, and returns its response to a challenge of the server. */
export function pickPasskey({ startPasskeySignIn: start }: WithStart, outer: AbortSignal | undefined): Promise<Picked> {
  return runCeremony(async ({ signal }) => {
    if (!hasPasskeys()) throw passkeyError('PASSKEY_UNSUPPORTED')
    const { data, error } = await start({}, { signal })
    if (error !== undefined) throw error
    return used(data, {}, signal)
  }, outer)
}

/** Lets the user pick a passkey in the autofill of a form. This ends when a user signs in otherwise, also in another tab. */
export function pickPasskeyByAutofill(
  { startPasskeySignIn: start }: WithStart,
  holder: SessionHolder,
  outer: AbortSignal | undefined,
): Promise<Picked> {
  return runCeremony(async ({ signal, abort }) => {
    const unsubscribe = holder.subscribe(() => {
      if (holder.current.status === 'signed-in') abort()
    })
    try {
      if (!(await passkeySupport()).hasAutofill) throw passkeyError('PASSKEY_UNSUPPORTED')
      const { data, error } = await start({}, { signal })
      if (error !== undefined) throw error
      return await usedByAutofill(start, data, signal)
    } finally {
      unsubscribe()
    }
  }, outer)
}
