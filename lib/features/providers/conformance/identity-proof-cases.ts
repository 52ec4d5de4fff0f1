import { randomUUID } from 'node:crypto'
import { passwordProofOf, reauthenticationOf, unknownProof } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { beside, expectSucceeded, type ProvenMethod, provenMethods } from '../../../conformance/proven-methods.js'
import { randomPasswordHash, randomWord } from '../../../conformance/random-records.js'
import type { Proof } from '../../sessions/port.js'
import {
  expectIdentities,
  expectNothingWritten,
  type IdentityAccount,
  identityProofOf,
  signInOf,
  storeIdentity,
  storeIdentityAccount,
  storePasswordlessAccount,
} from './identity-account.js'
import { expectRefused } from './proven-methods.js'
import { unlinkOf } from './unlink-identity-cases.js'

const outdated = passwordProofOf({ passwordHash: randomPasswordHash() })

/** Returns lists of proofs that are stale, each for another reason. */
function staleLists({ user, identities: [first, second] }: IdentityAccount): readonly (readonly Proof[])[] {
  const password = passwordProofOf(user)
  const proof = identityProofOf(first)
  const stranger = identityProofOf({ ...first, subject: randomWord() })
  return [
    [outdated, proof],
    [proof, outdated],
    [password, stranger],
    [stranger, password],
    [proof, stranger],
    [proof, proof],
    [proof, identityProofOf(second)],
    [password, proof, identityProofOf(second)],
    [proof, unknownProof],
    [unknownProof, proof],
  ]
}

function casesOf(proven: ProvenMethod): readonly ConformanceCase[] {
  const { method, ifDisabled, attempt } = proven
  return [
    {
      title: `${method}: an identity alone is accepted, as often as it is given, and its lastUsedAt is stored`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        const [first, second] = account.identities
        const rule = 'A use of an identity is stored with the identity'
        for (const later of [0, 1_000]) {
          const now = account.now + later
          await expectSucceeded(proven, storage, { ...account, now }, [identityProofOf(first)], rule)
          await expectIdentities(storage, account, [{ ...first, lastUsedAt: now }, second], rule)
        }
        expectEqual(await storage.identities.find(second), second, 'Another identity of the user is not used')
      },
    },
    {
      title: `${method}: an unknown, a removed and another user’s identity is stale and nothing is written`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        const { user, identities } = account
        const [removed, kept] = identities
        const other = await storeIdentityAccount(storage, { createdAt: user.createdAt })
        await storage.identities.unlink(unlinkOf(account, removed))
        const rule = 'Only a stored identity of the user proves who they are'
        for (const identity of [
          removed,
          other.identities[0],
          { ...kept, subject: randomWord() },
          { ...kept, issuer: 'https://other.example' },
          { issuer: kept.subject, subject: kept.issuer },
        ])
          await expectRefused(proven, storage, account, { outcome: 'stale', proofs: [identityProofOf(identity)] }, rule)
        await expectIdentities(storage, other, other.identities, rule)
      },
    },
    {
      title: `${method}: of an identity and a password the first that does not hold decides, and neither is used`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        const rule = 'No proof is used unless all hold'
        for (const proofs of staleLists(account))
          await expectRefused(proven, storage, account, { outcome: 'stale', proofs }, rule)
      },
    },
    {
      title: `${method}: an identity beside the password is used`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        const [first, second] = account.identities
        const proofs = beside(account, identityProofOf(first))
        const rule = 'Every proof of the request is used'
        await expectSucceeded(proven, storage, account, proofs, rule)
        await expectIdentities(storage, account, [{ ...first, lastUsedAt: account.now }, second], rule)
      },
    },
    {
      title: `${method}: identities make no second factor due`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        const rule = 'A user with identities can still use the password alone'
        await expectSucceeded(proven, storage, account, beside(account), rule)
      },
    },
    {
      title: `${method}: an identity of a disabled user is not used, and only one that holds reveals the state`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        const { user, identities, now } = account
        await storage.users.disable({ userId: user.id, now })
        const disabled = { ...account, user: { ...user, disabledAt: now } }
        const proofs = [identityProofOf(identities[0])]
        const rule = 'A proof that does not hold does not reveal that the user is disabled'
        await expectRefused(proven, storage, disabled, { outcome: ifDisabled, proofs }, 'The user is disabled')
        const stranger = [identityProofOf({ ...identities[0], subject: randomWord() })]
        await expectRefused(proven, storage, disabled, { outcome: 'stale', proofs: stranger }, rule)
        await storage.users.enable({ userId: user.id })
        expectEqual((await storage.sessions.open(signInOf(account, proofs))).outcome, 'opened', 'The identity stays')
      },
    },
    {
      title: `${method}: for a deleted user an identity is stale`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        await storage.users.delete({ userId: account.user.id, now: account.now })
        const answer = await attempt(storage, account, [identityProofOf(account.identities[0])])
        expectEqual(answer, { outcome: 'stale' }, 'A deleted user proves nothing')
      },
    },
  ]
}

/** Cases for an identity as a proof. */
export const identityProofCases: readonly ConformanceCase[] = [
  ...provenMethods.flatMap(casesOf),
  {
    title: 'sessions.open: a user without a password signs in with an identity',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const identity = await storeIdentity(storage, account)
      const { user, now } = account
      const request = signInOf(account, [identityProofOf(identity)])
      const answer = expectOutcome(await storage.sessions.open(request), 'opened', 'An identity is a first factor')
      expectEqual(answer.user, { ...user, lastSignInAt: now }, 'The instant of the sign-in is stored')
      const { session } = request
      const found = await storage.sessions.find({ sessionId: session.id, now })
      expectEqual(found, session, 'The session is stored as given')
      await expectIdentities(storage, account, [{ ...identity, lastUsedAt: now }], 'The use is stored')
    },
  },
  {
    title: 'sessions.reauthenticate: the session goes on two generations later, with the provider as a method',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { user, sessions, identities, now } = account
      const [first] = sessions
      const proofs = [identityProofOf(identities[0])]
      const request = reauthenticationOf(account, { proofs, methods: ['provider'] })
      const changed = { generation: first.generation + 2, authenticatedAt: now, rotatedAt: now }
      const methods = ['password', 'provider']
      const session = { ...first, ...changed, methods, expiresAt: request.idleExpiresAt }
      const answer = await storage.sessions.reauthenticate(request)
      expectEqual(answer, { outcome: 'reauthenticated', user, session }, 'An identity proves a session again')
    },
  },
  {
    title: 'sessions.reauthenticate: a session that has ended uses no identity',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { sessions, identities, now } = account
      await storage.sessions.revoke({ sessionId: sessions[0].id, now })
      const rule = 'Nothing is written unless the session is reauthenticated'
      const proofs = [identityProofOf(identities[0])]
      for (const sessionId of [sessions[0].id, randomUUID()]) {
        const request = reauthenticationOf(account, { proofs, sessionId, methods: ['provider'] })
        const reauthenticate = () => storage.sessions.reauthenticate(request)
        const answer = await expectNothingWritten(storage, account, reauthenticate, rule)
        expectEqual(answer, { outcome: 'sessionEnded' }, rule)
      }
    },
  },
]
