import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { hourMilliseconds } from '../../../conformance/random-records.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import type { AskingSession } from '../../../storage/asking-session.js'
import type { OutboxMessageRecord } from '../../../storage/records.js'
import { mailOf, randomRecoveryCodes, stepAt, storeFactor, storeProtectedAccount } from './protected-account.js'

interface MailingMethod {
  readonly method: string
  readonly succeeded: string
  /** The outcome for an account without second factors. */
  readonly ifNone: string
  prepare(storage: Storage): Promise<Account>
  attempt(
    storage: Storage,
    account: Account,
    request: { readonly asking: AskingSession; readonly messages: OutboxMessageRecord[] },
  ): Promise<{ readonly outcome: string }>
}

async function storeEnrolling(storage: Storage): Promise<Account> {
  const account = await storeAccount(storage)
  await storeFactor(storage, account)
  return account
}

const mailingMethods: readonly MailingMethod[] = [
  {
    method: 'secondFactors.confirmTotp',
    succeeded: 'confirmed',
    ifNone: 'stale',
    prepare: storeEnrolling,
    async attempt({ secondFactors }, { user, now }, { asking: { sessionId }, messages }) {
      const { totp } = await secondFactors.find({ userId: user.id })
      const factorId = totp === null ? randomUUID() : totp.id
      const going = { sessionId, idleExpiresAt: now + hourMilliseconds, now }
      const recoveryCodes = randomRecoveryCodes()
      return secondFactors.confirmTotp({
        userId: user.id,
        factorId,
        step: stepAt(now),
        recoveryCodes,
        ...going,
        messages,
      })
    },
  },
  {
    method: 'secondFactors.removeTotp',
    succeeded: 'removed',
    ifNone: 'unknown',
    prepare: storeProtectedAccount,
    attempt: ({ secondFactors }, { user, now }, request) =>
      secondFactors.removeTotp({ userId: user.id, now, ...request }),
  },
  {
    method: 'secondFactors.renewRecoveryCodes',
    succeeded: 'renewed',
    ifNone: 'unknown',
    prepare: storeProtectedAccount,
    attempt: ({ secondFactors }, { user }, request) =>
      secondFactors.renewRecoveryCodes({ userId: user.id, recoveryCodes: randomRecoveryCodes(), ...request }),
  },
]

function casesOf({ method, succeeded, ifNone, prepare, attempt }: MailingMethod): readonly ConformanceCase[] {
  return [
    {
      title: `${method}: the messages are stored with the change`,
      async run({ storage }) {
        const account = await prepare(storage)
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
        const rule = 'Messages are stored only with the change'
        const [account, without] = [await prepare(storage), await storeAccount(storage)]
        for (const [one, sessionId, asked] of [
          [account, randomUUID(), 'sessionEnded'],
          [without, without.sessions[0].id, ifNone],
        ] as const) {
          const { now } = one
          const messages = mailOf(one)
          const { outcome } = await attempt(storage, one, { asking: { sessionId, now }, messages })
          expectEqual(outcome, asked, rule)
          await expectWaiting(storage, { offered: messages, waiting: [], now }, rule)
        }
      },
    },
  ]
}

/** Cases for messages that are stored with a change of second factors, or not at all. */
export const secondFactorMessageCases: readonly ConformanceCase[] = needing(
  ['email'],
  [
    ...mailingMethods.flatMap(casesOf),
    {
      title: 'secondFactors.clear: the messages are stored with the change, and only then',
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const { user, now } = account
        const rule = 'The owner is notified of the change'
        for (const isFirst of [true, false]) {
          const messages = mailOf(account)
          await storage.secondFactors.clear({ userId: user.id, now, messages })
          await expectWaiting(storage, { offered: messages, waiting: isFirst ? messages : [], now }, rule)
        }
      },
    },
  ],
)
