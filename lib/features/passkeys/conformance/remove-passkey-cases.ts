import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { PasskeyRemoval, RemovePasskey } from '../port.js'
import {
  expectNothingWritten,
  expectPasskeys,
  openWith,
  type PasskeyAccount,
  passkeyProofOf,
  type SignedInUser,
  signInOf,
  storePasskey,
  storePasskeyAccount,
  storePasswordlessAccount,
} from './passkey-account.js'

/** Returns a request of the first session that removes this passkey. */
export function removalOf(
  { user, sessions: [{ id: sessionId }], now }: SignedInUser,
  { id: passkeyId }: { readonly id: string },
  overrides: Partial<RemovePasskey> = {},
): RemovePasskey {
  return { passkeyId, userId: user.id, asking: { sessionId, now }, now, messages: [], ...overrides }
}

async function remove({ passkeys }: Storage, account: SignedInUser, passkey: { readonly id: string }, rule: string) {
  return expectOutcome(await passkeys.remove(removalOf(account, passkey)), 'removed', rule)
}

async function expectRefused(
  storage: Storage,
  account: PasskeyAccount,
  request: RemovePasskey,
  outcome: PasskeyRemoval['outcome'],
  rule: string,
): Promise<void> {
  const attempt = () => storage.passkeys.remove(request)
  expectEqual(await expectNothingWritten(storage, account, attempt, rule), { outcome }, rule)
}

/** Checks that the outcome is lastSignInMethod, and that the passkey is as good as before. */
async function expectKept(storage: Storage, account: SignedInUser, request: RemovePasskey): Promise<void> {
  const rule = 'The last way of a user to sign in stays'
  const { user, sessions, now } = account
  const before = await storage.passkeys.list({ userId: user.id })
  expectEqual(await storage.passkeys.remove(request), { outcome: 'lastSignInMethod' }, rule)
  await expectPasskeys(storage, account, before, rule)
  for (const session of sessions)
    expectEqual(await storage.sessions.find({ sessionId: session.id, now }), session, rule)
}

