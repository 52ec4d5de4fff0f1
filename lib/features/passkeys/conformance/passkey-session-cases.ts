import type { Storage } from '../../../composition/storage.js'
import { reauthenticationOf, rotationOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeToken } from '../../../conformance/stored-records.js'
import type { SessionRecord } from '../../../storage/records.js'
import type { PasskeyRecord } from '../port.js'
import {
  expectPasskeys,
  openWith,
  type PasskeyAccount,
  passkeyProofOf,
  signInOf,
  storePasskeyAccount,
  usedPasskey,
} from './passkey-account.js'
import { removalOf } from './remove-passkey-cases.js'

/** A method that ends the sessions of a passkey. */
interface EndingMethod {
  readonly method: 'passkeys.remove' | 'passkeys.endSessions'
  /** Ends the sessions. Returns the ids of the answer. */
  end(storage: Storage, account: PasskeyAccount, passkey: PasskeyRecord): Promise<readonly string[]>
}

const endingMethods: readonly EndingMethod[] = [
  {
    method: 'passkeys.remove',
    async end({ passkeys }, account, passkey) {
      const answer = await passkeys.remove(removalOf(account, passkey))
      return expectOutcome(answer, 'removed', 'A passkey of a user with a password can be removed').revokedSessionIds
    },
  },
  {
    method: 'passkeys.endSessions',
    async end({ passkeys }, { user, now }, { id: passkeyId }) {
      return (await passkeys.endSessions({ passkeyId, userId: user.id, now, messages: [] })).revokedSessionIds
    },
  },
]

/** Proves a session again with the passkey. Returns the passkey as it is now. */
async function reauthenticateWith(
  storage: Storage,
  account: PasskeyAccount,
  { id: sessionId }: SessionRecord,
  passkey: PasskeyRecord,
): Promise<PasskeyRecord> {
  const proof = passkeyProofOf(passkey)
  const request = reauthenticationOf(account, { sessionId, proofs: [proof], methods: ['passkey'] })
  expectOutcome(await storage.sessions.reauthenticate(request), 'reauthenticated', 'A passkey proves a session again')
  return usedPasskey(passkey, proof, account.now)
}

const isLive = async ({ sessions }: Storage, { now }: PasskeyAccount, { id: sessionId }: SessionRecord) =>
  (await sessions.find({ sessionId, now })) !== null

/** Ends the sessions of the passkey, and checks that exactly these have ended, and are in the feed. */
async function expectEnded(
  { end }: EndingMethod,
  storage: Storage,
  account: PasskeyAccount,
  {
    passkey,
    ended,
    going,
  }: { passkey: PasskeyRecord; ended: readonly SessionRecord[]; going: readonly SessionRecord[] },
  rule: string,
): Promise<void> {
  const { user, now } = account
  const all = [...ended, ...going]
  const ids = await end(storage, account, passkey)
  expectEqual(sorted(ids), sorted(ended.map(({ id }) => id)), `${rule} (answer)`)
  const live = await Promise.all(all.map(session => isLive(storage, account, session)))
  expectEqual(live, [...ended.map(() => false), ...going.map(() => true)], `${rule} (sessions)`)
  const lines = await revocationsOf(
    storage,
    all.map(({ id }) => id),
    user.createdAt,
  )
  expectEqual(lines, inFeedOrder(ended.map(session => sessionLine(session, now))), `${rule} (feed)`)
}

