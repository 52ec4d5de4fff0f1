import type { ProviderSignInWaiting } from '../../../schemas/providers/provider-sign-in-waiting.js'
import { type Transport, timestamp } from '../../http/answer-issued-tokens.js'
import type { AuthCookies } from '../../http/auth-cookies.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { ProviderDependencies } from './dependencies.js'
import { type WaitingResult, waitingToken } from './waiting-token.js'

/** Answers that the user has to do one more step. */
export function answerWaitingResult(
  { dependencies, cookies }: { readonly dependencies: ProviderDependencies; readonly cookies: AuthCookies },
  reply: Parameters<AuthCookies['setSignIn']>[0],
  result: WaitingResult,
  { transport, now }: { readonly transport: Transport; readonly now: EpochMilliseconds },
): ProviderSignInWaiting {
  const { token, expiresAt } = waitingToken(dependencies, result, { transport, now })
  reply.code(202)
  const steps =
    result.kind === 'signUp'
      ? ({ status: 'sign_up_required' } as const)
      : ({
          status: 'second_factor_required',
          methods: result.methods as NonNullable<ProviderSignInWaiting['methods']>,
        } as const)
  const answer = { ...steps, expiresAt: timestamp(expiresAt) }
  if (transport === 'token') return { ...answer, signInToken: token }
  cookies.setSignIn(reply, token, Math.ceil((expiresAt - now) / 1000))
  return answer
}