/** Cases for removing a passkey, apart from the sessions that end. */
export const removePasskeyCases: readonly ConformanceCase[] = [
  ...askingCases({
    'passkeys.remove': {
      granted: 'unknown',
      ask: ({ passkeys }, account, asking) => passkeys.remove(removalOf(account, { id: randomUUID() }, { asking })),
    },
  }),
  {
    title: 'passkeys.remove: the passkey is removed as its last use left it, and the others stay',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storePasskeyAccount(storage)
      const { passkey } = await openWith(storage, account, account.passkeys[0])
      const rule = 'The removed passkey is in the answer, and no other passkey is affected'
      const removal = await remove(storage, account, passkey, rule)
      expectEqual(removal.passkey, passkey, rule)
      await expectPasskeys(storage, account, [account.passkeys[1]], rule)
      await expectPasskeys(storage, other, other.passkeys, rule)
      const { credentialId } = passkey
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), null, rule)
    },
  },
  {
    title: 'passkeys.remove: a passkey that does not exist or is removed is unknown, and nothing is written',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const [first] = account.passkeys
      const rule = 'A passkey is removed once'
      await remove(storage, account, first, rule)
      for (const passkey of [first, { id: randomUUID() }])
        await expectRefused(storage, account, removalOf(account, passkey), 'unknown', rule)
    },
  },
  {
    title: 'passkeys.remove: a passkey of another user is unknown and stays, with its sessions',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storePasskeyAccount(storage)
      const { session, passkey } = await openWith(storage, other, other.passkeys[0])
      const rule = 'A user removes only their own passkeys'
      await expectRefused(storage, account, removalOf(account, passkey), 'unknown', rule)
      await expectPasskeys(storage, other, [passkey, other.passkeys[1]], rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now: other.now }), session, rule)
    },
  },
  {
    title: 'passkeys.remove: sessionEnded comes before unknown, and the passkey stays',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storeAccount(storage)
      const { now } = account
      const rule = 'Only a live session of the user removes a passkey'
      for (const sessionId of [randomUUID(), other.sessions[0].id])
        for (const passkey of [account.passkeys[0], { id: randomUUID() }]) {
          const request = removalOf(account, passkey, { asking: { sessionId, now } })
          await expectRefused(storage, account, request, 'sessionEnded', rule)
        }
    },
  },
  {
    title: 'passkeys.remove: a user with a password can remove the only passkey',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const passkey = await storePasskey(storage, account)
      const rule = 'The password is another way to sign in'
      await remove(storage, account, passkey, rule)
      await expectPasskeys(storage, account, [], rule)
    },
  },
  {
    title: 'passkeys.remove: the only passkey of a user without a password is lastSignInMethod, and stays',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const passkey = await storePasskey(storage, account)
      await expectKept(storage, account, removalOf(account, passkey))
      await openWith(storage, account, passkey)
    },
  },
  {
    title: 'passkeys.remove: with mayBeLast the only passkey of a user without a password is removed',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const passkey = await storePasskey(storage, account)
      const rule = 'The user can sign in without stored credentials'
      await expectKept(storage, account, removalOf(account, passkey, { mayBeLast: false }))
      const request = removalOf(account, passkey, { mayBeLast: true })
      expectEqual(await storage.passkeys.remove(request), { outcome: 'removed', passkey, revokedSessionIds: [] }, rule)
      await expectPasskeys(storage, account, [], rule)
    },
  },
  {
    title: 'passkeys.remove: sessionEnded and unknown come before mayBeLast',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const passkey = await storePasskey(storage, account)
      const { now } = account
      const ended = { asking: { sessionId: randomUUID(), now } }
      for (const [outcome, request] of [
        ['sessionEnded', removalOf(account, passkey, { ...ended, mayBeLast: true })],
        ['unknown', removalOf(account, { id: randomUUID() }, { mayBeLast: true })],
      ] as const)
        expectEqual(await storage.passkeys.remove(request), { outcome }, 'mayBeLast permits nothing else')
      await expectPasskeys(storage, account, [passkey], 'Nothing is removed')
    },
  },
  {
    title: 'passkeys.remove: of two passkeys of a user without a password one can be removed',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const first = await storePasskey(storage, account)
      const second = await storePasskey(storage, account)
      await remove(storage, account, first, 'The other passkey is another way to sign in')
      await expectPasskeys(storage, account, [second], 'The other passkey stays')
      await expectKept(storage, account, removalOf(account, second))
    },
  },
  {
    title: 'passkeys.remove: sessionEnded and unknown come before lastSignInMethod',
    async run({ storage }) {
      const account = await storePasswordlessAccount(storage)
      const passkey = await storePasskey(storage, account)
      const other = await storePasskeyAccount(storage)
      const { now } = account
      const ended = { asking: { sessionId: randomUUID(), now } }
      for (const [outcome, request] of [
        ['sessionEnded', removalOf(account, passkey, ended)],
        ['unknown', removalOf(account, { id: randomUUID() })],
        ['unknown', removalOf(account, other.passkeys[0])],
      ] as const) {
        const rule = 'The outcome is the first of sessionEnded, unknown and lastSignInMethod'
        expectEqual(await storage.passkeys.remove(request), { outcome }, rule)
        await expectPasskeys(storage, account, [passkey], rule)
      }
    },
  },
  {
    title: 'passkeys.remove: a challenge that a removed passkey has spent stays spent',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const [first, second] = account.passkeys
      const proof = passkeyProofOf(first)
      await storage.sessions.open(signInOf(account, [proof]))
      const rule = 'A removal gives no challenge back'
      await remove(storage, account, first, rule)
      const { challengeHash } = proof
      const again = await storage.sessions.open(signInOf(account, [passkeyProofOf(second, { challengeHash })]))
      expectEqual(again, { outcome: 'spent' }, rule)
    },
  },
]
