import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomWord } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { IdentityKey } from '../port.js'
import {
  expectIdentities,
  expectNothingWritten,
  identityProofOf,
  openWith,
  signInOf,
  storeIdentity,
  storeIdentityAccount,
} from './identity-account.js'
import { unlinkOf } from './unlink-identity-cases.js'

const acme = 'https://acme.example'

/** Returns two keys with one issuer, whose subjects differ. */
const subjects = (one: string, other: string) =>
  [
    { issuer: acme, subject: one },
    { issuer: acme, subject: other },
  ] as const

/** Returns two keys with one subject, whose issuers differ. */
const issuers = (subject: string, one: string, other: string) =>
  [
    { issuer: `https://${subject}.example/${one}`, subject },
    { issuer: `https://${subject}.example/${other}`, subject },
  ] as const

/** Returns two keys whose texts are equal if they are joined with this separator. */
const joined = (word: string, separator: string) =>
  [
    { issuer: word, subject: `b${separator}c` },
    { issuer: `${word}${separator}b`, subject: 'c' },
  ] as const

interface Pair {
  readonly difference: string
  readonly pair: (word: string) => readonly [IdentityKey, IdentityKey]
}

/** Keys that some databases treat as equal. */
const pairs: readonly Pair[] = [
  { difference: 'in the case of the subject', pair: word => subjects(`${word}a`, `${word}A`) },
  { difference: 'in an accent of the subject', pair: word => subjects(`${word}e`, `${word}é`) },
  { difference: 'in a blank after the subject', pair: word => subjects(word, `${word} `) },
  { difference: 'in a sharp s of the subject', pair: word => subjects(`${word}ss`, `${word}ß`) },
  {
    difference: 'in a four-byte character of the subject',
    pair: word => subjects(`${word}\u{1f600}`, `${word}\u{1f601}`),
  },
  {
    difference: 'in the last of 255 characters of the subject',
    pair: word => subjects(`${word}${'x'.repeat(238)}a`, `${word}${'x'.repeat(238)}b`),
  },
  {
    difference: 'in the last of 255 four-byte characters of the subject',
    pair: word => subjects(`${word}${'\u{1f600}'.repeat(238)}a`, `${word}${'\u{1f600}'.repeat(238)}b`),
  },
  { difference: 'in leading zeros of the subject', pair: word => subjects(`1${word}`, `01${word}`) },
  { difference: 'in the case of the issuer', pair: word => issuers(word, 'a', 'A') },
  { difference: 'in a slash after the issuer', pair: word => issuers(word, 'a', 'a/') },
  { difference: 'in a blank after the issuer', pair: word => issuers(word, 'a', 'a ') },
  {
    difference: 'in the last of 500 characters of the issuer',
    pair: word => issuers(word, `${'x'.repeat(466)}a`, `${'x'.repeat(466)}b`),
  },
  { difference: 'in where a vertical bar divides them', pair: word => joined(word, '|') },
  { difference: 'in where a colon divides them', pair: word => joined(word, ':') },
  { difference: 'in where a blank divides them', pair: word => joined(word, ' ') },
  { difference: 'in where quotes and a comma divide them', pair: word => joined(word, '","') },
  { difference: 'in where nothing divides them', pair: word => joined(word, '') },
]

const pairCases = pairs.map(
  ({ difference, pair }): ConformanceCase => ({
    title: `exactness: identities that differ ${difference} are two`,
    async run({ storage }) {
      const [key, similar] = pair(randomWord())
      const rule = `Issuer and subject are compared byte for byte; these differ ${difference}`
      const [account, other] = [await storeAccount(storage), await storeAccount(storage)]
      const identity = await storeIdentity(storage, account, key)
      expectEqual(await storage.identities.find(similar), null, rule)
      const stale = signInOf(account, [identityProofOf(similar)])
      expectEqual(await storage.sessions.open(stale), { outcome: 'stale' }, rule)
      const neighbour = await storeIdentity(storage, other, similar)
      expectEqual(await storage.identities.find(key), identity, rule)
      expectEqual(await storage.identities.find(similar), neighbour, rule)
      await openWith(storage, other, neighbour)
      await expectIdentities(storage, account, [identity], rule)
    },
  }),
)

/** Cases for identities that must come back exactly, and for texts that are compared byte for byte. */
export const identityExactnessCases: readonly ConformanceCase[] = [
  ...pairCases,
  {
    title: 'exactness: a subject of one character and an issuer that is no URL come back as written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const identity = await storeIdentity(storage, account, { issuer: randomWord(), subject: '7' })
      expectEqual(await storage.identities.find(identity), identity, 'Both texts come back exactly')
    },
  },
  {
    title: 'exactness: the provider and the address of an identity come back as written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { createdAt } = account.user
      const texts = ['Ann@Example.COM ', 'andré\u{1f600}@b.example', `${'x'.repeat(308)}@b.example`, '']
      const stored = []
      for (const [index, email] of texts.entries())
        stored.push(
          await storeIdentity(storage, account, { email, provider: `p-${index}`, createdAt: createdAt + index }),
        )
      await expectIdentities(storage, account, stored, 'The storage does not interpret the texts')
    },
  },
  {
    title: 'exactness: the instant 0 of an identity is not null',
    async run({ storage }) {
      const account = { ...(await storeAccount(storage, { createdAt: 0 })), now: 0 }
      const identity = await storeIdentity(storage, account)
      const rule = 'The instant 0 is 0'
      await expectIdentities(storage, account, [{ ...identity, createdAt: 0, lastUsedAt: null }], rule)
      const { identity: used } = await openWith(storage, account, identity)
      await expectIdentities(storage, account, [{ ...used, lastUsedAt: 0 }], 'A use at the instant 0 is a use')
    },
  },
  {
    title: 'exactness: the id of an identity that differs in case is unknown',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const identity = await storeIdentity(storage, account, { id: `a${randomUUID().slice(1)}` })
      const request = unlinkOf(account, { id: identity.id.toUpperCase() })
      const rule = 'Ids are compared byte for byte'
      const unlink = () => storage.identities.unlink(request)
      expectEqual(await expectNothingWritten(storage, account, unlink, rule), { outcome: 'unknown' }, rule)
    },
  },
  {
    title: 'exactness: changing a returned identity does not change the stored one',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const identity = await storeIdentity(storage, account)
      const asked = structuredClone(identity)
      Reflect.set(identity, 'email', 'overwritten')
      await expectIdentities(storage, account, [asked], 'A record in a request is copied')
      const found = await storage.identities.find(asked)
      const [listed] = await storage.identities.list({ userId: account.user.id })
      for (const one of [found, listed]) Reflect.set(Object(one), 'email', 'overwritten')
      await expectIdentities(storage, account, [asked], 'A returned record is a copy')
    },
  },
]
