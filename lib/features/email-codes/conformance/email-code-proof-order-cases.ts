import { randomUUID } from 'node:crypto'
import { passwordProofOf, reauthenticationOf, unknownProof } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { beside, expectSucceeded, type ProvenMethod, provenMethods } from '../../../conformance/proven-methods.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import type { Proof } from '../../sessions/port.js'
import {
  type CodeAccount,
  codeProofOf,
  expectCode,
  expectNothingWritten,
  randomCodeHash,
  signInOf,
  storeCode,
  storeProvenAccount,
} from './code-account.js'
import { expectRefused, expectStale } from './proven-methods.js'

const outdated = passwordProofOf({ passwordHash: randomPasswordHash() })

/** Returns lists of proofs that are stale, each for another reason. */
function staleLists({ user, code }: CodeAccount, other: CodeAccount): readonly (readonly Proof[])[] {
  const password = passwordProofOf(user)
  const proof = codeProofOf(code)
  const guess = codeProofOf({ ...code, hash: randomCodeHash() })
  return [
    [outdated, proof],
    [proof, outdated],
    [password, guess],
    [guess, password],
    [proof, guess],
    [proof, proof],
    [proof, codeProofOf(other.code)],
    [password, proof, guess],
    [proof, unknownProof],
    [unknownProof, proof],
  ]
}

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method, attempt, ifDisabled } = proven
  return [
    {
      title: `${method}: of a mailed code and a password the first that does not hold decides, and neither is used`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const { createdAt } = account.user
        const other = await storeProvenAccount(storage, { createdAt })
        const rule = 'No proof is used unless all hold'
        for (const proofs of staleLists(account, other))
          await expectRefused(proven, storage, account, { outcome: 'stale', proofs }, rule)
        await expectCode(storage, other.code, other.code, rule)
        await expectSucceeded(proven, storage, account, [codeProofOf(account.code)], rule)
      },
    },
    {
      title: `${method}: a mailed code beside the password is consumed`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const proofs = beside(account, codeProofOf(account.code))
        const rule = 'Every proof of the request is used'
        await expectSucceeded(proven, storage, account, proofs, rule)
        await expectCode(storage, account.code, null, rule)
        await expectRefused(proven, storage, account, { outcome: 'stale', proofs }, rule)
      },
    },
    {
      title: `${method}: a mailed code of a disabled user is not consumed`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const { user, code, now } = account
        await storage.users.disable({ userId: user.id, now })
        const proofs = [codeProofOf(code)]
        const rule = 'A code that holds reveals that the user is disabled, and stays good'
        await expectRefused(proven, storage, account, { outcome: ifDisabled, proofs }, rule)
        await expectStale(
          proven,
          storage,
          account,
          codeProofOf({ ...code, hash: randomCodeHash() }),
          'A wrong one reveals nothing',
        )
        await storage.users.enable({ userId: user.id })
        expectEqual((await storage.sessions.open(signInOf(account, proofs))).outcome, 'opened', rule)
      },
    },
    {
      title: `${method}: for a deleted user a mailed code is stale`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const { user, now } = account
        await storage.users.delete({ userId: user.id, now })
        const later = await storeCode(storage, user)
        for (const code of [account.code, later])
          expectEqual(
            await attempt(storage, account, [codeProofOf(code)]),
            { outcome: 'stale' },
            'A deleted user proves nothing',
          )
      },
    },
  ]
}

/** Cases for which proof comes first, and for codes that stay as they are unless the call succeeds. */
export const emailCodeProofOrderCases: readonly ConformanceCase[] = [
  ...provenMethods.flatMap(casesOf),
  {
    title: 'sessions.reauthenticate: a session that has ended consumes no mailed code',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const other = await storeProvenAccount(storage, { createdAt: account.user.createdAt })
      const { sessions, code, now } = account
      await storage.sessions.revoke({ sessionId: sessions[0].id, now })
      const rule = 'Nothing is written unless the session is reauthenticated'
      const guess = codeProofOf({ ...code, hash: randomCodeHash() })
      for (const sessionId of [sessions[0].id, other.sessions[0].id, randomUUID()])
        for (const [outcome, proof] of [
          ['sessionEnded', codeProofOf(code)],
          ['stale', guess],
        ] as const) {
          const request = reauthenticationOf(account, { proofs: [proof], sessionId, methods: ['email'] })
          const reauthenticate = () => storage.sessions.reauthenticate(request)
          expectEqual(await expectNothingWritten(storage, account, reauthenticate, rule), { outcome }, rule)
        }
      expectEqual((await storage.sessions.open(signInOf(account, [codeProofOf(code)]))).outcome, 'opened', rule)
    },
  },
]
