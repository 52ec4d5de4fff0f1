import type { FastifyReply } from 'fastify'
import type { SecondFactorRequired } from '../../schemas/sign-in/second-factor-required.js'
import type { EpochMilliseconds, SignInMethod, UserRecord } from '../storage/records.js'
import { type SignInTokens, signInTokenLifetime } from '../tokens/sign-in-token.js'
import { type Transport, timestamp } from './answer-issued-tokens.js'
import type { AuthCookies } from './auth-cookies.js'

/** A sign-in whose first factor was right, and which waits for a second one. */
export interface IncompleteSignIn {
  readonly user: UserRecord
  /** The second factors that the user can give. */
  readonly methods: readonly SignInMethod[]
  readonly firstMethod: SignInMethod
  /** Names the first factor: if it changes, the sign-in ends. */
  readonly firstFactor: string
  /** When the first factor expires; `Infinity` for one that does not, such as a password. */
  readonly firstFactorExpiresAt: EpochMilliseconds
}

/** Answers that a second factor is missing. The state of the sign-in is in a signed token and stored nowhere. */
export function answerWaiting(
  {
    dependencies: { signInTokens },
    cookies,
  }: {
    readonly dependencies: { readonly signInTokens: SignInTokens }
    readonly cookies: AuthCookies
  },
  reply: FastifyReply,
  { user, methods, firstMethod, firstFactor, firstFactorExpiresAt }: IncompleteSignIn,
  { transport, now }: { readonly transport: Transport; readonly now: EpochMilliseconds },
): SecondFactorRequired {
  const expiresAt = Math.min(now + signInTokenLifetime, firstFactorExpiresAt)
  const signInToken = signInTokens.issue({ userId: user.id, methods: [firstMethod], transport, expiresAt }, firstFactor)
  reply.code(202)
  const answer = {
    status: 'second_factor_required',
    methods: methods as SecondFactorRequired['methods'],
    expiresAt: timestamp(expiresAt),
  } as const
  if (transport === 'token') return { ...answer, signInToken }
  cookies.setSignIn(reply, signInToken, Math.ceil((expiresAt - now) / 1000))
  return answer
}
