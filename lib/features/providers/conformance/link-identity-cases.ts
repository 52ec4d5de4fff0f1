import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, sorted } from '../../../conformance/contract.js'
import { randomWord } from '../../../conformance/random-records.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { IdentityLinking, IdentityRecord, LinkIdentity } from '../port.js'
import {
  expectIdentities,
  expectNothingWritten,
  linkOf,
  openWith,
  randomIdentity,
  storeIdentity,
  storeIdentityAccount,
  storePasswordlessAccount,
} from './identity-account.js'

async function expectRefused(
  storage: Storage,
  account: Account,
  request: LinkIdentity,
  outcome: IdentityLinking['outcome'],
  rule: string,
): Promise<void> {
  const link = () => storage.identities.link(request)
  expectEqual(await expectNothingWritten(storage, account, link, rule), { outcome }, rule)
}

/** Cases for storing, finding and listing identities. */
export const linkIdentityCases: readonly ConformanceCase[] = [
  ...askingCases({
    'identities.link': {
      granted: 'linked',
      ask: ({ identities }, account, asking) => identities.link(linkOf(account, { asking })),
    },
  }),
  {
    title: 'identities.link: the identity is stored as given, and is found by issuer and subject',
    async run({ storage }) {
      for (const account of [await storeAccount(storage), await storePasswordlessAccount(storage)]) {
        const identity = randomIdentity(account.user, { email: null, lastUsedAt: account.now })
        const rule = 'A new identity is stored for the user'
        expectEqual(await storage.identities.link(linkOf(account, { identity })), { outcome: 'linked' }, rule)
        expectEqual(await storage.identities.find(identity), identity, rule)
        await expectIdentities(storage, account, [identity], rule)
      }
    },
  },
  {
    title: 'identities.link: an identity of the user is present, also as another record, and stays as it is',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const { identity } = await openWith(storage, account, account.identities[0])
      const { issuer, subject } = identity
      const again = randomIdentity(account.user, { issuer, subject, provider: 'new', email: null })
      const rule = 'An identity is stored once'
      for (const one of [identity, again])
        await expectRefused(storage, account, linkOf(account, { identity: one }), 'present', rule)
      await expectIdentities(storage, account, [identity, account.identities[1]], rule)
    },
  },
  {
    title: 'identities.link: an identity of another user is identityTaken, and stays theirs',
    async run({ storage }) {
      const [account, other] = [await storeAccount(storage), await storeIdentityAccount(storage)]
      const { issuer, subject } = other.identities[0]
      const identity = randomIdentity(account.user, { issuer, subject })
      const rule = 'An identity belongs to one user'
      await expectRefused(storage, account, linkOf(account, { identity }), 'identityTaken', rule)
      await expectIdentities(storage, other, other.identities, rule)
      expectEqual(await storage.identities.find(identity), other.identities[0], rule)
    },
  },
  {
    title: 'identities.link: one subject of two issuers is two identities, and so are two subjects of one issuer',
    async run({ storage }) {
      const [account, other] = [await storeAccount(storage), await storeAccount(storage)]
      const [issuer, subject, word] = ['https://a.example', randomWord(), randomWord()]
      const rule = 'Issuer and subject together identify a user'
      const first = await storeIdentity(storage, account, { issuer, subject })
      const second = await storeIdentity(storage, other, { issuer: 'https://b.example', subject })
      const third = await storeIdentity(storage, other, { issuer, subject: word, createdAt: second.createdAt + 1 })
      for (const identity of [first, second, third])
        expectEqual(await storage.identities.find(identity), identity, rule)
      await expectIdentities(storage, account, [first], rule)
      await expectIdentities(storage, other, [second, third], rule)
    },
  },
  {
    title: 'identities.link: the identity that reaches maximumPerUser is stored, the next is limitReached',
    async run({ storage }) {
      const account = await storeIdentityAccount(storage)
      const rule = 'A user has at most maximumPerUser identities, this one included'
      for (const maximumPerUser of [1, 2])
        await expectRefused(storage, account, linkOf(account, { maximumPerUser }), 'limitReached', rule)
      expectEqual(await storage.identities.link(linkOf(account, { maximumPerUser: 3 })), { outcome: 'linked' }, rule)
      await expectRefused(storage, account, linkOf(account, { maximumPerUser: 3 }), 'limitReached', rule)
    },
  },
  {
    title: 'identities.link: the identities of other users do not count towards maximumPerUser',
    async run({ storage }) {
      await storeIdentityAccount(storage)
      const account = await storeAccount(storage)
      const answer = await storage.identities.link(linkOf(account, { maximumPerUser: 1 }))
      expectEqual(answer, { outcome: 'linked' }, 'The limit counts the identities of one user')
    },
  },
  {
    title: 'identities.link: sessionEnded, then present and identityTaken, then limitReached',
    async run({ storage }) {
      const [account, other] = [await storeIdentityAccount(storage), await storeIdentityAccount(storage)]
      const { user, identities, now } = account
      const ended = { sessionId: randomUUID(), now }
      const keyOf = ({ issuer, subject }: { readonly issuer: string; readonly subject: string }) => ({
        issuer,
        subject,
      })
      const [own, foreign] = [
        randomIdentity(user, keyOf(identities[0])),
        randomIdentity(user, keyOf(other.identities[0])),
      ]
      const rule = 'The first outcome in the order of the contract is the answer'
      for (const identity of [own, foreign, randomIdentity(user)]) {
        const request = linkOf(account, { identity, asking: ended, maximumPerUser: 1 })
        await expectRefused(storage, account, request, 'sessionEnded', rule)
      }
      for (const [outcome, identity] of [
        ['present', own],
        ['identityTaken', foreign],
        ['limitReached', randomIdentity(user)],
      ] as const)
        await expectRefused(storage, account, linkOf(account, { identity, maximumPerUser: 1 }), outcome, rule)
    },
  },
  {
    title: 'identities.find: an unknown issuer and an unknown subject are null',
    async run({ storage }) {
      const { identities } = await storeIdentityAccount(storage)
      const { issuer, subject } = identities[0]
      const word = randomWord()
      for (const key of [
        { issuer, subject: word },
        { issuer: word, subject },
        { issuer: subject, subject: issuer },
      ])
        expectEqual(await storage.identities.find(key), null, 'Both parts of the key must be those of the identity')
    },
  },
  {
    title: 'identities.list: the identities of the user by createdAt, then by id',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storeIdentityAccount(storage)
      const { createdAt } = account.user
      const stored: IdentityRecord[] = []
      for (const later of [2, 0, 1, 0, 0])
        stored.push(await storeIdentity(storage, account, { createdAt: createdAt + later }))
      const ids = (later: number) =>
        sorted(stored.filter(identity => identity.createdAt === createdAt + later).map(({ id }) => id))
      const listed = await storage.identities.list({ userId: account.user.id })
      const rule = 'Identities are in ascending order of createdAt, then of id'
      expectEqual(
        listed.map(({ id }) => id),
        [...ids(0), ...ids(1), ...ids(2)],
        rule,
      )
    },
  },
  {
    title: 'identities.list: a user without identities and an unknown user have an empty list',
    async run({ storage }) {
      const { user } = await storeAccount(storage)
      for (const userId of [user.id, randomUUID()])
        expectEqual(await storage.identities.list({ userId }), [], 'There is no identity')
    },
  },
]
