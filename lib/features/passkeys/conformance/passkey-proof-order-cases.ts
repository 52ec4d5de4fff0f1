import { randomUUID } from 'node:crypto'
import { passwordProofOf, reauthenticationOf, unknownProof } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { beside, expectSucceeded, type ProvenMethod, provenMethods } from '../../../conformance/proven-methods.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import type { Proof } from '../../sessions/port.js'
import {
  expectNothingWritten,
  expectPasskeys,
  openWith,
  type PasskeyAccount,
  passkeyProofOf,
  registrationOf,
  signInOf,
  storeDisabledPasskeyAccount,
  storePasskeyAccount,
  usedPasskey,
} from './passkey-account.js'
import { expectRefused } from './proven-methods.js'

const outdated = passwordProofOf({ passwordHash: randomPasswordHash() })

/** Returns lists of proofs, each with the outcome: that of the first proof that does not hold. */
function refusedLists(
  { user, passkeys: [first, second] }: PasskeyAccount,
  { good, spent }: { readonly good: Proof; readonly spent: Proof },
): readonly (readonly [string, readonly Proof[]])[] {
  const password = passwordProofOf(user)
  const copied = passkeyProofOf(second, { counter: second.counter })
  return [
    ['stale', [outdated, good]],
    ['stale', [good, outdated]],
    ['stale', [outdated, spent]],
    ['spent', [spent, outdated]],
    ['spent', [password, spent]],
    ['stale', [password, copied]],
    ['stale', [copied, outdated]],
    ['stale', [good, unknownProof]],
    ['stale', [unknownProof, good]],
    ['stale', [spent, unknownProof]],
    ['stale', [good, passkeyProofOf(first)]],
    ['stale', [good, passkeyProofOf(second)]],
    ['stale', [good, good]],
    ['stale', [password, good, passkeyProofOf(second)]],
  ]
}

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method, ifDisabled } = proven
  return [
    {
      title: `${method}: of a passkey and a password the first that does not hold decides, and neither is used`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [first, second] = account.passkeys
        const spent = passkeyProofOf(second)
        await expectSucceeded(proven, storage, account, [spent], 'A new challenge is good')
        const passkeys = [first, usedPasskey(second, spent, account.now)] as const
        const good = passkeyProofOf(first)
        const rule = 'The outcome is that of the first proof that does not hold, and no proof is used'
        for (const [outcome, proofs] of refusedLists({ ...account, passkeys }, { good, spent }))
          await expectRefused(proven, storage, account, { outcome, proofs }, rule)
        await expectSucceeded(proven, storage, account, [good], 'A refused proof is good until it is used')
      },
    },
    {
      title: `${method}: a passkey beside the password is used`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [first, second] = account.passkeys
        const use = passkeyProofOf(first)
        const proofs = beside(account, use)
        const rule = 'Every proof of the request is used'
        await expectSucceeded(proven, storage, account, proofs, rule)
        await expectPasskeys(storage, account, [usedPasskey(first, use, account.now), second], rule)
        await expectRefused(proven, storage, account, { outcome: 'spent', proofs }, rule)
      },
    },
    {
      title: `${method}: a passkey of a disabled user is not used`,
      async run({ storage }) {
        const account = await storeDisabledPasskeyAccount(storage)
        const use = passkeyProofOf(account.passkeys[0])
        const rule = 'A passkey that holds reveals that the user is disabled, and its challenge stays good'
        for (const proofs of [[use], beside(account, use)])
          await expectRefused(proven, storage, account, { outcome: ifDisabled, proofs }, rule)
        await storage.users.enable({ userId: account.user.id })
        expectEqual((await storage.sessions.open(signInOf(account, [use]))).outcome, 'opened', rule)
      },
    },
    {
      title: `${method}: only a passkey that holds reveals that its user is disabled`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { user, passkeys, now } = account
        const request = registrationOf(account)
        await storage.passkeys.register(request)
        await storage.users.disable({ userId: user.id, now })
        const copied = passkeyProofOf(passkeys[0], { counter: 1 })
        const spent = passkeyProofOf(passkeys[0], { challengeHash: request.challengeHash })
        const rule = 'A proof that does not hold does not reveal that the user is disabled'
        for (const [outcome, proof] of [
          ['stale', copied],
          ['spent', spent],
        ] as const)
          await expectRefused(proven, storage, account, { outcome, proofs: [proof] }, rule)
      },
    },
    {
      title: `${method}: for a deleted user a passkey is stale`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { passkey } = await openWith(storage, account, account.passkeys[0])
        await storage.users.delete({ userId: account.user.id, now: account.now })
        const proofs = [passkeyProofOf(passkey)]
        await expectRefused(proven, storage, account, { outcome: 'stale', proofs }, 'A deleted user proves nothing')
      },
    },
  ]
}

/** Cases for which proof comes first, and for passkeys that stay as they are unless the call succeeds. */
export const passkeyProofOrderCases: readonly ConformanceCase[] = [
  ...provenMethods.flatMap(casesOf),
  {
    title: 'sessions.reauthenticate: a session that has ended uses no passkey',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storePasskeyAccount(storage, { createdAt: account.user.createdAt })
      const { sessions, passkeys, now } = account
      await storage.sessions.revoke({ sessionId: sessions[0].id, now })
      const proofs = [passkeyProofOf(passkeys[0])]
      const rule = 'Nothing is written unless the session is reauthenticated'
      for (const sessionId of [sessions[0].id, other.sessions[0].id, randomUUID()]) {
        const reauthenticate = () =>
          storage.sessions.reauthenticate(reauthenticationOf(account, { proofs, sessionId, methods: ['passkey'] }))
        const answer = await expectNothingWritten(storage, account, reauthenticate, rule)
        expectEqual(answer, { outcome: 'sessionEnded' }, rule)
      }
      expectEqual((await storage.sessions.open(signInOf(account, proofs))).outcome, 'opened', rule)
    },
  },
  {
    title: 'sessions.reauthenticate: a passkey that does not hold comes before a session that has ended',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { sessions, passkeys, now } = account
      await storage.sessions.revoke({ sessionId: sessions[0].id, now })
      const proofs = [passkeyProofOf(passkeys[0], { counter: 1 })]
      const answer = await storage.sessions.reauthenticate(reauthenticationOf(account, { proofs }))
      expectEqual(answer, { outcome: 'stale' }, 'Proofs are checked before the session')
    },
  },
]
