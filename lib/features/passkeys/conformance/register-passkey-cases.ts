import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { PasskeyRegistration, RegisterPasskey } from '../port.js'
import {
  expectNothingWritten,
  expectPasskeys,
  passkeyProofOf,
  randomPasskey,
  registrationOf,
  signInOf,
  storePasskeyAccount,
} from './passkey-account.js'

async function expectRefused(
  storage: Storage,
  account: Account,
  request: RegisterPasskey,
  outcome: PasskeyRegistration['outcome'],
  rule: string,
): Promise<void> {
  const register = () => storage.passkeys.register(request)
  expectEqual(await expectNothingWritten(storage, account, register, rule), { outcome }, rule)
  const { id, credentialId } = request.passkey
  const found = await storage.passkeys.findByCredentialId({ credentialId })
  expectEqual(found?.id === id, false, rule)
}

async function expectRegistered({ passkeys }: Storage, request: RegisterPasskey, rule: string): Promise<void> {
  expectEqual(await passkeys.register(request), { outcome: 'registered' }, rule)
}

/** Cases for storing a passkey. */
export const registerPasskeyCases: readonly ConformanceCase[] = [
  ...askingCases({
    'passkeys.register': {
      granted: 'registered',
      ask: ({ passkeys }, account, asking) => passkeys.register(registrationOf(account, { asking })),
    },
  }),
  {
    title: 'passkeys.register: the passkey is found exactly as written, and nothing else changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const list = () => storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
      const sessions = await list()
      const request = registrationOf(account)
      const rule = 'A passkey is stored as it is, and changes nothing else'
      await expectRegistered(storage, request, rule)
      await expectPasskeys(storage, account, [request.passkey], rule)
      const { credentialId } = request.passkey
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), request.passkey, rule)
      expectEqual(await list(), sessions, rule)
      expectEqual(await storage.users.find({ userId: user.id }), user, rule)
    },
  },
  {
    title: 'passkeys.register: a challenge that a registration has spent is spent, for every user',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const other = await storeAccount(storage)
      const { challengeHash, challengeExpiresAt, ...request } = registrationOf(account)
      const challenge = { challengeHash, challengeExpiresAt }
      const rule = 'A challenge is good for one registration'
      await expectRegistered(storage, { ...request, ...challenge }, rule)
      for (const one of [account, other])
        await expectRefused(storage, one, registrationOf(one, challenge), 'spent', rule)
    },
  },
  {
    title: 'passkeys.register: a challenge that a sign-in has spent is spent, for every user',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storeAccount(storage)
      const proof = passkeyProofOf(account.passkeys[0])
      await storage.sessions.open(signInOf(account, [proof]))
      const { challengeHash, challengeExpiresAt } = proof
      const rule = 'A challenge is good for one use, of whichever kind'
      for (const one of [account, other])
        await expectRefused(storage, one, registrationOf(one, { challengeHash, challengeExpiresAt }), 'spent', rule)
    },
  },
  {
    title: 'passkeys.register: a credential id that is stored is taken, for its user and for others',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storeAccount(storage)
      const { credentialId } = account.passkeys[0]
      const rule = 'A credential id is stored once'
      for (const one of [account, other]) {
        const passkey = randomPasskey(one.user, { credentialId })
        await expectRefused(storage, one, registrationOf(one, { passkey }), 'taken', rule)
      }
      await expectPasskeys(storage, account, account.passkeys, rule)
    },
  },
  {
    title: 'passkeys.register: the credential id of a removed passkey is stored again, for another user',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, sessions, passkeys, now } = account
      const [{ id: passkeyId, credentialId }] = passkeys
      const asking = { sessionId: sessions[0].id, now }
      await storage.passkeys.remove({ passkeyId, userId: user.id, asking, now, messages: [] })
      const other = await storeAccount(storage)
      const passkey = randomPasskey(other.user, { credentialId })
      const rule = 'Only a stored passkey occupies its credential id'
      await expectRegistered(storage, registrationOf(other, { passkey }), rule)
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), passkey, rule)
    },
  },
  {
    title: 'passkeys.register: a user who has maximumPerUser passkeys gets no further one',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const other = await storePasskeyAccount(storage)
      const rule = 'maximumPerUser counts the passkeys of the user, the new one included'
      for (const maximumPerUser of [1, 2])
        await expectRefused(storage, account, registrationOf(account, { maximumPerUser }), 'limitReached', rule)
      const request = registrationOf(account, { maximumPerUser: 3 })
      await expectRegistered(storage, request, rule)
      await expectRefused(storage, account, registrationOf(account, { maximumPerUser: 3 }), 'limitReached', rule)
      await expectPasskeys(storage, other, other.passkeys, rule)
      const first = await storeAccount(storage)
      await expectRegistered(storage, registrationOf(first, { maximumPerUser: 1 }), rule)
    },
  },
  {
    title: 'passkeys.register: a removed passkey does not count towards maximumPerUser',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, sessions, passkeys, now } = account
      const asking = { sessionId: sessions[0].id, now }
      await storage.passkeys.remove({ passkeyId: passkeys[0].id, userId: user.id, asking, now, messages: [] })
      const rule = 'Only stored passkeys are counted'
      await expectRegistered(storage, registrationOf(account, { maximumPerUser: 2 }), rule)
    },
  },
  {
    title: 'passkeys.register: sessionEnded comes before spent, spent before taken, and taken before limitReached',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const { passkey, challengeHash, challengeExpiresAt, ...request } = registrationOf(account)
      const challenge = { challengeHash, challengeExpiresAt }
      await storage.passkeys.register({ ...request, ...challenge, passkey })
      const stored = { passkey: randomPasskey(user, { credentialId: passkey.credentialId }), maximumPerUser: 1 }
      const ended = { asking: { sessionId: randomUUID(), now } }
      const rule = 'The outcome is the first of sessionEnded, spent, taken and limitReached'
      const attempts = [
        ['sessionEnded', { ...stored, ...challenge, ...ended }],
        ['sessionEnded', { ...stored, ...ended }],
        ['sessionEnded', ended],
        ['spent', { ...stored, ...challenge }],
        ['spent', { ...challenge, maximumPerUser: 1 }],
        ['taken', stored],
        ['limitReached', { maximumPerUser: 1 }],
      ] as const
      for (const [outcome, overrides] of attempts)
        await expectRefused(storage, account, registrationOf(account, overrides), outcome, rule)
    },
  },
  {
    title: 'passkeys.register: a registration that is refused does not spend its challenge',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, passkeys, now } = account
      const { passkey, ...request } = registrationOf(account)
      const taken = randomPasskey(user, { credentialId: passkeys[1].credentialId })
      const rule = 'Nothing is written unless the passkey is registered'
      await expectRefused(storage, account, { ...request, passkey: taken }, 'taken', rule)
      await expectRefused(storage, account, { ...request, passkey, maximumPerUser: 2 }, 'limitReached', rule)
      const ended = { asking: { sessionId: randomUUID(), now } }
      await expectRefused(storage, account, { ...request, passkey, ...ended }, 'sessionEnded', rule)
      await expectRegistered(storage, { ...request, passkey }, rule)
    },
  },
  {
    title: 'passkeys.register: for a deleted user the answer is sessionEnded and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storage.users.delete({ userId: account.user.id, now: account.now })
      const request = registrationOf(account)
      const rule = 'The sessions were deleted with the user'
      expectEqual(await storage.passkeys.register(request), { outcome: 'sessionEnded' }, rule)
      await expectPasskeys(storage, account, [], rule)
    },
  },
  {
    title: 'passkeys.register: a registration proves no session',
    async run({ storage }) {
      const account = await storePasskeyAccount(storage)
      const { user, passkeys, now } = account
      const [{ id: passkeyId }] = passkeys
      const end = () => storage.passkeys.endSessions({ passkeyId, userId: user.id, now, messages: [] })
      const rule = 'The session that registers a passkey is none of the sessions of the passkey'
      expectEqual(await expectNothingWritten(storage, account, end, rule), { revokedSessionIds: [] }, rule)
    },
  },
]
