import type { AuthPasskeyAssertion } from '../generated/operations.js'
import type {
  OperationErrorCode,
  OperationFunctions,
  OperationInput,
  OperationResult,
  OperationSettings,
} from '../operation-functions.js'
import type { SessionHolder } from '../session-state.js'
import type { PasskeyErrorCode } from './ceremony.js'
import { createPasskey } from './create-passkey.js'
import { createPasskeySignals } from './passkey-signals.js'
import { pickPasskey, pickPasskeyByAutofill } from './pick-passkey.js'

type PickCode = OperationErrorCode<'startPasskeySignIn'> | PasskeyErrorCode

/** The input of `completeSignIn` and `reauthenticate`: with `passkey: true`, the browser asks the user for a passkey. */
export type WithPasskey<Id extends 'completeSignIn' | 'reauthenticate'> = OperationInput<Id> & {
  readonly passkey?: boolean | undefined
}

/** The functions that ask the browser for a passkey. It shows one such request at a time: each ends the pending one. */
export interface PasskeyFunctions {
  /**
   * Creates a passkey in the browser, and adds it to the account. If `startPasskeyRegistration` needs a recent proof, the error says
   * so: call `reauthenticate`, and then this again. A passkey of this account in the same authenticator has the error
   * `FAST_AUTH_PASSKEY_ALREADY_REGISTERED`.
   * @param input `name`: a label for the user. `credential`: a response to `startPasskeyRegistration` that you have already, for
   * example in a mobile app; the browser is not asked then.
   * @example
   * ```ts
   * const { data, error } = await client.registerPasskey({ name: 'Work laptop' })
   * if (error === undefined) console.log(`${data.name} is added`)
   * else if (error.code !== 'PASSKEY_CANCELLED') console.log(error.message)
   * ```
   */
  readonly registerPasskey: (
    input?: Partial<OperationInput<'registerPasskey'>>,
    settings?: OperationSettings,
  ) => Promise<OperationResult<'registerPasskey', OperationErrorCode<'startPasskeyRegistration'> | PasskeyErrorCode>>
  /**
   * Signs in with a passkey that the user picks. With `autofill`, the browser offers passkeys in fields with
   * `autocomplete="username webauthn"`: call it when the form is shown, and again after an error that the user has caused. It then
   * waits until the user picks a passkey, and has the error `PASSKEY_CANCELLED` if a user signs in otherwise.
   * @param input `credential`: a response to `startPasskeySignIn` that you have already; the browser is not asked then.
   * @example
   * ```ts
   * const { data, error } = await client.signInWithPasskey({ autofill: true })
   * if (error === undefined) console.log(`Hello, ${data.user.email}`)
   * else if (error.code === 'FAST_AUTH_PASSKEY_INVALID') console.log('This passkey is not accepted here')
   * ```
   */
  readonly signInWithPasskey: (
    input?: Partial<OperationInput<'signInWithPasskey'>> & { readonly autofill?: boolean | undefined },
    settings?: OperationSettings,
  ) => Promise<OperationResult<'signInWithPasskey', PickCode>>
  /** Completes a sign-in with a second factor: a code, a recovery code, or with `passkey: true` a passkey that the user picks. */
  readonly completeSignIn: (
    input: WithPasskey<'completeSignIn'>,
    settings?: OperationSettings,
  ) => Promise<OperationResult<'completeSignIn', PickCode>>
  /** Proves again who the user is: with a password, a second factor, or with `passkey: true` a passkey that the user picks. */
  readonly reauthenticate: (
    input: WithPasskey<'reauthenticate'>,
    settings?: OperationSettings,
  ) => Promise<OperationResult<'reauthenticate', PickCode>>
  /** As the operation. Afterwards, authenticators hide passkeys of the user that are not in the list, if the browser can do it. */
  readonly listPasskeys: OperationFunctions['listPasskeys']
  /** As the operation. Afterwards, the authenticator removes the passkey, if it was in the last list and the browser can do it. */
  readonly deletePasskey: OperationFunctions['deletePasskey']
}

/** Whether the server has certainly processed the request: after a lost response, a passkey may be stored or not. */
const isAnswered = ({ error }: { readonly error?: { readonly statusCode: number } | undefined }) =>
  error === undefined || (error.statusCode >= 400 && error.statusCode < 500)

/** Creates the functions that ask the browser for a passkey, from those that take its response. */
export function createPasskeyFunctions(functions: OperationFunctions, holder: SessionHolder): PasskeyFunctions {
  const signals = createPasskeySignals(holder)

  /** Adds a passkey that the user picks to the input of another operation. */
  async function withPasskey<Input extends { readonly passkey?: boolean | undefined }, Result>(
    { passkey = false, ...input }: Input,
    settings: OperationSettings,
    send: (input: Omit<Input, 'passkey'> & { readonly credential?: AuthPasskeyAssertion }) => Promise<Result>,
  ) {
    if (!passkey) return send(input)
    const { credential, error } = await pickPasskey(functions, settings.signal)
    return error === undefined ? send({ ...input, credential }) : { error }
  }

  /** Signals what the server knows after a registration: it may have refused a passkey that the authenticator has now. */
  async function compare(credentialId: string, isRefused: boolean): Promise<void> {
    const listed = signals.listing()
    const { data } = await functions.listPasskeys()
    if (data === undefined) return
    listed(data)
    const isListed = data.items.some(item => item.credentialId === credentialId)
    // After a repeated request, the server refuses the challenge that its first one has used.
    if (isRefused && !isListed) signals.unknown({ rpId: data.rpId, credentialId })
  }

  async function registerNew(input: { readonly name?: string }, settings: OperationSettings) {
    const finished = signals.creating()
    const { credential, error } = await createPasskey(functions, settings.signal)
    const result =
      credential === undefined ? { error } : await functions.registerPasskey({ ...input, credential }, settings)
    finished()
    if (credential !== undefined && signals.canHide && isAnswered(result))
      void compare(credential.id, result.error !== undefined)
    return result
  }

  return {
    registerPasskey: ({ credential, ...input } = {}, settings = {}) =>
      credential === undefined
        ? registerNew(input, settings)
        : functions.registerPasskey({ ...input, credential }, settings),

    async signInWithPasskey({ autofill = false, credential: given } = {}, settings = {}) {
      if (given !== undefined) return functions.signInWithPasskey({ credential: given }, settings)
      const { credential, error } = await (autofill
        ? pickPasskeyByAutofill(functions, holder, settings.signal)
        : pickPasskey(functions, settings.signal))
      return error === undefined ? functions.signInWithPasskey({ credential }, settings) : { error }
    },

    completeSignIn: (input, settings = {}) =>
      withPasskey(input, settings, completed => functions.completeSignIn(completed, settings)),

    reauthenticate: (input, settings = {}) =>
      withPasskey(input, settings, completed => functions.reauthenticate(completed, settings)),

    async listPasskeys(input, settings) {
      const listed = signals.listing()
      const result = await functions.listPasskeys(input, settings)
      if (result.data !== undefined) listed(result.data)
      return result
    },

    async deletePasskey(input, settings) {
      const result = await functions.deletePasskey(input, settings)
      if (result.error === undefined) signals.deleted(input.id)
      return result
    },
  }
}
