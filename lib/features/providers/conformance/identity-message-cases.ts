import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import type { OutboxMessageRecord } from '../../../storage/records.js'
import { provenAt } from './adopt-identity-cases.js'
import {
  adoptionOf,
  type IdentityAccount,
  linkOf,
  mailOf,
  randomIdentity,
  storeIdentity,
  storeIdentityAccount,
  storePasswordlessAccount,
} from './identity-account.js'
import { unlinkOf } from './unlink-identity-cases.js'

interface Request {
  readonly messages: readonly OutboxMessageRecord[]
}

type Attempt = (storage: Storage, account: IdentityAccount, request: Request) => Promise<{ readonly outcome: string }>

interface MailingMethod {
  readonly method: string
  readonly succeeded: string
  /** The call that succeeds. */
  readonly attempt: Attempt
  /** Calls that are refused, by outcome. */
  readonly refused: Readonly<Record<string, Attempt>>
}

const takenOf = ({ user, identities }: IdentityAccount) =>
  randomIdentity(user, { issuer: identities[0].issuer, subject: identities[0].subject })

const endedOf = ({ now }: IdentityAccount) => ({ sessionId: randomUUID(), now })

const mailingMethods: readonly MailingMethod[] = [
  {
    method: 'identities.link',
    succeeded: 'linked',
    attempt: ({ identities }, account, request) => identities.link(linkOf(account, request)),
    refused: {
      sessionEnded: ({ identities }, account, request) =>
        identities.link(linkOf(account, { ...request, asking: endedOf(account) })),
      present: ({ identities }, account, request) =>
        identities.link(linkOf(account, { ...request, identity: takenOf(account) })),
      async identityTaken(storage, account, request) {
        const other = await storeIdentityAccount(storage)
        const identity = { ...takenOf(other), userId: account.user.id }
        return storage.identities.link(linkOf(account, { ...request, identity }))
      },
      limitReached: ({ identities }, account, request) =>
        identities.link(linkOf(account, { ...request, maximumPerUser: 2 })),
    },
  },
  {
    method: 'identities.unlink',
    succeeded: 'unlinked',
    attempt: ({ identities }, account, request) => identities.unlink(unlinkOf(account, account.identities[0], request)),
    refused: {
      sessionEnded: ({ identities }, account, request) =>
        identities.unlink(unlinkOf(account, account.identities[0], { ...request, asking: endedOf(account) })),
      unknown: ({ identities }, account, request) =>
        identities.unlink(unlinkOf(account, { id: randomUUID() }, request)),
    },
  },
  {
    method: 'identities.adopt',
    succeeded: 'linked',
    attempt: ({ identities }, account, request) => identities.adopt(adoptionOf(account, request)),
    refused: {
      identityTaken: ({ identities }, account, request) =>
        identities.adopt(adoptionOf(account, { ...request, identity: takenOf(account) })),
      stale: ({ identities }, account, request) =>
        identities.adopt(adoptionOf(account, { ...request, email: randomEmail() })),
      async refused(storage, { user }, request) {
        const proven = await storeIdentityAccount(storage, { createdAt: user.createdAt, emailConfirmedAt: provenAt })
        return storage.identities.adopt(adoptionOf(proven, request))
      },
    },
  },
]

function casesOf({ method, succeeded, attempt, refused }: MailingMethod): readonly ConformanceCase[] {
  return [
    {
      title: `${method}: the messages are stored with the change`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        const messages = mailOf(storage, account)
        const { outcome } = await attempt(storage, account, { messages })
        const rule = 'The owner is notified of the change'
        expectEqual(outcome, succeeded, rule)
        await expectWaiting(storage, { offered: messages, waiting: messages, now: account.now }, rule)
      },
    },
    {
      title: `${method}: without a change no messages are stored`,
      async run({ storage }) {
        const account = await storeIdentityAccount(storage)
        const rule = 'Messages are stored only with the change'
        for (const [asked, attempted] of Object.entries(refused)) {
          const messages = mailOf(storage, account)
          const { outcome } = await attempted(storage, account, { messages })
          expectEqual(outcome, asked, rule)
          await expectWaiting(storage, { offered: messages, waiting: [], now: account.now }, rule)
        }
      },
    },
  ]
}

/** Cases for messages that are stored with a change of identities, or not at all. */
export const identityMessageCases: readonly ConformanceCase[] = needing(
  ['email'],
  [
    ...mailingMethods.flatMap(casesOf),
    {
      title: 'identities.adopt: the messages are stored with an account that was proven before, too',
      async run({ storage }) {
        const account = await storeIdentityAccount(storage, { emailConfirmedAt: provenAt })
        const messages = mailOf(storage, account)
        const { outcome } = await storage.identities.adopt(adoptionOf(account, { mayLinkProven: true, messages }))
        const rule = 'The owner is notified of the change'
        expectEqual(outcome, 'linked', rule)
        await expectWaiting(storage, { offered: messages, waiting: messages, now: account.now }, rule)
      },
    },
    {
      title: 'identities.unlink: no messages are stored if the identity is the last way to sign in',
      async run({ storage }) {
        const account = await storePasswordlessAccount(storage)
        const identity = await storeIdentity(storage, account)
        const messages = mailOf(storage, account)
        const rule = 'Messages are stored only with the change'
        const { outcome } = await storage.identities.unlink(unlinkOf(account, identity, { messages }))
        expectEqual(outcome, 'lastSignInMethod', rule)
        await expectWaiting(storage, { offered: messages, waiting: [], now: account.now }, rule)
      },
    },
  ],
)
