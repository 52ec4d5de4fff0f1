import assert from 'node:assert/strict'
import type { Storage } from '../composition/storage.js'
import type { Purge, Purged } from '../storage/purge.js'
import type { EpochMilliseconds, OutboxMessageRecord, SessionRecord } from '../storage/records.js'
import { findToken } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { hasFeature } from './optional-features.js'
import { randomEvent, randomMessage, type UserWithPassword } from './random-records.js'
import { revocationsOf, sessionLine } from './revocation-feed.js'
import { storeApiKey, storeSession, storeToken, storeUser } from './stored-records.js'
import { claimedForGood, takeMessages } from './waiting-messages.js'

/**
 * The instant of every purge in these cases, in January 1970. The records of all other cases date from after 2000, so a
 * purge in a shared database does not remove them. All purges use the same instant, so none removes live records of another
 * case.
 */
export const purgeTime = 1_000_000_000
const now = purgeTime
const dead = { expiresAt: now }
const alive = { expiresAt: now + 1 }
/** An instant before the expiry of these records, at which stored ones are still found. */
const earlier = now - 1

const none = { events: 0, passkeyUses: 0, signInCodes: 0, providerFlows: 0, invitations: 0 }
const nothing: Purged = { sessions: 0, oneTimeTokens: 0, messages: 0, revocations: 0, ...none }

export async function purgeToTheEnd(storage: Storage, limit: number): Promise<readonly Purged[]> {
  const request: Purge = { now, revokedBefore: now, eventsBefore: now, limit }
  const counts: Purged[] = []
  let isAtItsEnd = false
  while (!isAtItsEnd) {
    assert.ok(counts.length < 10_000, 'Repeated purges come to an end: the storage never answered 0')
    const purged = await storage.purge(request)
    counts.push(purged)
    isAtItsEnd = Object.values(purged).every(count => count === 0)
  }
  return counts
}

/** Stores a user with records from that time. */
export function storeElder(storage: Storage): Promise<UserWithPassword> {
  return storeUser(storage, { createdAt: now - 1_000 })
}

/** Adds a line to the feed at this instant. */
async function storeLine(storage: Storage, revokedAt: EpochMilliseconds): Promise<SessionRecord> {
  const session = await storeSession(storage, await storeElder(storage))
  await storage.sessions.revoke({ sessionId: session.id, now: revokedAt })
  return session
}

async function isSessionStored(storage: Storage, { id }: SessionRecord): Promise<boolean> {
  return (await storage.sessions.find({ sessionId: id, now: earlier })) !== null
}

async function isLineStored(storage: Storage, { id }: SessionRecord): Promise<boolean> {
  return (await revocationsOf(storage, [id], now - 1_000)).length > 0
}

async function storeMessage(
  storage: Storage,
  user: UserWithPassword,
  overrides: Partial<OutboxMessageRecord>,
): Promise<OutboxMessageRecord> {
  const message = randomMessage(user, overrides)
  await storage.outbox.add({ messages: [message] })
  return message
}

/**
 * Stores three expired rows of each kind that the storage has. Returns a function that counts the remaining ones: sessions, lines,
 * tokens, messages, events.
 */
async function storeDeadRows(storage: Storage): Promise<() => Promise<readonly number[]>> {
  const elders = [await storeElder(storage), await storeElder(storage), await storeElder(storage)]
  const [hasEmail, hasEvents] = [hasFeature(storage, 'email'), hasFeature(storage, 'audit-log')]
  const sessions = await Promise.all(elders.map(elder => storeSession(storage, elder, dead)))
  const tokens = hasEmail ? await Promise.all(elders.map(elder => storeToken(storage, elder, dead))) : []
  const messages = hasEmail ? await Promise.all(elders.map(elder => storeMessage(storage, elder, dead))) : []
  const events = elders.map(elder => randomEvent(elder.id, { happenedAt: now - 1 }))
  if (hasEvents) await storage.events.add({ events })
  const revoked = await Promise.all([3, 2, 1].map(ago => storeLine(storage, now - ago)))
  const countOf = async (looks: readonly Promise<boolean>[]) => (await Promise.all(looks)).filter(Boolean).length
  return async () => {
    const left = [
      await countOf(sessions.map(session => isSessionStored(storage, session))),
      await countOf(revoked.map(session => isLineStored(storage, session))),
    ]
    if (hasEmail)
      left.push(await countOf(tokens.map(async token => (await findToken(storage, token, earlier)) !== null)))
    if (hasEmail) left.push((await takeMessages(storage, messages, earlier)).length)
    if (!hasEvents) return left
    const kept = await Promise.all(elders.map(({ id: userId }) => storage.events.list({ userId, limit: 10 })))
    return [...left, kept.flat().length]
  }
}

