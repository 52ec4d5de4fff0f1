import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectRejection } from '../../../conformance/contract.js'
import { minuteMilliseconds, randomMessage, randomUser, randomWord } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import {
  adoptionOf,
  expectIdentities,
  expectNothingWritten,
  linkOf,
  randomIdentity,
  signUpWith,
  storeIdentity,
} from './identity-account.js'
import { expectFlow, randomFlow, storeFlow } from './provider-flow.js'

/** Cases for text that not every database can store exactly: its description, and the character itself. */
function casesOf(content: string, character: string): readonly ConformanceCase[] {
  const text = `a${character}b`
  const rule = `Text with ${content} is rejected, and nothing is written`
  const fields = [{ issuer: text }, { subject: text }, { provider: text }, { email: text }, { id: text }]
  return [
    {
      title: `exactness: an identity with ${content} is rejected by every method, and changes nothing`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { identities } = storage
        const refuse = async () => {
          for (const field of fields) {
            const identity = randomIdentity(account.user, field)
            await expectRejection(identities.link(linkOf(account, { identity })), rule)
            await expectRejection(identities.adopt(adoptionOf(account, { identity })), rule)
            const user = randomUser()
            const request = signUpWith(user, { identity: randomIdentity(user, field) })
            await expectRejection(identities.signUp(request), rule)
            expectEqual(await storage.users.find({ userId: user.id }), null, rule)
          }
        }
        await expectNothingWritten(storage, account, refuse, rule)
        await expectIdentities(storage, account, [], rule)
      },
    },
    {
      title: `exactness: a message with ${content} is rejected together with its identity`,
      features: ['email'],
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { user } = account
        const messages = [randomMessage(user), randomMessage(user, { sealed: text })]
        const refuse = async () => {
          await expectRejection(storage.identities.link(linkOf(account, { messages })), rule)
          await expectRejection(storage.identities.adopt(adoptionOf(account, { messages })), rule)
        }
        await expectNothingWritten(storage, account, refuse, rule)
        await expectWaiting(storage, { offered: messages, waiting: [], now: user.createdAt }, rule)
      },
    },
    {
      title: `exactness: issuer and subject with ${content} equal no stored ones`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { issuer, subject } = await storeIdentity(storage, account)
        for (const key of [
          { issuer, subject: `${subject}${character}` },
          { issuer: `${issuer}${character}b`, subject },
        ]) {
          const found = await storage.identities.find(key).catch(() => null)
          expectEqual(found, null, `Text with ${content} equals no other`)
        }
      },
    },
    {
      title: `exactness: the result of a flow with ${content} is rejected, and the flow stays pending`,
      async run({ storage }) {
        const flow = await storeFlow(storage)
        const { flowId, now } = flow
        const { providerFlows } = storage
        await expectRejection(providerFlows.settle({ flowId, result: text, now: now + minuteMilliseconds }), rule)
        await expectFlow(storage, flow, { outcome: 'pending' }, rule)
        await expectRejection(providerFlows.claim(randomFlow({ flowId: `${randomWord()}${text}` })), rule)
      },
    },
  ]
}

/** Cases for identities and flows that not every database can store exactly. */
export const illFormedIdentityCases: readonly ConformanceCase[] = [
  ...casesOf('U+0000', '\0'),
  ...casesOf('a lone surrogate', '\ud800'),
]
