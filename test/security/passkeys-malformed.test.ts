import { randomBytes } from 'node:crypto'
import t from 'tap'
import { createSoftwareAuthenticator } from '../../lib/testing/index.js'
import { refused } from '../support/refusal.js'
import { origin, passkeyWorld } from './fixtures/passkey-world.js'

const long = (length: number) => 'A'.repeat(length)

/** Values that are no base64url of one to `maximum` characters. */
const badBytes = (maximum: number): readonly unknown[] => [
  '',
  long(maximum + 1),
  'AA==',
  'A+/A',
  'A A',
  'AA\n',
  '\u0000',
  'ä',
  1,
  null,
  true,
  ['AAAA'],
  { length: 4 },
  undefined,
]

/** By the name that the refusal has to have, the values that it is for. */
const ofBoth: Readonly<Record<string, readonly unknown[]>> = {
  id: badBytes(1364),
  rawId: badBytes(1364),
  type: ['', 'password', 'Public-Key', 'public-key ', 1, null, undefined],
  clientExtensionResults: [1, 'x', null, []],
  response: [null, 'x', 1, [], {}],
}
const ofUse: Readonly<Record<string, readonly unknown[]>> = {
  clientDataJSON: badBytes(5464),
  authenticatorData: badBytes(5464),
  signature: badBytes(5464),
  userHandle: [1, true, ['AAAA'], {}, long(129)],
}
const ofCreation: Readonly<Record<string, readonly unknown[]>> = {
  clientDataJSON: badBytes(5464),
  attestationObject: badBytes(15_000).filter(value => String(value).length < 15_000),
  transports: ['usb', [1], [null], [long(33)], Array(17).fill('usb')],
}

t.test('a value of a credential that is malformed or too long is refused with the name of the field', async t => {
  const { ada, use, post, creationOptions, state, asked, events } = await passkeyWorld(t)
  const creation = createSoftwareAuthenticator().create(await creationOptions(), { origin })
  const assertion = await use()
  const before = await state()
  asked()
  const requests = [
    {
      name: 'a sign-in',
      credential: assertion,
      inResponse: ofUse,
      send: (body: object) => post('/sign-in/passkey', body),
    },
    {
      name: 'a registration',
      credential: creation,
      inResponse: ofCreation,
      send: (body: object) => ada.send('POST', '/passkeys', body),
    },
    {
      name: 'a reauthentication',
      credential: assertion,
      inResponse: ofUse,
      send: (body: object) => ada.send('POST', '/reauthenticate', body),
    },
    {
      name: 'a second factor',
      credential: assertion,
      inResponse: ofUse,
      send: (body: object) => post('/sign-in/second-factor', { signInToken: 'x', ...body }),
    },
  ]
  for (const { name, credential, inResponse, send } of requests) {
    const { response } = credential
    const wrong = [
      ...Object.entries(ofBoth).flatMap(([field, values]) =>
        values.map(value => ({ field, value, changed: { ...credential, [field]: value } })),
      ),
      ...Object.entries(inResponse).flatMap(([field, values]) =>
        values.map(value => ({ field, value, changed: { ...credential, response: { ...response, [field]: value } } })),
      ),
    ]
    for (const { field, value, changed } of wrong) {
      const answer = await send({ credential: changed })
      const { code, message } = answer.json()
      const found = [answer.statusCode, code, String(message).includes(field)]
      t.strictSame(found, [400, 'FST_ERR_VALIDATION', true], `${name}: ${field} ${JSON.stringify(value)?.slice(0, 30)}`)
    }
    for (const value of [undefined, null, 'x', 1, [], {}]) {
      const answer = await send({ credential: value })
      t.equal(answer.statusCode, 400, `${name}: ${JSON.stringify(value)}`)
    }
  }
  t.strictSame([asked(), events, await state()], [[], [], before])
})

t.test('a value of the longest length that is allowed costs a refusal and no more', async t => {
  const { use, refusesUse } = await passkeyWorld(t)
  const credential = await use()
  const { response } = credential
  const huge = {
    id: { ...credential, id: long(1364), rawId: long(1364) },
    clientDataJSON: { ...credential, response: { ...response, clientDataJSON: long(5464) } },
    authenticatorData: { ...credential, response: { ...response, authenticatorData: long(5464) } },
    signature: { ...credential, response: { ...response, signature: long(5464) } },
    userHandle: { ...credential, response: { ...response, userHandle: long(128) } },
  }
  for (const [name, credential] of Object.entries(huge)) await refusesUse(t, credential, name)
})

t.test('members that browsers may add are allowed, but a body beyond 16 KiB is not read', async t => {
  const { use, signIn } = await passkeyWorld(t)
  const credential = await use()
  const response = { ...credential.response, attestationObject: null, publicKey: 'AAAA', later: [1] }
  t.equal((await signIn({ ...credential, response, later: { a: 1 } })).statusCode, 200)
  const large = { ...(await use()), later: randomBytes(13_000).toString('base64') }
  refused(t, await signIn(large), 413, 'FST_ERR_CTP_BODY_TOO_LARGE')
})

t.test('a member with a name of the language is no way around a check', async t => {
  const { use, post, asked } = await passkeyWorld(t)
  const text = JSON.stringify({ credential: await use(), transport: 'token' })
  asked()
  for (const added of ['"__proto__":{"id":"AAAA"}', '"constructor":{"prototype":{"id":"AAAA"}}']) {
    const body = text.replace('{"id"', `{${added},"id"`)
    t.not(body, text)
    const answer = await post('/sign-in/passkey', body, { 'content-type': 'application/json' })
    refused(t, answer, 400, 'FST_ERR_CTP_INVALID_JSON_BODY')
  }
  t.strictSame(asked(), [])
})
