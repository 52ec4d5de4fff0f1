import { randomBytes } from 'node:crypto'
import { reauthenticationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { beside, expectSucceeded, type ProvenMethod, provenMethods } from '../../../conformance/proven-methods.js'
import {
  expectPasskeys,
  openWith,
  passkeyProofOf,
  registrationOf,
  signInOf,
  storePasskey,
  storePasskeyAccount,
  storePasswordlessAccount,
  usedPasskey,
} from './passkey-account.js'
import { expectRefused, expectUsed } from './proven-methods.js'
import { removalOf } from './remove-passkey-cases.js'

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method } = proven
  return [
    {
      title: `${method}: a passkey alone is accepted, and its counter, backedUp and lastUsedAt are stored`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [passkey] = account.passkeys
        const rule = 'A use of a passkey is stored with the passkey'
        const use = passkeyProofOf(passkey, { counter: 17 })
        const used = await expectUsed(proven, storage, account, { passkey, use }, rule)
        const later = passkeyProofOf(used, { counter: 18, backedUp: true })
        await expectUsed(proven, storage, account, { passkey: used, use: later }, rule)
      },
    },
    {
      title: `${method}: a challenge that was used before is spent, for every passkey, and nothing is written`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { user, passkeys } = account
        const other = await storePasskeyAccount(storage, { createdAt: user.createdAt })
        const use = passkeyProofOf(passkeys[0])
        await expectSucceeded(proven, storage, account, [use], 'A new challenge is good')
        const { challengeHash } = use
        const rule = 'A challenge is valid once, for all users together'
        const later = { challengeHash, counter: 100 }
        for (const proof of [use, passkeyProofOf(passkeys[0], later), passkeyProofOf(passkeys[1], later)])
          await expectRefused(proven, storage, account, { outcome: 'spent', proofs: [proof] }, rule)
        const foreign = [passkeyProofOf(other.passkeys[0], later)]
        await expectRefused(proven, storage, other, { outcome: 'spent', proofs: foreign }, rule)
      },
    },
    {
      title: `${method}: a challenge that a registration has spent is spent, and nothing is written`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const other = await storePasskeyAccount(storage, { createdAt: account.user.createdAt })
        const request = registrationOf(account)
        await storage.passkeys.register(request)
        const { challengeHash, passkey } = request
        const rule = 'The challenge of a registration opens no session'
        for (const [one, used] of [
          [account, account.passkeys[0]],
          [account, passkey],
          [other, other.passkeys[0]],
        ] as const) {
          const proofs = [passkeyProofOf(used, { challengeHash })]
          await expectRefused(proven, storage, one, { outcome: 'spent', proofs }, rule)
        }
      },
    },
    {
      title: `${method}: an unknown, a removed and another user’s passkey is stale and nothing is written`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { user, passkeys } = account
        const [removed] = passkeys
        const other = await storePasskeyAccount(storage, { createdAt: user.createdAt })
        await storage.passkeys.remove(removalOf(account, removed))
        const unknown = { ...removed, credentialId: randomBytes(32).toString('base64url') }
        const rule = 'Only a stored passkey of the user proves who they are'
        for (const passkey of [unknown, removed, other.passkeys[0]])
          await expectRefused(proven, storage, account, { outcome: 'stale', proofs: [passkeyProofOf(passkey)] }, rule)
        await expectPasskeys(storage, other, other.passkeys, rule)
      },
    },
    {
      title: `${method}: a passkey whose counter has not grown is stale and nothing is written`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [passkey] = account.passkeys
        const rule = 'A counter that has not grown reveals a copy'
        for (const counter of [passkey.counter, passkey.counter - 1, 1])
          await expectRefused(
            proven,
            storage,
            account,
            { outcome: 'stale', proofs: [passkeyProofOf(passkey, { counter })] },
            rule,
          )
        await expectUsed(proven, storage, account, { passkey, use: passkeyProofOf(passkey) }, 'A grown counter is good')
      },
    },
    {
      title: `${method}: a passkey that is backed up is accepted with a lower counter, which is stored`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [passkey] = account.passkeys
        const rule = 'The devices of a synced passkey do not share a counter'
        let used = passkey
        for (const change of [
          { counter: 3, backedUp: true },
          { counter: 3, backedUp: true },
          { counter: 2, backedUp: true },
          { counter: 1, backedUp: false },
        ])
          used = await expectUsed(proven, storage, account, { passkey: used, use: passkeyProofOf(used, change) }, rule)
        const copied = passkeyProofOf(used, { counter: 1 })
        const after = 'A passkey that is no longer backed up is compared again'
        await expectRefused(proven, storage, account, { outcome: 'stale', proofs: [copied] }, after)
      },
    },
    {
      title: `${method}: a counter of 0 is not compared, and is stored`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [passkey] = account.passkeys
        const rule = 'An authenticator that does not count sends 0'
        let used = passkey
        for (const counter of [0, 0, 7, 0, 1])
          used = await expectUsed(
            proven,
            storage,
            account,
            { passkey: used, use: passkeyProofOf(used, { counter }) },
            rule,
          )
      },
    },
    {
      title: `${method}: spent comes before stale`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [first, second] = account.passkeys
        const use = passkeyProofOf(first)
        await expectSucceeded(proven, storage, account, [use], 'A new challenge is good')
        const { challengeHash } = use
        const rule = 'A challenge that was used before is spent, whatever the passkey'
        const unknown = { ...second, credentialId: randomBytes(32).toString('base64url') }
        for (const proof of [
          passkeyProofOf(second, { challengeHash, counter: 1 }),
          passkeyProofOf(unknown, { challengeHash }),
        ])
          await expectRefused(proven, storage, account, { outcome: 'spent', proofs: [proof] }, rule)
      },
    },
    {
      title: `${method}: passkeys make no second factor due`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const rule = 'A user with passkeys can still use the password alone'
        await expectSucceeded(proven, storage, account, beside(account), rule)
        await openWith(storage, account, account.passkeys[0])
        await expectSucceeded(proven, storage, account, beside(account), rule)
      },
    },
  ]
}

/** Cases for a passkey as a proof. */
export const passkeyProofCases: readonly ConformanceCase[] = [
  ...provenMethods.flatMap(casesOf),
  {
    title: 'sessions.open: a user without a password signs in with a passkey',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const passkey = await storePasskey(storage, account)
      const { user, now } = account
      const use = passkeyProofOf(passkey)
      const request = signInOf(account, [use])
      const answer = expectOutcome(await storage.sessions.open(request), 'opened', 'A passkey is a first factor')
      expectEqual(answer.user, { ...user, lastSignInAt: now }, 'The instant of the sign-in is stored')
      const { session } = request
      expectEqual(
        await storage.sessions.find({ sessionId: session.id, now }),
        session,
        'The session is stored as given',
      )
      await expectPasskeys(storage, account, [usedPasskey(passkey, use, now)], 'The use is stored with the passkey')
    },
  },
  {
    title: 'sessions.reauthenticate: the session goes on two generations later, with the passkey as a method',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, sessions, passkeys, now } = account
      const [first] = sessions
      const proofs = [passkeyProofOf(passkeys[0])]
      const request = reauthenticationOf(account, { proofs, methods: ['passkey'] })
      const changed = { generation: first.generation + 2, authenticatedAt: now, rotatedAt: now }
      const methods = ['password', 'passkey']
      const session = { ...first, ...changed, methods, expiresAt: request.idleExpiresAt }
      const answer = await storage.sessions.reauthenticate(request)
      expectEqual(answer, { outcome: 'reauthenticated', user, session }, 'A passkey proves a session again')
    },
  },
]
