import type { Storage } from '../../../composition/storage.js'
import { visibleIn } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { hourMilliseconds } from '../../../conformance/random-records.js'
import {
  apiKeyLine,
  generationLine,
  inFeedOrder,
  revocationsOf,
  sessionLine,
} from '../../../conformance/revocation-feed.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { EpochMilliseconds, Revocation } from '../../../storage/records.js'

/** Writes lines of every kind that the storage has, some at the same instant. Returns what the feed must contain. */
async function revokeMuch(
  storage: Storage,
): Promise<{ ids: string[]; since: EpochMilliseconds; lines: readonly Revocation[] }> {
  const { sessions, apiKeys, now } = await storeAccount(storage)
  const [first, second, third] = sessions
  const rotation = { sessionId: first.id, graceMilliseconds: 0, idleExpiresAt: now + hourMilliseconds }
  const wishes = { recordSuperseded: true, requireConfirmedEmail: false, ip: null, userAgent: null }
  for (const generation of [9, 10, 100]) {
    await storage.sessions.rotate({ ...rotation, generation, now, ...wishes })
  }
  if (hasFeature(storage, 'api-keys')) {
    await storage.apiKeys.delete({ apiKeyId: apiKeys[0].id, now: now + 1 })
    await storage.apiKeys.delete({ apiKeyId: apiKeys[1].id, now })
  }
  await storage.sessions.revoke({ sessionId: third.id, now })
  await storage.sessions.revoke({ sessionId: second.id, now })
  await storage.sessions.revoke({ sessionId: first.id, now })
  const atTheSameTime = [
    ...[first, second, third].map(session => sessionLine(session, now)),
    ...[9, 10, 100].map(generation => generationLine(first, generation, now)),
    apiKeyLine(apiKeys[1], now),
  ]
  const { revocations: lines = [] } = visibleIn(storage, {
    revocations: [...inFeedOrder(atTheSameTime), apiKeyLine(apiKeys[0], now + 1)],
  })
  return {
    ids: [...sessions, ...apiKeys].map(({ id }) => id),
    since: now,
    lines,
  }
}

/** Cases for the revocation feed. */
export const revocationsCases: readonly ConformanceCase[] = [
  {
    title: 'revocations.list: lines are ordered by revokedAt, then kind, id and generation',
    async run({ storage }) {
      const { ids, since, lines } = await revokeMuch(storage)
      expectEqual(await revocationsOf(storage, ids, since), lines, 'The feed has one order')
    },
  },
  ...[1, 2, 3].map(
    (pageSize): ConformanceCase => ({
      title: `revocations.list: pages of ${pageSize} neither overlap nor leave gaps, even with several lines at one instant`,
      async run({ storage }) {
        const { ids, since, lines } = await revokeMuch(storage)
        const rule = 'A page starts immediately after the last line of the previous page'
        expectEqual(await revocationsOf(storage, ids, since, pageSize), lines, rule)
      },
    }),
  ),
  {
    title: 'revocations.list: a line at exactly `since` is included, one of a millisecond before is not',
    async run({ storage }) {
      const { sessions, now } = await storeAccount(storage)
      const [early, late] = sessions
      await storage.sessions.revoke({ sessionId: early.id, now: now - 1 })
      await storage.sessions.revoke({ sessionId: late.id, now })
      const lines = await revocationsOf(storage, [early.id, late.id], now)
      expectEqual(lines, [sessionLine(late, now)], 'The feed begins with the instant `since`, itself included')
    },
  },
  {
    title: 'revocations.list: a page has at most `limit` lines',
    async run({ storage }) {
      const { since } = await revokeMuch(storage)
      const page = await storage.revocations.list({ since, limit: 2 })
      expectEqual(page.length, 2, 'A page has at most `limit` lines')
    },
  },
  {
    title: 'revocations.list: the page after the last line is empty',
    async run({ storage }) {
      const end = 9_000_000_000_000_000
      const after: Revocation = { kind: 'session', id: 'ffffffff', generation: null, revokedAt: end }
      const page = await storage.revocations.list({ since: end, after, limit: 10 })
      expectEqual(page, [], 'The feed has an end')
    },
  },
  {
    title: 'revocations.list: a line written after the previous page was read is on the next page',
    async run({ storage }) {
      const { sessions, now } = await storeAccount(storage)
      const [first, second] = sessions
      await storage.sessions.revoke({ sessionId: first.id, now })
      await storage.sessions.revoke({ sessionId: second.id, now: now + 1 })
      const page = await storage.revocations.list({ since: now, after: sessionLine(first, now), limit: 1_000 })
      const found = page.filter(({ id }) => id === first.id || id === second.id)
      expectEqual(found, [sessionLine(second, now + 1)], 'The feed goes on behind the line `after`')
    },
  },
]
