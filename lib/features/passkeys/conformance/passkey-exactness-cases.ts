import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomWord } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { ChallengeHash, PasskeyRecord } from '../port.js'
import {
  expectNothingWritten,
  expectPasskeys,
  openWith,
  passkeyProofOf,
  registrationOf,
  signInOf,
  storePasskey,
} from './passkey-account.js'
import { removalOf } from './remove-passkey-cases.js'

/** The longest credential id: 1,023 bytes in base64url (WebAuthn Level 3, section 5.8.3). */
const longestCredentialId = () => `${randomWord()}${'Ab1-_z'.repeat(226)}`

/** Credential ids that some databases treat as equal. */
const pairs: readonly { readonly difference: string; readonly pair: () => readonly [string, string] }[] = [
  {
    difference: 'in case',
    pair() {
      const word = randomWord()
      return [`${word}abc`, `${word}Abc`]
    },
  },
  {
    difference: 'in a trailing blank',
    pair() {
      const word = randomWord()
      return [word, `${word} `]
    },
  },
  {
    difference: 'in the last of 1,364 characters',
    pair() {
      const credentialId = longestCredentialId()
      return [credentialId, `${credentialId.slice(0, -1)}A`]
    },
  },
]

const pairCases = pairs.map(
  ({ difference, pair }): ConformanceCase => ({
    title: `exactness: credential ids that differ ${difference} are different passkeys`,
    async run({ storage }) {
      const [account, other] = [await storeAccount(storage), await storeAccount(storage)]
      const [credentialId, similar] = pair()
      const rule = `Credential ids are compared byte for byte; these differ ${difference}`
      const passkey = await storePasskey(storage, account, { credentialId })
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId: similar }), null, rule)
      const proofs = [passkeyProofOf({ ...passkey, credentialId: similar })]
      expectEqual(await storage.sessions.open(signInOf(account, proofs)), { outcome: 'stale' }, rule)
      const neighbour = await storePasskey(storage, other, { credentialId: similar })
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), passkey, rule)
      expectEqual(await storage.passkeys.findByCredentialId({ credentialId: similar }), neighbour, rule)
    },
  }),
)

const names = [
  '',
  ' ',
  `Ann’s “key” \u{1f511} ключ 鍵`,
  'o\'\\"%_--;',
  'e\u0301 \u00e9',
  '\u{1f511}'.repeat(256),
  'x'.repeat(1_000),
]

/** Fields that must come back exactly: what they are, and passkeys with them. */
const fieldCases = Object.entries({
  'a credential id of 1,364 characters': () => [{ credentialId: longestCredentialId() }],
  'a public key of 4,000 characters': () => [{ publicKey: 'Ab1-_'.repeat(800) }],
  'a counter of 0 and one of 4,294,967,295': () => [{ counter: 0 }, { counter: 2 ** 31 }, { counter: 2 ** 32 - 1 }],
  'no transport, one, and several in their order': () => [
    { transports: [] },
    { transports: ['usb'] },
    { transports: ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal'] },
    { transports: ['b', 'a', 'a', 'with, comma', 'é\u{1f511}'] },
  ],
  'a backup state and none': () => [{ backedUp: true }, { backedUp: false }],
  'names of any characters, up to a thousand': () => names.map(name => ({ name })),
  'one user handle': () => [{ userHandle: 'handle' }, { userHandle: 'handle' }],
} satisfies Record<string, () => readonly Partial<PasskeyRecord>[]>).map(
  ([fields, create]): ConformanceCase => ({
    title: `exactness: passkeys with ${fields} come back as written`,
    async run({ storage }) {
      const account = await storeAccount(storage)
      const rule = `A passkey comes back exactly: ${fields}`
      const stored: PasskeyRecord[] = []
      for (const [index, overrides] of create().entries()) {
        const createdAt = account.user.createdAt + index
        const passkey = await storePasskey(storage, account, { ...overrides, createdAt })
        stored.push(passkey)
        const { credentialId } = passkey
        expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), passkey, rule)
      }
      await expectPasskeys(storage, account, stored, rule)
    },
  }),
)

