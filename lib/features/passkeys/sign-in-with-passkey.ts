import type { AuthenticationCredential } from '../../../schemas/passkeys/credential.js'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { completeSignIn, type SignInDependencies } from '../sign-in/complete-sign-in.js'
import type { PasskeyDependencies } from './dependencies.js'
import { PasskeyInvalidError } from './errors.js'
import { provePasskey } from './prove-passkey.js'
import { reportCopy } from './report-copy.js'

export interface SignInWithPasskey {
  readonly credential: AuthenticationCredential
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Creates a session for the owner of the passkey. A passkey with user verification is both factors.
 * @throws {PasskeyInvalidError} @throws the errors of `completeSignIn`
 */
export async function signInWithPasskey(
  dependencies: SignInDependencies &
    Pick<PasskeyDependencies, 'limits' | 'passkeyChallenges' | 'passkeyStore' | 'passkeyVerifier'>,
  { credential, client, now }: SignInWithPasskey,
): Promise<IssuedTokens> {
  function refused(userId: string | null): Error {
    const context = eventContext({ userId, sessionId: null, client, now })
    dependencies.emit({ name: 'authn_login_fail', reason: 'wrong_passkey', ...context })
    return new PasskeyInvalidError()
  }
  const proven = await provePasskey(dependencies, credential, now)
  if (proven === null) throw refused(null)
  const { proof } = proven
  const user = await dependencies.storage.users.find({ userId: proven.passkey.userId })
  if (user === null) throw refused(null)
  const completing = { user, proofs: [proof], methods: ['passkey'], client, now } as const
  const completion = await completeSignIn(dependencies, completing)
  if (completion.outcome === 'signedIn') return completion.issued
  if (completion.outcome === 'stale') await reportCopy(dependencies, { user, proof, client, now })
  throw refused(user.id)
}
