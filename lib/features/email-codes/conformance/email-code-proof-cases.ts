import { randomUUID } from 'node:crypto'
import { reauthenticationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { expectSucceeded, type ProvenMethod, provenMethods } from '../../../conformance/proven-methods.js'
import { storePasswordless, storeUser } from '../../../conformance/stored-records.js'
import {
  codeProofOf,
  expectCode,
  expectWrong,
  randomCodeHash,
  signInOf,
  storeCode,
  storeNewcomersCode,
  storeProvenAccount,
  tries,
  wrongTrialOf,
} from './code-account.js'
import { expectStale } from './proven-methods.js'

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method } = proven
  return [
    {
      title: `${method}: a mailed code alone is accepted, once`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const proof = codeProofOf(account.code)
        const rule = 'A code is good for one session'
        await expectSucceeded(proven, storage, account, [proof], rule)
        await expectCode(storage, account.code, null, rule)
        for (const _ of [1, 2]) await expectStale(proven, storage, account, proof, rule)
      },
    },
    {
      title: `${method}: a wrong code is stale, costs no try, and leaves the right one good`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const { code } = account
        const rule = 'A proof is not a try: only codes that were right are presented as proofs'
        for (let trial = 0; trial <= tries; trial++)
          await expectStale(proven, storage, account, codeProofOf({ ...code, hash: randomCodeHash() }), rule)
        await expectStale(proven, storage, account, codeProofOf({ ...code, id: randomUUID() }), rule)
        await expectSucceeded(proven, storage, account, [codeProofOf(code)], rule)
      },
    },
    {
      title: `${method}: a code that was mailed to another address is stale, and stays`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const { createdAt, id: userId } = account.user
        const other = await storeProvenAccount(storage, { createdAt })
        const rule = 'A code proves the address that it was mailed to, and no other'
        const newcomers = await storeNewcomersCode(storage, { createdAt, expiresAt: other.code.expiresAt })
        const former = await storeNewcomersCode(storage, { userId, createdAt, expiresAt: other.code.expiresAt })
        for (const code of [other.code, newcomers, former]) {
          await expectStale(proven, storage, account, codeProofOf(code), rule)
          await expectCode(storage, code, code, rule)
        }
        await expectSucceeded(proven, storage, other, [codeProofOf(other.code)], rule)
      },
    },
    {
      title: `${method}: a code that was requested before its user signed up is accepted`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const rule = 'The address decides whose code it is, not who had it at the request'
        for (const userId of [null, (await storeUser(storage)).id]) {
          const code = await storeCode(storage, account.user, { userId })
          await expectSucceeded(proven, storage, account, [codeProofOf(code)], rule)
          await expectCode(storage, code, null, rule)
        }
      },
    },
    {
      title: `${method}: a code for an address that the user no longer has is stale`,
      features: ['email'],
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const { tokens, code, now } = account
        const request = { hash: tokens.changeEmail.hash, now }
        expectOutcome(await storage.oneTimeTokens.changeEmail(request), 'changed', 'The token is live')
        const rule = 'A code proves only the present address'
        await expectStale(proven, storage, account, codeProofOf(code), rule)
        await expectCode(storage, code, code, rule)
      },
    },
    {
      title: `${method}: a replaced code is stale, and the one that replaced it stays`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const next = await storeCode(storage, account.user)
        const rule = 'An address has at most one code'
        await expectStale(proven, storage, account, codeProofOf(account.code), rule)
        await expectStale(proven, storage, account, codeProofOf({ ...account.code, hash: next.hash }), rule)
        await expectSucceeded(proven, storage, account, [codeProofOf(next)], rule)
      },
    },
    {
      title: `${method}: a code is stale at exactly expiresAt`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const { user, now } = account
        const expired = await storeCode(storage, user, { expiresAt: now })
        const rule = 'A code is live before its expiry, and no longer from then on'
        await expectStale(proven, storage, account, codeProofOf(expired), rule)
        const live = await storeCode(storage, user, { expiresAt: now + 1 })
        await expectSucceeded(proven, storage, account, [codeProofOf(live)], rule)
      },
    },
    {
      title: `${method}: a code without tries left is stale, one with the last try is accepted`,
      async run({ storage }) {
        const account = await storeProvenAccount(storage)
        const code = await storeCode(storage, account.user, { triesLeft: 1 })
        await expectWrong(storage, wrongTrialOf(code), 'Another code is wrong')
        const rule = 'A code that was guessed too often proves nothing'
        await expectStale(proven, storage, account, codeProofOf(code), rule)
        const next = await storeCode(storage, account.user, { triesLeft: 1 })
        await expectSucceeded(proven, storage, account, [codeProofOf(next)], rule)
      },
    },
  ]
}

/** Cases for a mailed code as a proof. */
export const emailCodeProofCases: readonly ConformanceCase[] = [
  ...provenMethods.flatMap(casesOf),
  {
    title: 'sessions.open: a user without a password signs in with a mailed code',
    async run({ storage }) {
      const user = await storePasswordless(storage)
      const code = await storeCode(storage, user)
      const now = code.expiresAt - 1
      const request = signInOf({ user, now }, [codeProofOf(code)])
      const answer = expectOutcome(await storage.sessions.open(request), 'opened', 'A code is a first factor')
      const rule = 'A proof consumes the code, and proves no address: only tryCode removes what the account had before'
      expectEqual(answer.user, { ...user, lastSignInAt: now }, rule)
      const found = await storage.sessions.find({ sessionId: request.session.id, now })
      expectEqual(found, request.session, 'The session is stored as given')
    },
  },
  {
    title: 'sessions.reauthenticate: the session goes on two generations later, with the mailed code as a method',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { user, sessions, code, now } = account
      const [first] = sessions
      const request = reauthenticationOf(account, { proofs: [codeProofOf(code)], methods: ['email'] })
      const changed = { generation: first.generation + 2, authenticatedAt: now, rotatedAt: now }
      const methods = ['password', 'email']
      const session = { ...first, ...changed, methods, expiresAt: request.idleExpiresAt }
      const answer = await storage.sessions.reauthenticate(request)
      expectEqual(answer, { outcome: 'reauthenticated', user, session }, 'A code proves a session again')
    },
  },
]