/** Cases for passkeys that must come back exactly, and for texts that are compared byte for byte. */
export const passkeyExactnessCases: readonly ConformanceCase[] = [
  ...pairCases,
  ...fieldCases,
  {
    title: 'exactness: a new name of any characters comes back as written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const passkey = await storePasskey(storage, account)
      const { user, sessions, now } = account
      const asking = { sessionId: sessions[0].id, now }
      for (const name of names) {
        const answer = await storage.passkeys.rename({ passkeyId: passkey.id, userId: user.id, name, asking })
        const renamed = { ...passkey, name }
        expectEqual(answer, { outcome: 'renamed', passkey: renamed }, 'A name comes back exactly')
        await expectPasskeys(storage, account, [renamed], 'A name comes back exactly')
      }
    },
  },
  {
    title: 'exactness: a counter grows up to 4,294,967,295',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const passkey = await storePasskey(storage, account, { counter: 2 ** 32 - 2 })
      const { passkey: used } = await openWith(storage, account, passkey)
      const rule = 'The largest counter of an authenticator is stored, and compared'
      await expectPasskeys(storage, account, [{ ...used, counter: 2 ** 32 - 1 }], rule)
      const again = signInOf(account, [passkeyProofOf(used, { counter: 2 ** 32 - 1 })])
      expectEqual(await storage.sessions.open(again), { outcome: 'stale' }, rule)
    },
  },
  {
    title: 'exactness: the instant 0 of a passkey is not null',
    async run({ storage }) {
      const account = { ...(await storeAccount(storage, { createdAt: 0 })), now: 0 }
      const passkey = await storePasskey(storage, account)
      await expectPasskeys(storage, account, [{ ...passkey, createdAt: 0, lastUsedAt: null }], 'The instant 0 is 0')
      const { passkey: used } = await openWith(storage, account, passkey)
      await expectPasskeys(storage, account, [{ ...used, lastUsedAt: 0 }], 'A use at the instant 0 is a use')
    },
  },
  {
    title: 'exactness: a challenge hash that differs in case is another challenge',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const hash = `${randomWord()}a`
      const rule = 'Challenge hashes are compared byte for byte'
      for (const challengeHash of [hash, hash.toUpperCase(), `${hash} `] as ChallengeHash[]) {
        const { outcome } = await storage.passkeys.register(registrationOf(account, { challengeHash }))
        expectEqual(outcome, 'registered', rule)
      }
    },
  },
  {
    title: 'exactness: the id of a passkey that differs in case is unknown',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const stored = await storePasskey(storage, account, { id: `a${randomUUID().slice(1)}` })
      const { passkey } = await openWith(storage, account, stored)
      const passkeyId = passkey.id.toUpperCase()
      const asking = { sessionId: sessions[0].id, now }
      const rule = 'Ids are compared byte for byte'
      const rename = () => storage.passkeys.rename({ passkeyId, userId: user.id, name: 'x', asking })
      const remove = () => storage.passkeys.remove(removalOf(account, { id: passkeyId }))
      const attempts: readonly (() => Promise<unknown>)[] = [rename, remove]
      for (const attempt of attempts)
        expectEqual(await expectNothingWritten(storage, account, attempt, rule), { outcome: 'unknown' }, rule)
      const end = () => storage.passkeys.endSessions({ passkeyId, userId: user.id, now, messages: [] })
      expectEqual(await expectNothingWritten(storage, account, end, rule), { revokedSessionIds: [] }, rule)
    },
  },
  {
    title: 'exactness: changing a returned passkey does not change the stored one',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const passkey = await storePasskey(storage, account)
      const asked = structuredClone(passkey)
      Reflect.set(passkey, 'name', 'overwritten')
      Reflect.set(passkey.transports, '0', 'overwritten')
      await expectPasskeys(storage, account, [asked], 'A record in a request is copied')
      const { credentialId } = asked
      const found = await storage.passkeys.findByCredentialId({ credentialId })
      const [listed] = await storage.passkeys.list({ userId: account.user.id })
      for (const one of [found, listed]) {
        Reflect.set(Object(one), 'counter', 99)
        Reflect.set(Object(one).transports, '0', 'overwritten')
      }
      await expectPasskeys(storage, account, [asked], 'A returned record is a copy')
    },
  },
]
