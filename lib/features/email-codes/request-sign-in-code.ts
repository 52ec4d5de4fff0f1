import { eventContext } from '../../events/event-context.js'
import type { Transport } from '../../http/answer-issued-tokens.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { CodeRequest, CodeRequestToken } from '../../tokens/code-request-token.js'
import { newSignInCode } from '../../tokens/sign-in-code.js'
import { acceptedEmail } from '../email/accepted-email.js'
import type { EmailCodeDependencies } from './dependencies.js'

/** Lifetime of a code, in milliseconds. */
export const codeLifetime = 600_000

/** How many times a code may be entered wrongly. The last of them invalidates it. */
const tries = 5

export interface RequestSignInCode {
  readonly email: string
  readonly transport: Transport
  /** The last request of this client, which stays if this one is above the limit; `null` if there is none. */
  readonly earlier: CodeRequest | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Stores a code, with the message to its address, or with a decoy if the address cannot sign in. */
async function issueCode(
  { signInCodes, emailSignIn, email: mail, storage }: EmailCodeDependencies,
  { codeId: id, hashOf, expiresAt }: CodeRequest,
  { email, now }: { readonly email: string; readonly now: EpochMilliseconds },
): Promise<string | null> {
  const user = await storage.users.findByEmail({ email })
  const userId = user?.disabledAt === null ? user.id : null
  const code = newSignInCode()
  const isMailed = user === null ? emailSignIn.signUp : userId !== null
  const message = isMailed
    ? mail.messageWriter.write({ kind: 'signIn', to: email, code, expiresAt }, { userId, now })
    : mail.messageWriter.writeDecoy(now)
  const record = { id, userId, email, hash: hashOf(code), triesLeft: tries, createdAt: now, expiresAt }
  await signInCodes.issue({ code: record, messages: [message] })
  mail.notifyDelivery()
  return userId
}

/**
 * Mails a code with which the requesting client, and no other, can sign in. Does the same work for every address. Above the
 * limit for an address it does nothing, for any address: the last code stays valid, for the client that requested it, also if
 * that is this one.
 * @returns when the code expires, and the token that binds it to the client
 * @throws {ValidationError} @throws {TooManyRequestsError} The network has caused too many messages.
 */
export async function requestSignInCode(
  dependencies: EmailCodeDependencies,
  { email: typed, transport, earlier, client, now }: RequestSignInCode,
): Promise<{ readonly expiresAt: EpochMilliseconds; readonly token: CodeRequestToken }> {
  const email = acceptedEmail(typed)
  const { isAdmitted } = await dependencies.limits.mail({ purpose: 'signIn', email, userId: null, client })
  const request = dependencies.codeRequests.create({ transport, expiresAt: now + codeLifetime })
  if (isAdmitted) {
    const userId = await issueCode(dependencies, request, { email, now })
    const context = eventContext({ userId, sessionId: null, client, now })
    dependencies.emit({ name: 'link_requested', reason: 'sign_in', ...context })
  }
  return isAdmitted || earlier === null ? request : { ...request, token: earlier.token }
}
