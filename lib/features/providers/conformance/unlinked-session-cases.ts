import type { Storage } from '../../../composition/storage.js'
import { reauthenticationOf, rotationOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeToken } from '../../../conformance/stored-records.js'
import type { SessionRecord } from '../../../storage/records.js'
import type { UnlinkIdentity } from '../port.js'
import { type IdentityAccount, identityProofOf, openWith, signInOf, storeIdentityAccount } from './identity-account.js'
import { unlinkOf } from './unlink-identity-cases.js'

const isLive = async ({ sessions }: Storage, { now }: IdentityAccount, { id: sessionId }: SessionRecord) =>
  (await sessions.find({ sessionId, now })) !== null

/** Removes the first identity, and checks that exactly these sessions have ended, and are in the feed. */
async function expectEnded(
  storage: Storage,
  account: IdentityAccount,
  { ended, going }: { readonly ended: readonly SessionRecord[]; readonly going: readonly SessionRecord[] },
  rule: string,
  overrides: Partial<UnlinkIdentity> = {},
): Promise<void> {
  const { user, identities, now } = account
  const all = [...ended, ...going]
  const request = unlinkOf(account, identities[0], overrides)
  const answer = expectOutcome(await storage.identities.unlink(request), 'unlinked', rule)
  expectEqual(sorted(answer.revokedSessionIds), sorted(ended.map(({ id }) => id)), `${rule} (answer)`)
  const live = await Promise.all(all.map(session => isLive(storage, account, session)))
  expectEqual(live, [...ended.map(() => false), ...going.map(() => true)], `${rule} (sessions)`)
  const ids = all.map(({ id }) => id)
  const lines = inFeedOrder(ended.map(session => sessionLine(session, now)))
  expectEqual(await revocationsOf(storage, ids, user.createdAt), lines, `${rule} (feed)`)
}

/** Proves a session again with the second identity. */
async function reauthenticate(storage: Storage, account: IdentityAccount, { id: sessionId }: SessionRecord) {
  const proofs = [identityProofOf(account.identities[1])]
  const request = reauthenticationOf(account, { sessionId, proofs, methods: ['provider'] })
  expectOutcome(await storage.sessions.reauthenticate(request), 'reauthenticated', 'An identity proves a session')
}

/** Cases for the sessions that end when an identity is removed. */
export const unlinkedSessionCases: readonly ConformanceCase[] = [
  {
    title: 'identities.unlink: the sessions whose methods include provider end, and no others',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { session: first } = await openWith(storage, account, account.identities[0])
      const { session: second } = await openWith(storage, account, account.identities[1])
      const request = signInOf(account, [identityProofOf(account.identities[1])], { methods: ['email', 'provider'] })
      expectOutcome(await storage.sessions.open(request), 'opened', 'An identity opens a session')
      const rule = 'A session does not know its identity: those of every provider end'
      await expectEnded(storage, account, { ended: [first, second, request.session], going: account.sessions }, rule)
    },
  },
  {
    title: 'identities.unlink: a session that was reauthenticated with an identity ends too',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const [first, second, third] = account.sessions
      await reauthenticate(storage, account, second)
      const rule = 'A session whose methods include provider ends'
      await expectEnded(storage, account, { ended: [second], going: [first, third] }, rule)
    },
  },
  {
    title: 'identities.unlink: the requesting session stays, also with the method provider',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { session } = await openWith(storage, account, account.identities[0])
      const { session: other } = await openWith(storage, account, account.identities[0])
      const asking = { sessionId: session.id, now: account.now }
      const rule = 'The session that removes an identity goes on'
      await expectEnded(storage, account, { ended: [other], going: [...account.sessions, session] }, rule, { asking })
    },
  },
  {
    title: 'identities.unlink: a session of a provider that was rotated and reauthenticated since ends too',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { session } = await openWith(storage, account, account.identities[0])
      const { id: sessionId } = session
      await storage.sessions.rotate(rotationOf(account, { sessionId }))
      await storage.sessions.reauthenticate(reauthenticationOf(account, { sessionId }))
      const rule = 'A session keeps the methods that have proved it'
      await expectEnded(storage, account, { ended: [session], going: account.sessions }, rule)
    },
  },
  {
    title: 'identities.unlink: a session of a provider that has ended before is not recorded again',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { session } = await openWith(storage, account, account.identities[0])
      const before = account.now - 1
      await storage.sessions.revoke({ sessionId: session.id, now: before })
      const rule = 'Only stored sessions end'
      await expectEnded(storage, account, { ended: [], going: account.sessions }, rule)
      const lines = await revocationsOf(storage, [session.id], account.user.createdAt)
      expectEqual(lines, [sessionLine(session, before)], rule)
    },
  },
  {
    title: 'identities.unlink: records of the user and of other users stay',
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeIdentityAccount(storage)]
      await openWith(storage, account, account.identities[0])
      const theirs = await openWith(storage, other, other.identities[0])
      const { user, sessions, apiKeys, tokens, now } = account
      const rule = 'Nothing ends but the sessions of providers'
      const unlink = () => storage.identities.unlink(unlinkOf(account, account.identities[0]))
      const answer = await expectUnchanged(storage, other, unlink, rule)
      expectEqual(answer.outcome, 'unlinked', rule)
      const state = { user: { ...user, lastSignInAt: now }, sessions, apiKeys, tokens, revocations: [] }
      await expectState(storage, account, state, rule)
      expectEqual(await isLive(storage, other, theirs.session), true, rule)
    },
  },
  {
    title: 'identities.unlink: an address change is discarded only if a session that ends has requested it',
    features: ['email'],
    async run({ storage }) {
      for (const isTheirs of [true, false]) {
        const account = await storeIdentityAccount(storage)
        const { user, sessions, tokens } = account
        const { session } = await openWith(storage, account, account.identities[0])
        const sessionId = isTheirs ? session.id : sessions[1].id
        const wish = { purpose: 'changeEmail', email: randomEmail(), sessionId } as const
        const changeEmail = await storeToken(storage, user, wish)
        const rule = 'The address change of a session that ends is discarded, and any other stays'
        await expectEnded(storage, account, { ended: [session], going: sessions }, rule)
        const asked = { tokens: { ...tokens, changeEmail: isTheirs ? null : changeEmail } }
        await expectState(storage, { ...account, tokens: { ...tokens, changeEmail } }, asked, rule)
      }
    },
  },
]
