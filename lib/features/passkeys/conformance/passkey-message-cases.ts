import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import type { AskingSession } from '../../../storage/asking-session.js'
import type { OutboxMessageRecord } from '../../../storage/records.js'
import {
  mailOf,
  type PasskeyAccount,
  passkeyProofOf,
  randomPasskey,
  registrationOf,
  signInOf,
  storePasskey,
  storePasskeyAccount,
  storePasswordlessAccount,
} from './passkey-account.js'
import { removalOf } from './remove-passkey-cases.js'

type Request = { readonly asking: AskingSession; readonly messages: OutboxMessageRecord[] }
type Attempt = (storage: Storage, account: PasskeyAccount, request: Request) => Promise<{ readonly outcome: string }>

interface MailingMethod {
  readonly method: string
  readonly succeeded: string
  /** The call that succeeds. */
  readonly attempt: Attempt
  /** Calls of a live session that are refused, by outcome. */
  readonly refused: Readonly<Record<string, Attempt>>
}

const mailingMethods: readonly MailingMethod[] = [
  {
    method: 'passkeys.register',
    succeeded: 'registered',
    attempt: ({ passkeys }, account, request) => passkeys.register(registrationOf(account, request)),
    refused: {
      async spent({ passkeys, sessions }, account, request) {
        const proof = passkeyProofOf(account.passkeys[0])
        await sessions.open(signInOf(account, [proof]))
        const { challengeHash } = proof
        return passkeys.register(registrationOf(account, { ...request, challengeHash }))
      },
      taken({ passkeys }, account, request) {
        const { credentialId } = account.passkeys[1]
        const passkey = randomPasskey(account.user, { credentialId })
        return passkeys.register(registrationOf(account, { ...request, passkey }))
      },
      limitReached: ({ passkeys }, account, request) =>
        passkeys.register(registrationOf(account, { ...request, maximumPerUser: 2 })),
    },
  },
  {
    method: 'passkeys.remove',
    succeeded: 'removed',
    attempt: ({ passkeys }, account, request) => passkeys.remove(removalOf(account, account.passkeys[0], request)),
    refused: {
      unknown: ({ passkeys }, account, request) => passkeys.remove(removalOf(account, { id: randomUUID() }, request)),
    },
  },
]

function casesOf({ method, succeeded, attempt, refused }: MailingMethod): readonly ConformanceCase[] {
  return [
    {
      title: `${method}: the messages are stored with the change`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { sessions, now } = account
        const messages = mailOf(account)
        const { outcome } = await attempt(storage, account, { asking: { sessionId: sessions[0].id, now }, messages })
        const rule = 'The owner is notified of the change'
        expectEqual(outcome, succeeded, rule)
        await expectWaiting(storage, { offered: messages, waiting: messages, now }, rule)
      },
    },
    {
      title: `${method}: without a change no messages are stored`,
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const { sessions, now } = account
        const rule = 'Messages are stored only with the change'
        for (const [asked, attempted] of Object.entries({ ...refused, sessionEnded: attempt })) {
          const sessionId = asked === 'sessionEnded' ? randomUUID() : sessions[0].id
          const messages = mailOf(account)
          const { outcome } = await attempted(storage, account, { asking: { sessionId, now }, messages })
          expectEqual(outcome, asked, rule)
          await expectWaiting(storage, { offered: messages, waiting: [], now }, rule)
        }
      },
    },
  ]
}

/** Cases for messages that are stored with a change of passkeys, or not at all. */
export const passkeyMessageCases: readonly ConformanceCase[] = needing(
  ['email'],
  [
    ...mailingMethods.flatMap(casesOf),
    {
      title: 'passkeys.remove: no messages are stored if the passkey is the last way to sign in',
      async run({ storage }) {
        const account = await storePasswordlessAccount(storage)
        const passkey = await storePasskey(storage, account)
        const messages = mailOf(account)
        const rule = 'Messages are stored only with the change'
        const { outcome } = await storage.passkeys.remove(removalOf(account, passkey, { messages }))
        expectEqual(outcome, 'lastSignInMethod', rule)
        await expectWaiting(storage, { offered: messages, waiting: [], now: account.now }, rule)
      },
    },
    {
      title: 'passkeys.endSessions: the messages are stored if the user has the passkey, and only then',
      async run({ storage }) {
        const account = await storePasskeyAccount(storage)
        const other = await storePasskeyAccount(storage)
        const { user, now } = account
        const rule = 'The owner of the passkey is notified, even if no session ends'
        for (const [passkeyId, isTheirs] of [
          [account.passkeys[0].id, true],
          [other.passkeys[0].id, false],
          [randomUUID(), false],
        ] as const) {
          const messages = mailOf(account)
          await storage.passkeys.endSessions({ passkeyId, userId: user.id, now, messages })
          await expectWaiting(storage, { offered: messages, waiting: isTheirs ? messages : [], now }, rule)
        }
      },
    },
  ],
)
