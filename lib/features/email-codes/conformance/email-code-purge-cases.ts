import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { purgeTime as now, purgeToTheEnd, storeElder } from '../../../conformance/purge-cases.js'
import { concurrently, raceCase } from '../../../conformance/race.js'
import { randomUser, type UserWithPassword } from '../../../conformance/random-records.js'
import type { SignInCodeRecord } from '../port.js'
import { codeProofOf, expectWrong, signInOf, storeCode, wrongTrialOf } from './code-account.js'

/** An instant before the purge, at which records that the purge removes are still found. */
const earlier = now - 1

/** Stores a code for an address that no user has, from the time of the purges. */
function storeElderCode(storage: Storage, expiresAt = now): Promise<SignInCodeRecord> {
  return storeCode(storage, randomUser({ createdAt: now - 1_000 }), { userId: null, expiresAt })
}

const isStored = async ({ signInCodes }: Storage, { email }: SignInCodeRecord) =>
  (await signInCodes.find({ email, now: earlier })) !== null

/** Purges to the end. Returns how many codes were removed. */
async function countPurged(storage: Storage): Promise<number> {
  const counts = await purgeToTheEnd(storage, 1_000)
  return counts.reduce((sum, { signInCodes }) => sum + signInCodes, 0)
}

async function expectNothingLeft(storage: Storage, user: UserWithPassword, rule: string): Promise<void> {
  expectEqual(await countPurged(storage), 0, rule)
  expectEqual(await storage.signInCodes.find({ email: user.email, now: earlier }), null, rule)
}

/** Cases for removing expired codes. */
export const emailCodePurgeCases: readonly ConformanceCase[] = [
  {
    title: 'purge: a code that expires at exactly this instant is removed, one that expires a millisecond later stays',
    async run({ storage }) {
      const [expired, live] = [await storeElderCode(storage), await storeElderCode(storage, now + 1)]
      await purgeToTheEnd(storage, 100)
      expectEqual(await isStored(storage, expired), false, 'An expired code is removed')
      const found = await storage.signInCodes.find({ email: live.email, now })
      expectEqual(found, live, 'A live code stays as it is')
    },
  },
  {
    title: 'purge: at most `limit` codes are removed per call, and each is counted once',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const codes = [await storeElderCode(storage), await storeElderCode(storage), await storeElderCode(storage)]
      const counts = (await purgeToTheEnd(storage, 2)).map(({ signInCodes }) => signInCodes)
      const rule = 'A call removes at most `limit` codes, and the answers are the numbers of those removed'
      expectEqual([Math.max(...counts) <= 2, counts.reduce((sum, count) => sum + count)], [true, 3], rule)
      for (const code of codes) expectEqual(await isStored(storage, code), false, rule)
    },
  },
  {
    title: 'purge: a code without tries left is removed at its expiry, too',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const user = await storeElder(storage)
      const code = await storeCode(storage, user, { triesLeft: 1, expiresAt: now })
      await expectWrong(storage, wrongTrialOf(code, { now: earlier }), 'Another code is wrong')
      expectEqual(await countPurged(storage), 1, 'A code is stored until it expires')
      await expectNothingLeft(storage, user, 'Nothing of the code is left')
    },
  },
  {
    title: 'purge: a replaced and a consumed code leave nothing to purge',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const user = await storeElder(storage)
      await storeCode(storage, user, { expiresAt: now })
      const code = await storeCode(storage, user, { expiresAt: now })
      const request = signInOf({ user, now: earlier }, [codeProofOf(code)])
      expectEqual((await storage.sessions.open(request)).outcome, 'opened', 'A live code opens a session')
      await expectNothingLeft(storage, user, 'A code that is replaced or consumed is removed')
    },
  },
  {
    title: 'purge: a deleted user leaves no codes to purge',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const user = await storeElder(storage)
      await storeCode(storage, user, { expiresAt: now })
      await storage.users.delete({ userId: user.id, now })
      await expectNothingLeft(storage, user, 'A deletion removes the codes')
    },
  },
  raceCase('race: twenty concurrent purges count each code once', async (storage, all) => {
    await purgeToTheEnd(storage, 1_000)
    for (let code = 0; code < 5; code++) await storeElderCode(storage)
    const request = { now, revokedBefore: now, eventsBefore: now, limit: 2 }
    const answers = await concurrently(all, connection => connection.purge(request))
    const rest = await countPurged(storage)
    const sum = answers.reduce((total, { signInCodes }) => total + signInCodes, rest)
    expectEqual(sum, 5, 'Only the purge that removes a code counts it')
  }),
]
