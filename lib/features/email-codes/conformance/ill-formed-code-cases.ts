import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectRejection } from '../../../conformance/contract.js'
import { randomMessage } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import type { SignInCodeHash } from '../port.js'
import { expectCode, randomCode, storeCode, storeNewcomersCode } from './code-account.js'

/** Cases for text that not every database can store exactly: its description, and the character itself. */
function casesOf(content: string, character: string): readonly ConformanceCase[] {
  const text = `a${character}b`
  const rule = `Text with ${content} is rejected, and nothing is written`
  return [
    {
      title: `exactness: a mailed code with ${content} is rejected, and replaces none`,
      async run({ storage }) {
        const user = await storeUser(storage)
        const code = await storeCode(storage, user)
        const fields = [
          { id: text },
          { userId: text },
          { hash: text as SignInCodeHash },
          { email: `${text}@b.example` },
        ]
        for (const overrides of fields)
          await expectRejection(storage.signInCodes.issue({ code: randomCode(user, overrides), messages: [] }), rule)
        await expectCode(storage, code, code, rule)
      },
    },
    {
      title: `exactness: a message with ${content} is rejected together with its mailed code`,
      features: ['email'],
      async run({ storage }) {
        const user = await storeUser(storage)
        const code = await storeCode(storage, user)
        const messages = [randomMessage(user), randomMessage(user, { sealed: text })]
        await expectRejection(storage.signInCodes.issue({ code: randomCode(user), messages }), rule)
        await expectCode(storage, code, code, rule)
        await expectWaiting(storage, { offered: messages, waiting: [], now: user.createdAt }, rule)
      },
    },
    {
      title: `exactness: no code is found for an address with ${content}`,
      async run({ storage }) {
        const code = await storeNewcomersCode(storage)
        for (const email of [`${code.email}${character}`, `${code.email}${character}b`]) {
          const found = await storage.signInCodes.find({ email, now: code.createdAt }).catch(() => null)
          expectEqual(found, null, `An address with ${content} equals no other`)
        }
      },
    },
  ]
}

/** Cases for codes that not every database can store exactly. */
export const illFormedCodeCases: readonly ConformanceCase[] = [
  ...casesOf('U+0000', '\0'),
  ...casesOf('a lone surrogate', '\ud800'),
]
