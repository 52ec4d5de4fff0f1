import type { Storage } from '../../../composition/storage.js'
import { graceMilliseconds, rotationOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { hourMilliseconds } from '../../../conformance/random-records.js'
import { generationLine, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { SessionRecord } from '../../../storage/records.js'
import type { RotateSession } from '../port.js'

/** Returns an account whose first session was just rotated, with the current state of that session. */
async function rotateOnce(
  storage: Storage,
  overrides: Partial<RotateSession> = {},
): Promise<{ account: Account; session: SessionRecord }> {
  const account = await storeAccount(storage)
  const rotation = await storage.sessions.rotate(rotationOf(account, overrides))
  const { session } = expectOutcome(rotation, 'rotated', 'The current generation, or one ahead, is rotated')
  return { account, session }
}

async function expectRepeated(storage: Storage, overrides: Partial<RotateSession>, elapsed: number, rule: string) {
  const { account, session } = await rotateOnce(storage)
  const now = session.rotatedAt + elapsed
  const retry = rotationOf(account, { now, idleExpiresAt: now + 2 * hourMilliseconds, ...overrides })
  const rotation = await expectUnchanged(storage, account, () => storage.sessions.rotate(retry), rule)
  expectEqual(rotation, { outcome: 'repeated', session, user: account.user }, rule)
}

async function expectReused(
  storage: Storage,
  { account, session }: { account: Account; session: SessionRecord },
  request: RotateSession,
  rule: string,
): Promise<void> {
  const rotation = expectOutcome(await storage.sessions.rotate(request), 'reused', rule)
  expectEqual(rotation.session, session, `${rule}, and the answer has the session as it was`)
  const { user, apiKeys } = account
  const tokens = { ...account.tokens, changeEmail: null }
  const [, second, third] = account.sessions
  const revocations = [sessionLine(session, request.now)]
  const asked = { user, sessions: [null, second, third], apiKeys, tokens, revocations }
  await expectState(
    storage,
    account,
    asked,
    `${rule}: that session is revoked with its pending address change, and nothing else changes`,
  )
}

/** Cases for a refresh token that is presented again: by a retry or by an attacker. */
export const repetitionCases: readonly ConformanceCase[] = [
  {
    title: 'sessions.rotate: the parent within the grace window gets the current session and writes nothing',
    async run({ storage }) {
      await expectRepeated(storage, {}, 1, 'A retry within the window gets the current session again')
    },
  },
  {
    title: 'sessions.rotate: the parent in the last millisecond of the grace window is repeated',
    async run({ storage }) {
      await expectRepeated(storage, {}, graceMilliseconds, 'The window includes its last millisecond')
    },
  },
  {
    title: 'sessions.rotate: a repetition puts no generation into the feed',
    async run({ storage }) {
      await expectRepeated(storage, { recordSuperseded: true }, 1, 'A repetition ends no generation')
    },
  },
  {
    title: 'sessions.rotate: the window is open for a clock that is behind the last rotation',
    async run({ storage }) {
      await expectRepeated(storage, {}, -5_000, 'An instant before rotatedAt counts as zero elapsed time')
    },
  },
  {
    title: 'sessions.rotate: all retries within the window get the same session',
    async run({ storage }) {
      const { account, session } = await rotateOnce(storage)
      for (const elapsed of [1, 2, 3]) {
        const rotation = await storage.sessions.rotate(rotationOf(account, { now: account.now + elapsed }))
        expectEqual(rotation, { outcome: 'repeated', session, user: account.user }, `Retry number ${elapsed}`)
      }
    },
  },
  {
    title: 'sessions.rotate: the parent one millisecond after the grace window is reused and the session is revoked',
    async run({ storage }) {
      const rotated = await rotateOnce(storage)
      const now = rotated.session.rotatedAt + graceMilliseconds + 1
      const request = rotationOf(rotated.account, { now })
      await expectReused(storage, rotated, request, 'After the window, presenting the parent means that it was copied')
    },
  },
  {
    title: 'sessions.rotate: with a grace of 0 the parent is reused even at the instant of the rotation',
    async run({ storage }) {
      const rotated = await rotateOnce(storage)
      const request = rotationOf(rotated.account, { graceMilliseconds: 0 })
      await expectReused(storage, rotated, request, 'A grace of 0 turns the window off')
    },
  },
  {
    title: 'sessions.rotate: a generation older than the parent is reused even within the grace window',
    async run({ storage }) {
      const rotated = await rotateOnce(storage, { generation: 4 })
      const request = rotationOf(rotated.account, { generation: 3 })
      await expectReused(
        storage,
        rotated,
        request,
        'Presenting a generation older than the parent means that it was copied',
      )
    },
  },
  {
    title: 'sessions.rotate: a reuse puts the session into the feed, not a generation',
    async run({ storage }) {
      const rotated = await rotateOnce(storage)
      const request = rotationOf(rotated.account, { graceMilliseconds: 0, recordSuperseded: true })
      await expectReused(storage, rotated, request, 'A reuse ends the whole session')
    },
  },
  {
    title: 'sessions.rotate: after a reuse the current generation is unknown',
    async run({ storage }) {
      const { account } = await rotateOnce(storage)
      const reuse = await storage.sessions.rotate(rotationOf(account, { graceMilliseconds: 0 }))
      expectOutcome(reuse, 'reused', 'A grace of 0 turns the window off')
      const rotation = await storage.sessions.rotate(rotationOf(account, { generation: 1 }))
      expectEqual(rotation, { outcome: 'unknown' }, 'A reuse ends the session for its owner too')
    },
  },
  {
    title: 'sessions.rotate: without recordSuperseded a rotation is not in the feed',
    async run({ storage }) {
      const { account, session } = await rotateOnce(storage)
      const lines = await revocationsOf(storage, [session.id], account.user.createdAt)
      expectEqual(lines, [], 'A rotation is recorded only if the request asks for it')
    },
  },
  {
    title: 'sessions.rotate: with recordSuperseded the generation that ends is in the feed',
    async run({ storage }) {
      const { account, session } = await rotateOnce(storage, { recordSuperseded: true })
      const lines = await revocationsOf(storage, [session.id], account.user.createdAt)
      expectEqual(lines, [generationLine(session, 0, account.now)], 'The access tokens of generation 0 are invalid')
    },
  },
  {
    title: 'sessions.rotate: with recordSuperseded a generation ahead of the store is the one that ends',
    async run({ storage }) {
      const { account, session } = await rotateOnce(storage, { generation: 6, recordSuperseded: true })
      const lines = await revocationsOf(storage, [session.id], account.user.createdAt)
      expectEqual(lines, [generationLine(session, 6, account.now)], 'The access tokens of generation 6 are invalid')
    },
  },
  {
    title: 'sessions.rotate: with recordSuperseded every rotation adds its own line',
    async run({ storage }) {
      const { account, session } = await rotateOnce(storage, { generation: 9, recordSuperseded: true })
      await storage.sessions.rotate(rotationOf(account, { generation: 10, recordSuperseded: true }))
      const lines = await revocationsOf(storage, [session.id], account.user.createdAt)
      const asked = [generationLine(session, 9, account.now), generationLine(session, 10, account.now)]
      expectEqual(lines, asked, 'Each superseded generation is in the feed, in the order of generations')
    },
  },
]