function casesOf(ending: EndingMethod): readonly ConformanceCase[] {
  const { method, end } = ending
  return [
    {
      title: `${method}: the sessions that were opened with the passkey end, and no others`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const first = await openWith(storage, account, account.passkeys[0])
        const again = await openWith(storage, account, first.passkey)
        const { session: other } = await openWith(storage, account, account.passkeys[1])
        const ended = [first.session, again.session]
        const going = [...account.sessions, other]
        const rule = 'Sessions of the passkey end; those of another passkey and of the password stay'
        await expectEnded(ending, storage, account, { passkey: again.passkey, ended, going }, rule)
      },
    },
    {
      title: `${method}: a session that was reauthenticated with the passkey ends too`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [first, second, third] = account.sessions
        const passkey = await reauthenticateWith(storage, account, second, account.passkeys[0])
        const rule = 'A session is one of each passkey that has proved it'
        await expectEnded(ending, storage, account, { passkey, ended: [second], going: [first, third] }, rule)
      },
    },
    {
      title: `${method}: a session of two passkeys ends with either`,
      async run({ storage }) {
        for (const index of [0, 1] as const) {
          const account = await storePasskeyAccount(storage)
          const { session, passkey: opener } = await openWith(storage, account, account.passkeys[0])
          const prover = await reauthenticateWith(storage, account, session, account.passkeys[1])
          const passkey = index === 0 ? opener : prover
          const rule = 'A later proof with another passkey does not replace the first'
          await expectEnded(ending, storage, account, { passkey, ended: [session], going: account.sessions }, rule)
        }
      },
    },
    {
      title: `${method}: a session of the passkey that was rotated and reauthenticated since ends too`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { session, passkey } = await openWith(storage, account, account.passkeys[0])
        const { id: sessionId } = session
        await storage.sessions.rotate(rotationOf(account, { sessionId }))
        await storage.sessions.reauthenticate(reauthenticationOf(account, { sessionId }))
        const rule = 'A session stays one of the passkey as long as it is stored'
        await expectEnded(ending, storage, account, { passkey, ended: [session], going: account.sessions }, rule)
      },
    },
    {
      title: `${method}: a session of the passkey that has ended before is not recorded again`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { session, passkey } = await openWith(storage, account, account.passkeys[0])
        const before = account.now - 1
        await storage.sessions.revoke({ sessionId: session.id, now: before })
        const rule = 'Only stored sessions end'
        expectEqual(await end(storage, account, passkey), [], rule)
        const lines = await revocationsOf(storage, [session.id], account.user.createdAt)
        expectEqual(lines, [sessionLine(session, before)], rule)
      },
    },
    {
      title: `${method}: a sign-in that was refused makes no session one of the passkey`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const [passkey] = account.passkeys
        const [, { id: sessionId }] = account.sessions
        const stale = passkeyProofOf(passkey, { counter: 1 })
        await storage.sessions.open(signInOf(account, [stale], { id: sessionId }))
        await storage.sessions.reauthenticate(reauthenticationOf(account, { sessionId, proofs: [stale] }))
        const rule = 'Only a use that holds makes a session one of the passkey'
        await expectEnded(ending, storage, account, { passkey, ended: [], going: account.sessions }, rule)
      },
    },
    {
      title: `${method}: records of the user and of other users stay`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const other = await storePasskeyAccount(storage)
        await openWith(storage, account, account.passkeys[0])
        const theirs = await openWith(storage, other, other.passkeys[0])
        const { user, sessions, apiKeys, tokens } = account
        const rule = 'Nothing ends but the sessions of the passkey'
        await expectUnchanged(storage, other, () => end(storage, account, account.passkeys[0]), rule)
        const state = { user: { ...user, lastSignInAt: account.now }, sessions, apiKeys, tokens, revocations: [] }
        await expectState(storage, account, state, rule)
        expectEqual(await isLive(storage, other, theirs.session), true, rule)
        await expectPasskeys(storage, other, [theirs.passkey, other.passkeys[1]], rule)
      },
    },
    {
      title: `${method}: an address change is discarded only if a session that ends has requested it`,
      features: ['email'],
      async run({ storage }) {
        for (const isTheirs of [true, false]) {
          const account = await storePasskeyAccount(storage)
          const { user, sessions, tokens } = account
          const { session, passkey } = await openWith(storage, account, account.passkeys[0])
          const sessionId = isTheirs ? session.id : sessions[1].id
          const email = randomEmail()
          const changeEmail = await storeToken(storage, user, { purpose: 'changeEmail', email, sessionId })
          await end(storage, account, passkey)
          const rule = 'The address change of a session that ends is discarded, and any other stays'
          const asked = { tokens: { ...tokens, changeEmail: isTheirs ? null : changeEmail } }
          await expectState(storage, { ...account, tokens: { ...tokens, changeEmail } }, asked, rule)
        }
      },
    },
  ]
}

/** Cases for ending the sessions of a passkey. */
export const passkeySessionCases: readonly ConformanceCase[] = endingMethods.flatMap(casesOf)
