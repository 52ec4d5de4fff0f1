import { AuthError } from '../auth-error.js'
import type { AuthPasskeyRegistration } from '../generated/operations.js'
import type { OperationErrorCode, OperationFunctions } from '../operation-functions.js'
import { runtime } from '../runtime.js'
import { type Ceremony, passkeyError, runCeremony } from './ceremony.js'
import { creationOptions, type NewCredential, registrationOf } from './credential-json.js'
import { hasPasskeys } from './passkey-support.js'

async function created(publicKey: object, signal: AbortSignal): Promise<NewCredential> {
  try {
    const credential = await runtime.navigator?.credentials?.create({ publicKey, signal })
    if (credential) return credential as NewCredential
  } catch (cause) {
    // `excludeCredentials` contains a passkey of this authenticator (WebAuthn Level 3, section 6.3.2).
    if (!(cause instanceof Error && cause.name === 'InvalidStateError')) throw cause
    throw new AuthError('FAST_AUTH_PASSKEY_ALREADY_REGISTERED', 'The authenticator has a passkey of this account', {
      cause,
    })
  }
  throw passkeyError('PASSKEY_CANCELLED')
}

/** Creates a passkey in an authenticator that the user picks. The server does not know it yet. */
export function createPasskey(
  { startPasskeyRegistration: start }: Pick<OperationFunctions, 'startPasskeyRegistration'>,
  outer: AbortSignal | undefined,
): Promise<
  Ceremony<
    AuthPasskeyRegistration,
    OperationErrorCode<'startPasskeyRegistration'> | 'FAST_AUTH_PASSKEY_ALREADY_REGISTERED'
  >
> {
  return runCeremony(async ({ signal }) => {
    if (!hasPasskeys()) throw passkeyError('PASSKEY_UNSUPPORTED')
    const { data, error } = await start({}, { signal })
    if (error !== undefined) throw error
    return registrationOf(await created(creationOptions(data), signal))
  }, outer)
}
