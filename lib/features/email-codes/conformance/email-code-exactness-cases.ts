import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { randomUser, randomWord } from '../../../conformance/random-records.js'
import type { SignInCodeHash } from '../port.js'
import { expectCode, expectWrong, randomCode, storeCode, storeNewcomersCode, trialOf } from './code-account.js'

/** Addresses that some databases treat as equal. */
const pairs: readonly { readonly difference: string; readonly pair: (word: string) => readonly [string, string] }[] = [
  { difference: 'in case', pair: word => [`${word}ann@b.example`, `${word}Ann@b.example`] },
  { difference: 'in an accent', pair: word => [`${word}@andre.example`, `${word}@andré.example`] },
  { difference: 'in a trailing blank', pair: word => [`${word}@b.example`, `${word}@b.example `] },
  { difference: 'in a sharp s', pair: word => [`${word}@strasse.example`, `${word}@straße.example`] },
  {
    difference: 'in a four-byte character',
    pair: word => [`${word}\u{1f600}@b.example`, `${word}\u{1f601}@b.example`],
  },
  {
    difference: 'in the last of 320 characters',
    pair: word => [`${word}${'x'.repeat(303)}a`, `${word}${'x'.repeat(303)}b`],
  },
]

const pairCases = pairs.map(
  ({ difference, pair }): ConformanceCase => ({
    title: `exactness: addresses that differ ${difference} have a code each`,
    async run({ storage }) {
      const [email, similar] = pair(randomWord())
      const rule = `Addresses are compared byte for byte; these differ ${difference}`
      const code = await storeNewcomersCode(storage, { email })
      await expectCode(storage, { ...code, email: similar }, null, rule)
      const neighbour = await storeNewcomersCode(storage, { email: similar })
      await expectCode(storage, code, code, rule)
      await expectCode(storage, neighbour, neighbour, rule)
    },
  }),
)

/** Cases for codes that must come back exactly, and for texts that are compared byte for byte. */
export const emailCodeExactnessCases: readonly ConformanceCase[] = [
  ...pairCases,
  {
    title: 'exactness: the hash of a code that differs in case or in a trailing blank is wrong',
    async run({ storage }) {
      const hash = `${randomWord()}a` as SignInCodeHash
      const code = await storeNewcomersCode(storage, { hash })
      for (const similar of [hash.toUpperCase(), `${hash} `] as SignInCodeHash[])
        await expectWrong(storage, trialOf(code, { hash: similar }), 'Hashes are compared byte for byte')
    },
  },
  {
    title: 'exactness: the id of a code that differs in case is unknown, and costs no try',
    async run({ storage }) {
      const code = await storeNewcomersCode(storage, { id: `a${randomUUID().slice(1)}` })
      const rule = 'Ids are compared byte for byte'
      await expectWrong(storage, trialOf(code, { codeId: code.id.toUpperCase() }), rule)
      await expectCode(storage, code, code, rule)
    },
  },
  {
    title: 'exactness: codes with one try and with many come back as written',
    async run({ storage }) {
      for (const triesLeft of [1, 1_000_000]) {
        const code = await storeNewcomersCode(storage, { triesLeft })
        await expectCode(storage, code, code, 'The tries come back exactly')
      }
    },
  },
  {
    title: 'exactness: the instant 0 of a code is not null',
    async run({ storage }) {
      const code = await storeCode(storage, randomUser({ createdAt: 0 }), { userId: null })
      await expectCode(storage, code, { ...code, createdAt: 0 }, 'The instant 0 is 0')
    },
  },
  {
    title: 'exactness: changing a returned code does not change the stored one',
    async run({ storage }) {
      const code = randomCode(randomUser(), { userId: null })
      const asked = structuredClone(code)
      await storage.signInCodes.issue({ code, messages: [] })
      Reflect.set(code, 'triesLeft', 1_000)
      await expectCode(storage, asked, asked, 'A record in a request is copied')
      const found = await storage.signInCodes.find({ email: asked.email, now: asked.createdAt })
      Reflect.set(Object(found), 'triesLeft', 1_000)
      await expectCode(storage, asked, asked, 'A returned record is a copy')
    },
  },
]
