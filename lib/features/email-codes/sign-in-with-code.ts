import { randomUUID } from 'node:crypto'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook, runBeforeHook } from '../../hooks/call-hook.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { CodeRequest } from '../../tokens/code-request-token.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { typedSignInCode } from '../../tokens/sign-in-code.js'
import { addressProven } from '../email/address-proven.js'
import { completeSignIn } from '../sign-in/complete-sign-in.js'
import type { WaitingSignIn } from '../sign-in/sign-in.js'
import type { EmailCodeDependencies } from './dependencies.js'
import { firstFactorOf } from './email-code-proofs.js'
import { SignInCodeInvalidError } from './errors.js'
import type { TrySignInCode } from './port.js'

export interface SignInWithCode {
  /** The request of the code by this client; `null` if it has made none that is live. */
  readonly request: CodeRequest | null
  /** As typed, or from the link. */
  readonly code: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

export type CodeSignIn =
  | { readonly outcome: 'signedIn'; readonly issued: IssuedTokens; readonly isNewUser: boolean }
  | WaitingSignIn

type Asked = Pick<SignInWithCode, 'client' | 'now'>

/** Creates the user of a proven address; `null` if another client has created one concurrently. */
async function createUser(
  dependencies: EmailCodeDependencies,
  email: string,
  { client, now }: Asked,
): Promise<UserRecord | null> {
  await runBeforeHook(dependencies, 'beforeSignUp', { email, username: null, client, now })
  const unset = { username: null, passwordHash: null, profile: {}, lastSignInAt: null, disabledAt: null }
  const user: UserRecord = { id: randomUUID(), email, emailConfirmedAt: now, createdAt: now, ...unset }
  const additions = dependencies.additionsOf(user)
  const nothingElse = { session: null, token: null, messages: [], messagesIfTaken: [], additions }
  const { outcome } = await dependencies.storage.users.create({ user, ...nothingElse })
  if (outcome !== 'created') return null
  dependencies.emit({ name: 'user_created', ...eventContext({ userId: user.id, sessionId: null, client, now }) })
  await runAfterHook(dependencies, 'afterSignUp', { user, sessionId: null, client, now })
  return user
}

/** Returns the user whose address the code proves, and whether this call has created them; `null` if the code proves nothing. */
async function provenUser(
  dependencies: EmailCodeDependencies,
  trial: TrySignInCode,
  asked: Asked,
): Promise<{ readonly user: UserRecord; readonly isNewUser: boolean } | null> {
  const tried = await dependencies.signInCodes.tryCode(trial)
  if (tried.outcome === 'wrong') return null
  const { user, email } = tried
  if (user !== null) {
    await addressProven(dependencies, { ...tried, user }, asked)
    return { user, isNewUser: false }
  }
  if (!dependencies.emailSignIn.signUp) return null
  const created = await createUser(dependencies, email, asked)
  // The account of another client may be unproven: the next try removes what it has.
  return created === null ? provenUser(dependencies, trial, asked) : { user: created, isNewUser: true }
}

/**
 * Creates a session for the owner of the address that the code was mailed to. The code is consumed in the step that creates the
 * session: a sign-in that waits for a second factor presents it once more.
 * @throws {SignInCodeInvalidError} @throws {SignUpRefusedError} @throws the errors of `completeSignIn`
 */
export async function signInWithCode(
  dependencies: EmailCodeDependencies,
  { request, code: typed, client, now }: SignInWithCode,
): Promise<CodeSignIn> {
  function refused(userId: string | null): Error {
    const context = eventContext({ userId, sessionId: null, client, now })
    dependencies.emit({ name: 'authn_login_fail', reason: 'wrong_code', ...context })
    return new SignInCodeInvalidError()
  }
  const code = typedSignInCode(typed)
  if (request === null || code === null) throw refused(null)
  const presented = { codeId: request.codeId, hash: request.hashOf(code) }
  const proven = await provenUser(dependencies, { ...presented, now }, { client, now })
  if (proven === null) throw refused(null)
  const { user, isNewUser } = proven
  const proofs = [{ kind: 'emailCode', ...presented }] as const
  const completion = await completeSignIn(dependencies, { user, proofs, methods: ['email'], client, now })
  if (completion.outcome === 'signedIn') return { ...completion, isNewUser }
  if (completion.outcome !== 'secondFactorRequired') throw refused(user.id)
  const context = eventContext({ userId: user.id, sessionId: null, client, now })
  dependencies.emit({ name: 'authn_second_factor_due', ...context })
  const first = {
    firstMethod: 'email',
    firstFactor: firstFactorOf(presented),
    firstFactorExpiresAt: request.expiresAt,
  } as const
  return { ...completion, user, ...first }
}
