import { randomUUID } from 'node:crypto'
import type { Storage } from '../composition/storage.js'
import type { AskingSession } from '../storage/asking-session.js'
import { expectUnchanged } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual } from './contract.js'
import { type Account, storeAccount, storeSession } from './stored-records.js'

type Ask = (storage: Storage, account: Account, asking: AskingSession) => Promise<{ readonly outcome: string }>

/** A call with a requesting session. */
interface AskedMethod {
  readonly ask: Ask
  /** The outcome for a live session. */
  readonly granted: string
}

async function expectSessionEnded(storage: Storage, account: Account, sessionId: string, ask: Ask): Promise<void> {
  const asking = { sessionId, now: account.now }
  const rule = 'A session that is not a live session of the user changes nothing'
  const { outcome } = await expectUnchanged(storage, account, () => ask(storage, account, asking), rule)
  expectEqual(outcome, 'sessionEnded', rule)
}

function casesOf([method, { ask, granted }]: readonly [string, AskedMethod]): readonly ConformanceCase[] {
  return [
    {
      title: `${method}: a live session of the user is accepted`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { outcome } = await ask(storage, account, { sessionId: account.sessions[0].id, now: account.now })
        expectEqual(outcome, granted, 'A request of a live session succeeds')
      },
    },
    {
      title: `${method}: a session that has been revoked is sessionEnded, and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { id: sessionId } = await storeSession(storage, account.user)
        await storage.sessions.revoke({ sessionId, now: account.now })
        await expectSessionEnded(storage, account, sessionId, ask)
      },
    },
    {
      title: `${method}: an expired, an unknown and another user’s session are sessionEnded`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const stranger = await storeAccount(storage)
        const expired = await storeSession(storage, account.user, { expiresAt: account.now })
        const foreign = await storeSession(storage, stranger.user, { expiresAt: account.now + 1_000 })
        for (const sessionId of [expired.id, foreign.id, randomUUID()])
          await expectSessionEnded(storage, account, sessionId, ask)
      },
    },
  ]
}

/** Returns cases for methods that check the requesting session again within their own step. */
export function askingCases(methods: Readonly<Record<string, AskedMethod>>): readonly ConformanceCase[] {
  return Object.entries(methods).flatMap(casesOf)
}