/** Cases for removing expired records. */
export const purgeCases: readonly ConformanceCase[] = [
  {
    title:
      'purge: a session that expires at exactly this instant is removed, one that expires a millisecond later stays',
    async run({ storage }) {
      const user = await storeElder(storage)
      const expired = await storeSession(storage, user, dead)
      const live = await storeSession(storage, user, alive)
      await purgeToTheEnd(storage, 100)
      expectEqual(await isSessionStored(storage, expired), false, 'An expired session is removed')
      const found = await storage.sessions.find({ sessionId: live.id, now })
      expectEqual(found, live, 'A live session stays as it is')
    },
  },
  {
    title:
      'purge: a one-time token that expires at exactly this instant is removed, one that expires a millisecond later stays',
    features: ['email'],
    async run({ storage }) {
      const user = await storeElder(storage)
      const expired = await storeToken(storage, user, dead)
      const live = await storeToken(storage, user, { ...alive, purpose: 'resetPassword' })
      await purgeToTheEnd(storage, 100)
      expectEqual(await findToken(storage, expired, earlier), null, 'An expired token is removed')
      const found = await storage.oneTimeTokens.find({ hash: live.hash, purpose: live.purpose, now })
      expectEqual(found?.token, live, 'A live token stays as it is')
    },
  },
  {
    title:
      'purge: a message that expires at exactly this instant is removed, one that expires a millisecond later stays',
    features: ['email'],
    async run({ storage }) {
      const user = await storeElder(storage)
      const expired = await storeMessage(storage, user, dead)
      const live = await storeMessage(storage, user, { ...alive, userId: null })
      await purgeToTheEnd(storage, 100)
      const left = await takeMessages(storage, [expired, live], earlier)
      expectEqual(left, [claimedForGood(live, earlier)], 'An expired message is removed, a live one stays')
    },
  },
  {
    title: 'purge: a line of the feed older than revokedBefore is removed, one of exactly that instant stays',
    async run({ storage }) {
      const old = await storeLine(storage, now - 1)
      const young = await storeLine(storage, now)
      await purgeToTheEnd(storage, 100)
      const lines = await revocationsOf(storage, [old.id, young.id], now - 1)
      expectEqual(lines, [sessionLine(young, now)], 'Only lines older than revokedBefore are removed')
    },
  },
  {
    title: 'purge: an event older than eventsBefore is removed, one of exactly that instant stays',
    features: ['audit-log'],
    async run({ storage }) {
      const { id: userId } = await storeElder(storage)
      const young = randomEvent(userId, { happenedAt: now })
      await storage.events.add({ events: [randomEvent(userId, { happenedAt: now - 1 }), young] })
      await purgeToTheEnd(storage, 100)
      const events = await storage.events.list({ userId, limit: 10 })
      expectEqual(events, [young], 'Only events older than eventsBefore are removed')
    },
  },
  {
    title: 'purge: expired API keys stay',
    features: ['api-keys'],
    async run({ storage }) {
      const user = await storeElder(storage)
      const apiKey = await storeApiKey(storage, user, dead)
      await purgeToTheEnd(storage, 100)
      const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now: earlier })
      expectEqual(found, { apiKey, user, role: null }, 'Expired keys stay visible to their owner')
    },
  },
  {
    title: 'purge: users stay, even without a session',
    async run({ storage }) {
      const user = await storeElder(storage)
      await purgeToTheEnd(storage, 100)
      expectEqual(await storage.users.find({ userId: user.id }), user, 'A purge removes no users')
    },
  },
  {
    title: 'purge: at most `limit` rows of each kind are removed per call',
    async run({ storage }) {
      const countLeft = await storeDeadRows(storage)
      await storage.purge({ now, revokedBefore: now, eventsBefore: now, limit: 2 })
      const left = await countLeft()
      const rule = `Of three expired rows of each kind a purge of two leaves at least one (sessions, lines, tokens, messages, events: ${left})`
      expectEqual(Math.min(...left) > 0, true, rule)
    },
  },
  {
    title: 'purge: repeated until it returns 0, it leaves no expired rows',
    async run({ storage }) {
      const countLeft = await storeDeadRows(storage)
      await purgeToTheEnd(storage, 2)
      expectEqual(Math.max(...(await countLeft())), 0, 'No expired session, token, line, event or message is left')
    },
  },
  {
    title: 'purge: the answer is the number of rows removed of each kind, and 0 when nothing is left',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const user = await storeElder(storage)
      await storeSession(storage, user, dead)
      await storeSession(storage, user, dead)
      await storeLine(storage, now - 1)
      const [hasEmail, hasEvents] = [hasFeature(storage, 'email'), hasFeature(storage, 'audit-log')]
      if (hasEmail) await storeToken(storage, user, dead)
      if (hasEmail) await storeMessage(storage, user, dead)
      if (hasEvents) await storage.events.add({ events: [randomEvent(user.id, { happenedAt: now - 1 })] })
      const ofEmail = hasEmail ? { oneTimeTokens: 1, messages: 1 } : {}
      const removed = { ...nothing, sessions: 2, revocations: 1, ...ofEmail, ...(hasEvents && { events: 1 }) }
      expectEqual(await purgeToTheEnd(storage, 1_000), [removed, nothing], 'Each row is counted under its own kind')
    },
  },
  {
    title: 'purge: a deleted user leaves nothing to purge',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const elder = await storeElder(storage)
      await storeSession(storage, elder, dead)
      if (hasFeature(storage, 'email')) {
        await storeToken(storage, elder, dead)
        await storeMessage(storage, elder, dead)
      }
      await storage.users.delete({ userId: elder.id, now })
      expectEqual(await purgeToTheEnd(storage, 1_000), [nothing], 'A deletion removes sessions, tokens and messages')
    },
  },
  {
    title: 'purge: a purged session is unknown to a rotation',
    async run({ storage }) {
      const { id: sessionId } = await storeSession(storage, await storeElder(storage), dead)
      await purgeToTheEnd(storage, 100)
      const request = { sessionId, generation: 0, now: earlier, graceMilliseconds: 0, idleExpiresAt: now + 1_000 }
      const wishes = { recordSuperseded: false, requireConfirmedEmail: false, ip: null, userAgent: null }
      const rotation = await storage.sessions.rotate({ ...request, ...wishes })
      expectEqual(rotation, { outcome: 'unknown' }, 'A purged session no longer exists')
    },
  },
]
