import { createHash } from 'node:crypto'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { connectedProvider } from './connected-provider.js'
import type { ProviderDependencies } from './dependencies.js'
import { ProviderAnswerInvalidError } from './errors.js'
import type { IdentitySignIn } from './identity-sign-in.js'
import { provenIdentity } from './proven-identity.js'
import { signInWithIdentity } from './sign-in-with-identity.js'

export interface SignInWithIdToken {
  /** The name of the provider. */
  readonly provider: string
  readonly idToken: string
  readonly nonce: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** How long a used ID token is remembered, in milliseconds: longer than any is accepted after it was issued. */
const memoryMilliseconds = 2 * 86_400_000

/** Leaves the signature out: anyone can write another one that is right too, such as with different unused bits. */
function idOfToken(idToken: string): string {
  const signed = idToken.slice(0, idToken.lastIndexOf('.'))
  return createHash('sha256').update(`id token ${signed}`).digest('base64url')
}

/**
 * Signs in the user of an ID token that a native app got from the provider. A token is accepted once.
 * @throws {ProviderAnswerInvalidError} @throws {ProviderUnavailableError} @throws the errors of `signInWithIdentity`
 */
export async function signInWithIdToken(
  dependencies: ProviderDependencies,
  { provider, idToken, nonce, client, now }: SignInWithIdToken,
): Promise<IdentitySignIn> {
  const { client: protocol } = connectedProvider(dependencies, provider)
  const answer = await protocol.verifyIdToken({ idToken, nonce, now })
  const { identity, tokens } = provenIdentity(dependencies, answer, { provider, userId: null, client, now })
  const flowId = idOfToken(idToken)
  const claim = await dependencies.providerFlows.claim({ flowId, now, expiresAt: now + memoryMilliseconds })
  if (claim.outcome !== 'claimed') {
    const context = eventContext({ userId: null, sessionId: null, client, now })
    dependencies.emit({ name: 'provider_failed', reason: 'answer_invalid', provider, detail: 'used', ...context })
    throw new ProviderAnswerInvalidError()
  }
  const signIn = await signInWithIdentity(dependencies, { provider, identity, client, now })
  if (signIn.outcome === 'signUpRequired') return signIn
  const user = signIn.outcome === 'signedIn' ? signIn.issued.user : signIn.user
  await runAfterHook(dependencies, 'onProviderTokens', { user, provider, tokens, client, now })
  return signIn
}
