import type { Storage } from '../../../composition/storage.js'
import { openingOf, passwordProofOf, reauthenticationOf, unknownProof } from '../../../conformance/account-requests.js'
import { expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomPasswordHash, randomSession } from '../../../conformance/random-records.js'
import { type Account, storeAccount, storeDisabledAccount } from '../../../conformance/stored-records.js'
import type { Proof } from '../port.js'

type Attempt = (storage: Storage, account: Account, proofs: readonly Proof[]) => Promise<{ readonly outcome: string }>

const outdated: Proof = passwordProofOf({ passwordHash: randomPasswordHash() })

async function expectStale(
  storage: Storage,
  account: Account,
  attempt: () => Promise<{ readonly outcome: string }>,
  rule: string,
) {
  const { user, now } = account
  const list = () => storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
  const before = await list()
  expectEqual(await expectUnchanged(storage, account, attempt, rule), { outcome: 'stale' }, rule)
  expectEqual(await list(), before, rule)
}

function casesOf(method: string, attempt: Attempt): readonly ConformanceCase[] {
  return [
    {
      title: `${method}: without a proof the answer is stale and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        await expectStale(storage, account, () => attempt(storage, account, []), 'At least one proof is needed')
      },
    },
    {
      title: `${method}: a proof of an unknown kind is stale and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const holds = passwordProofOf(account.user)
        const rule = 'A proof that the storage cannot check does not hold'
        for (const proofs of [[unknownProof], [holds, unknownProof], [unknownProof, holds]])
          await expectStale(storage, account, () => attempt(storage, account, proofs), rule)
      },
    },
    {
      title: `${method}: two proofs of one kind are stale and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const holds = passwordProofOf(account.user)
        for (const proofs of [
          [holds, holds],
          [holds, outdated],
          [outdated, holds],
        ])
          await expectStale(
            storage,
            account,
            () => attempt(storage, account, proofs),
            'A kind occurs once in a request',
          )
      },
    },
    {
      title: `${method}: without a proof that holds, a disabled user is not revealed`,
      async run({ storage }) {
        const account = await storeDisabledAccount(storage)
        const rule = 'Only proofs that hold reveal that the user is disabled'
        for (const proofs of [[], [unknownProof], [outdated], [passwordProofOf(account.user), unknownProof]])
          await expectStale(storage, account, () => attempt(storage, account, proofs), rule)
      },
    },
  ]
}

/** Cases for the proofs of `sessions.open` and `sessions.reauthenticate`, whatever their kind. */
export const proofCases: readonly ConformanceCase[] = [
  ...casesOf('sessions.open', (storage, account, proofs) => storage.sessions.open(openingOf(account, { proofs }))),
  ...casesOf('sessions.reauthenticate', (storage, account, proofs) =>
    storage.sessions.reauthenticate(reauthenticationOf(account, { proofs })),
  ),
  {
    title: 'sessions.open: the methods and the instant of the proofs are stored as given',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const authenticatedAt = user.createdAt - 1
      const session = randomSession(user, { methods: ['provider', 'passkey', 'email'], authenticatedAt })
      await storage.sessions.open(openingOf(account, { session }))
      const found = await storage.sessions.find({ sessionId: session.id, now })
      expectEqual(found, session, 'methods are a list in the order given, and authenticatedAt is a separate instant')
    },
  },
]
