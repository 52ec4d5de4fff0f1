import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { randomPasswordHash, randomToken } from '../../lib/conformance/random-records.js'
import { storeAccount } from '../../lib/conformance/stored-records.js'
import { adapters } from '../support/adapters.js'

t.setTimeout(300_000)

type Account = Awaited<ReturnType<typeof storeAccount>>

/** The operations that end access or lead to that, and their outcomes. */
const endings: Readonly<Record<string, (storage: Storage, account: Account) => Promise<string>>> = {
  'a link to reset the password': async ({ oneTimeTokens }, { user }) =>
    (await oneTimeTokens.issue({ token: randomToken(user, { purpose: 'resetPassword' }), messages: [] })).outcome,
  'a password reset': async ({ oneTimeTokens }, { tokens, now }) => {
    const { hash } = tokens.resetPassword
    return (await oneTimeTokens.resetPassword({ hash, newHash: randomPasswordHash(), now, messages: [] })).outcome
  },
  'a password change': async ({ users }, { user, sessions, now }) => {
    const session = { sessionId: sessions[0].id, idleExpiresAt: now + 1_000 }
    const hashes = { currentHash: user.passwordHash, newHash: randomPasswordHash() }
    return (await users.changePassword({ userId: user.id, ...hashes, ...session, now, messages: [] })).outcome
  },
  'a disabling': async ({ users }, { user, now }) => (await users.disable({ userId: user.id, now })).outcome,
  'a deletion': async ({ users }, { user, now }) => (await users.delete({ userId: user.id, now })).outcome,
}

const expected = ['issued', 'reset', 'changed', 'disabled', 'deleted']

/** Writes to the profile without a pause, in several lanes, until `isOver`; resolves to how many were written. */
async function writeProfile(storage: Storage, userId: string, isOver: () => boolean): Promise<number> {
  let written = 0
  const lane = async () => {
    for (let patch = 0; !isOver(); patch++) {
      const { outcome } = await storage.users.updateProfile({ userId, patch: { patch }, maximumBytes: 1_000 })
      if (outcome === 'unknown') return
      written += 1
      await nextTurn()
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  return written
}

for (const { name, missing, open } of adapters) {
  t.test(`on ${name} no number of small writes holds up what ends access`, { skip: missing }, async t => {
    const { storage } = await open(t)
    t.teardown(() => storage.close())
    await storage.migrate()
    const outcomes: string[] = []
    for (const end of Object.values(endings)) {
      const account = await storeAccount(storage)
      let isOver = false
      const writing = writeProfile(storage, account.user.id, () => isOver)
      await pause(200)
      outcomes.push(await end(storage, account).finally(() => (isOver = true)))
      t.ok((await writing) > 10, 'profiles were written meanwhile')
    }
    t.same(outcomes, expected)
  })
}
