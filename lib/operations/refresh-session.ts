import { EmailNotConfirmedError, RefreshTokenReusedError } from '../errors/index.js'
import type { Instant, Rotation, SessionRecord } from '../storage/storage.js'
import type { ExtraClaims } from '../tokens/extra-claims.js'
import type { RefreshTokenContent } from '../tokens/refresh-token.js'
import { tellSessionsEnded } from './call-hook.js'
import { extraClaims } from './extra-claims.js'
import { type SignedIn, signedIn } from './open-session.js'
import type { Client, Rooms } from './rooms.js'
import type { TradeableToken } from './tradeable-token.js'

export interface RefreshSession {
  readonly token: string
  /** What it has to be. */
  readonly kind: TradeableToken
  readonly client: Client
  readonly now: Instant
}

/**
 * Trades a token for its successor. Repeated within the grace time, it gives the same generation again; an older one means
 * that it was copied, and the session ends. A token that is not authentic costs no storage call.
 * @throws {RefreshTokenReusedError} @throws {EmailNotConfirmedError} @throws what its kind throws.
 */
export async function refreshSession(rooms: Rooms, { token, kind, client, now }: RefreshSession): Promise<SignedIn> {
  const presented = read(rooms, { token, kind, now })
  const claims = await claimsOf(rooms, presented.sessionId, now)
  const { sessionLifetimes } = rooms
  const rotation = await rooms.storage.sessions.rotate({
    ...presented,
    now,
    graceMilliseconds: sessionLifetimes.graceSeconds * 1000,
    idleExpiresAt: sessionLifetimes.idleExpiresAt(now),
    recordSuperseded: rooms.revokesPreviousAccessToken,
    requireConfirmedEmail: rooms.email?.requireConfirmation ?? false,
  })
  count(rooms, rotation.outcome)
  if (rotation.outcome === 'unconfirmed') throw new EmailNotConfirmedError()
  if (rotation.outcome === 'unknown') {
    // The token is ours, so its session existed: ended in another process, or by a call whose answer was lost.
    rooms.revokedSessions.add([presented.sessionId], now)
    throw new kind.EndedError()
  }
  const { session } = rotation
  const about = { at: new Date(now).toISOString(), userId: session.userId, sessionId: session.id, ...client }
  if (rotation.outcome === 'reused') {
    rooms.revokedSessions.add([session.id], now)
    rooms.emit({ name: 'authn_token_reuse', ...about })
    const { id, userId } = session
    await tellSessionsEnded(rooms, [id], { userId, reason: 'refresh_token_reused', client, now })
    await tellOwner(rooms, session, now)
    throw new RefreshTokenReusedError()
  }
  if (rotation.outcome === 'rotated') {
    if (rooms.revokesPreviousAccessToken) rooms.revokedSessions.addGeneration(session.id, presented.generation, now)
    rooms.emit({ name: 'session_renewed', ...about })
  }
  return signedIn(rooms, { user: rotation.user, session, extraClaims: claims }, now)
}

function count({ measure }: Rooms, outcome: Rotation['outcome'] | 'invalid'): void {
  measure?.({ name: 'fast_auth_refreshes_total', value: 1, labels: { outcome } })
}

function read(rooms: Rooms, { token, kind, now }: Pick<RefreshSession, 'token' | 'kind' | 'now'>): RefreshTokenContent {
  try {
    return kind.read(rooms, token, now)
  } catch (error) {
    count(rooms, 'invalid')
    throw error
  }
}

/** Asked before the rotation, so that a hook that throws leaves the token as it was. */
async function claimsOf(rooms: Rooms, sessionId: string, now: Instant): Promise<ExtraClaims> {
  if (rooms.claimsHook === null) return {}
  const session = await rooms.storage.sessions.find({ sessionId, now })
  const user = session === null ? null : await rooms.storage.users.find({ userId: session.userId })
  return user === null ? {} : extraClaims(rooms, user)
}

/** A letter to whoever owns the session that was copied. */
async function tellOwner({ email, storage }: Rooms, { userId }: SessionRecord, now: Instant): Promise<void> {
  const owner = email === null ? null : await storage.users.find({ userId })
  if (email === null || owner === null) return
  const notice = email.letters.write({ kind: 'refreshTokenReused', to: owner.email }, { userId, now })
  await storage.outbox.add({ messages: [notice] })
  email.wakeDelivery()
}
