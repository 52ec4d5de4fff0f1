import type { Storage } from '../../../composition/storage.js'
import { reauthenticationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { purgeTime as now, purgeToTheEnd } from '../../../conformance/purge-cases.js'
import type { EpochMilliseconds, SessionRecord } from '../../../storage/records.js'
import type { PasskeyRecord, SpentChallenge } from '../port.js'
import {
  expectPasskeys,
  type PasskeyAccount,
  passkeyProofOf,
  randomChallenge,
  registrationOf,
  signInOf,
  storePasskeyAccount,
} from './passkey-account.js'
import { removalOf } from './remove-passkey-cases.js'

/** An instant before the purge, at which records that the purge removes are still found. */
const earlier = now - 1

/** A user with two passkeys from the time of the purges, who signs in shortly before them. */
async function storeElder(storage: Storage) {
  const account = await storePasskeyAccount(storage, { createdAt: now - 1_000 })
  return { ...account, now: earlier }
}

/** Returns whether the challenge is known to be spent. A credential id that is stored keeps the call from writing anything. */
async function isSpent(storage: Storage, account: PasskeyAccount, challenge: SpentChallenge): Promise<boolean> {
  const [passkey] = account.passkeys
  const { outcome } = await storage.passkeys.register(registrationOf(account, { ...challenge, passkey }))
  return outcome === 'spent'
}

/** Signs in with the passkey. Returns the challenge that this has spent. */
async function spendBySignIn(
  storage: Storage,
  account: PasskeyAccount,
  passkey: PasskeyRecord,
  instants: { readonly challengeExpiresAt: EpochMilliseconds; readonly absoluteExpiresAt: EpochMilliseconds },
): Promise<SpentChallenge> {
  const { challengeExpiresAt, absoluteExpiresAt } = instants
  const proof = passkeyProofOf(passkey, { challengeExpiresAt, counter: passkey.counter + 1 })
  const expiresAt = Math.min(absoluteExpiresAt, now + 1)
  const request = signInOf(account, [proof], { absoluteExpiresAt, expiresAt } satisfies Partial<SessionRecord>)
  expectOutcome(await storage.sessions.open(request), 'opened', 'A passkey opens a session')
  const { challengeHash } = proof
  return { challengeHash, challengeExpiresAt }
}

/** Cases for removing the challenges that passkeys have spent. */
export const passkeyPurgeCases: readonly ConformanceCase[] = [
  {
    title: 'purge: the challenge of a registration is forgotten at exactly its expiry, and not a millisecond before',
    async run({ storage }) {
      const elder = await storeElder(storage)
      const expired = randomChallenge(now, { challengeExpiresAt: now })
      const live = randomChallenge(now, { challengeExpiresAt: now + 1 })
      for (const challenge of [expired, live])
        expectOutcome(
          await storage.passkeys.register(registrationOf(elder, challenge)),
          'registered',
          'A new challenge is good',
        )
      await purgeToTheEnd(storage, 100)
      expectEqual(await isSpent(storage, elder, expired), false, 'A spent challenge is removed at its expiry')
      expectEqual(await isSpent(storage, elder, live), true, 'A challenge stays spent as long as it could be used')
    },
  },
  {
    title: 'purge: the use of a passkey is removed when both its challenge and its session have expired',
    async run({ storage }) {
      const elder = await storeElder(storage)
      const [first, second] = elder.passkeys
      const rule = 'A use is stored until the later one of challengeExpiresAt and absoluteExpiresAt'
      for (const [passkey, counter, challengeExpiresAt, absoluteExpiresAt, isStored] of [
        [first, 5, now, now, false],
        [first, 6, now - 500, now, false],
        [first, 7, now, now + 1, true],
        [second, 5, now + 1, now, true],
        [second, 6, now + 1, now + 1, true],
      ] as const) {
        const used = { ...passkey, counter }
        const challenge = await spendBySignIn(storage, elder, used, { challengeExpiresAt, absoluteExpiresAt })
        expectEqual(await isSpent(storage, elder, challenge), true, 'A challenge that was used is spent')
        await purgeToTheEnd(storage, 100)
        expectEqual(await isSpent(storage, elder, challenge), isStored, rule)
      }
    },
  },
  {
    title: 'purge: a session stays one of its passkey as long as it can be refreshed',
    async run({ storage }) {
      const elder = await storeElder(storage)
      const { user, sessions, passkeys } = elder
      const [passkey] = passkeys
      const proof = passkeyProofOf(passkey, { challengeExpiresAt: now - 500 })
      const request = signInOf(elder, [proof], { expiresAt: now + 1, absoluteExpiresAt: now + 2 })
      await storage.sessions.open(request)
      const again = passkeyProofOf({ ...passkey, counter: 5 }, { challengeExpiresAt: now - 500 })
      const [{ id: sessionId }] = sessions
      await storage.sessions.reauthenticate(reauthenticationOf(elder, { sessionId, proofs: [again] }))
      await purgeToTheEnd(storage, 100)
      const answer = await storage.passkeys.endSessions({ passkeyId: passkey.id, userId: user.id, now, messages: [] })
      const ended = [request.session.id, sessionId].sort()
      expectEqual([...answer.revokedSessionIds].sort(), ended, 'A purge does not separate a session from its passkey')
    },
  },
  {
    title: 'purge: passkeys stay, whether or not they were used',
    async run({ storage }) {
      const elder = await storeElder(storage)
      const [first, second] = elder.passkeys
      const instants = { challengeExpiresAt: now, absoluteExpiresAt: now }
      await spendBySignIn(storage, elder, first, instants)
      await purgeToTheEnd(storage, 100)
      const used = { ...first, counter: first.counter + 1, lastUsedAt: earlier }
      await expectPasskeys(storage, elder, [used, second], 'A purge removes no passkey')
    },
  },
  {
    title: 'purge: at most `limit` uses of passkeys are removed per call, and each is counted once',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const elder = await storeElder(storage)
      const challenges = [1, 2, 3].map(() => randomChallenge(now, { challengeExpiresAt: now }))
      for (const challenge of challenges) await storage.passkeys.register(registrationOf(elder, challenge))
      const counts = (await purgeToTheEnd(storage, 2)).map(({ passkeyUses }) => passkeyUses)
      const rule = 'A call removes at most `limit` uses, and the answers are the numbers of those removed'
      expectEqual([Math.max(...counts) <= 2, counts.reduce((sum, count) => sum + count)], [true, 3], rule)
      for (const challenge of challenges) expectEqual(await isSpent(storage, elder, challenge), false, rule)
    },
  },
  {
    title: 'purge: a deleted user leaves no uses of passkeys to purge',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const elder = await storeElder(storage)
      await spendBySignIn(storage, elder, elder.passkeys[0], { challengeExpiresAt: now, absoluteExpiresAt: now })
      await storage.passkeys.register(registrationOf(elder, randomChallenge(now, { challengeExpiresAt: now })))
      await storage.users.delete({ userId: elder.user.id, now })
      const counts = (await purgeToTheEnd(storage, 1_000)).map(({ passkeyUses }) => passkeyUses)
      expectEqual(counts, [0], 'A deletion removes the uses of the passkeys')
    },
  },
  {
    title: 'purge: the uses of a removed passkey are removed like any others',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const elder = await storeElder(storage)
      const { user, passkeys } = elder
      const instants = { challengeExpiresAt: now, absoluteExpiresAt: now }
      const challenge = await spendBySignIn(storage, elder, passkeys[0], instants)
      await storage.passkeys.remove(removalOf(elder, passkeys[0]))
      const rest = { ...elder, passkeys: [passkeys[1], passkeys[1]] as const }
      expectEqual(await isSpent(storage, rest, challenge), true, 'A removal gives no challenge back')
      const [first] = await purgeToTheEnd(storage, 1_000)
      expectEqual(first?.passkeyUses, 1, 'The use of a removed passkey is purged like any other')
      expectEqual((await storage.passkeys.list({ userId: user.id })).length, 1, 'The other passkey stays')
    },
  },
]
