import { EmailNotConfirmedError, RefreshTokenReusedError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds, SessionRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { RefreshTokenContent } from '../../tokens/refresh-token.js'
import type { Dependencies } from '../dependencies.js'
import { differenceOf } from './difference-of.js'
import { type ComputedClaims, currentClaims, extraClaims } from './extra-claims.js'
import { issueTokens } from './issue-tokens.js'
import type { Rotation } from './port.js'
import type { RefreshCredential } from './refresh-credential.js'
import { sessionsEnded } from './sessions-ended.js'

export interface RefreshSession {
  readonly token: string
  /** The kind that it must be of. */
  readonly kind: RefreshCredential
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Exchanges a token for its successor. Repeated within the grace time, it returns the same generation again. An older token
 * means that it was copied, and the session ends. A token that is not authentic costs no storage call.
 * @throws {RefreshTokenReusedError} @throws {EmailNotConfirmedError} @throws the errors of its kind.
 */
export async function refreshSession(
  dependencies: Pick<
    Dependencies,
    | 'accessTokens'
    | 'forgetApiKeys'
    | 'claimsHook'
    | 'email'
    | 'emit'
    | 'hasOrganizations'
    | 'hasRefreshTokens'
    | 'hooks'
    | 'limits'
    | 'measure'
    | 'refreshTokens'
    | 'revokedSessions'
    | 'revokesPreviousAccessToken'
    | 'hasReauthentication'
    | 'sessionLifetimes'
    | 'storage'
  >,
  { token, kind, client, now }: RefreshSession,
): Promise<IssuedTokens> {
  const presented = read(dependencies, { token, kind, now })
  const claims = await claimsOf(dependencies, presented.sessionId, now)
  const { sessionLifetimes } = dependencies
  const rotation = await dependencies.storage.sessions.rotate({
    ...presented,
    now,
    ip: client.ip,
    userAgent: client.userAgent,
    graceMilliseconds: sessionLifetimes.graceSeconds * 1000,
    idleExpiresAt: sessionLifetimes.idleExpiresAt(now),
    recordSuperseded: dependencies.revokesPreviousAccessToken,
    requireConfirmedEmail: dependencies.email?.requireConfirmation ?? false,
  })
  count(dependencies, rotation.outcome)
  if (rotation.outcome === 'unconfirmed') throw new EmailNotConfirmedError()
  if (rotation.outcome === 'unknown') {
    // The token is authentic, so its session existed: it was ended by another process, or by a call whose answer was lost.
    dependencies.revokedSessions.add([presented.sessionId])
    throw new kind.EndedError()
  }
  const { session } = rotation
  const { id: sessionId, userId } = session
  const context = eventContext({ userId, sessionId, client, now })
  if (rotation.outcome === 'reused') {
    dependencies.emit({ name: 'authn_token_reuse', ...context })
    const reason = 'refresh_token_reused'
    await sessionsEnded(dependencies, { revokedSessionIds: [sessionId], userId, reason, client, now })
    await notifyOwner(dependencies, { kind: 'refreshTokenReused', userId, now })
    throw new RefreshTokenReusedError()
  }
  if (rotation.outcome === 'rotated') {
    if (dependencies.revokesPreviousAccessToken)
      dependencies.revokedSessions.addGeneration(sessionId, presented.generation)
    dependencies.emit({ name: 'session_renewed', ...context })
  }
  const repetition = rotation.outcome === 'repeated' ? differenceOf(session, client) : null
  if (repetition !== null) {
    dependencies.emit({ name: 'authn_token_repeat', reason: repetition, ...context })
    await reportRepetition(dependencies, session, now)
  }
  const current = await currentClaims(dependencies, claims, { user: rotation.user, session })
  return issueTokens(dependencies, { user: rotation.user, session, extraClaims: current }, now)
}

function count({ measure }: Pick<Dependencies, 'measure'>, outcome: Rotation['outcome'] | 'invalid'): void {
  measure?.({ name: 'fast_auth_refreshes_total', value: 1, labels: { outcome } })
}

function read(
  dependencies: Pick<Dependencies, 'accessTokens' | 'measure' | 'refreshTokens' | 'revokedSessions'>,
  { token, kind, now }: Pick<RefreshSession, 'token' | 'kind' | 'now'>,
): RefreshTokenContent {
  try {
    return kind.read(dependencies, token, now)
  } catch (error) {
    count(dependencies, 'invalid')
    throw error
  }
}

/** Called before the rotation: if the hook throws, the token stays as it was. */
async function claimsOf(
  dependencies: Pick<Dependencies, 'claimsHook' | 'hasOrganizations' | 'storage'>,
  sessionId: string,
  now: EpochMilliseconds,
): Promise<ComputedClaims> {
  const none = { claims: {}, organization: null }
  if (dependencies.claimsHook === null) return none
  const session = await dependencies.storage.sessions.find({ sessionId, now })
  const user = session === null ? null : await dependencies.storage.users.find({ userId: session.userId })
  if (session === null || user === null) return none
  const { organization } = session
  return { claims: await extraClaims(dependencies, user, organization), organization }
}

/** Writes to the owner of a session that two clients use, at most once a day. A failure leaves the message for the next repetition. */
async function reportRepetition(
  { email, limits, storage }: Pick<Dependencies, 'email' | 'limits' | 'storage'>,
  { id, userId }: SessionRecord,
  now: EpochMilliseconds,
): Promise<void> {
  const verdict = await limits.repeatNotice(id)
  if (!verdict.isAdmitted) return
  try {
    await notifyOwner({ email, storage }, { kind: 'refreshTokenRepeated', userId, now })
  } catch (error) {
    await verdict.takeBack()
    throw error
  }
}

interface OwnerNotice {
  readonly kind: 'refreshTokenReused' | 'refreshTokenRepeated'
  readonly userId: string
  readonly now: EpochMilliseconds
}

/** Writes a message to the owner of a session whose refresh token may have been copied. */
async function notifyOwner(
  { email, storage }: Pick<Dependencies, 'email' | 'storage'>,
  { kind, userId, now }: OwnerNotice,
): Promise<void> {
  const owner = email === null ? null : await storage.users.find({ userId })
  if (email === null || owner === null) return
  const notice = email.messageWriter.write({ kind, to: owner.email }, { userId, now })
  await storage.outbox.add({ messages: [notice] })
  email.notifyDelivery()
}
