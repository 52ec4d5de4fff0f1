import t, { type Test } from 'tap'
import { ada } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { refused } from '../support/refusal.js'
import { type TestApplication, testApplication } from '../support/test-application.js'

/** A body that each operation takes. */
const operations: Readonly<Record<string, Record<string, string>>> = {
  '/auth/sign-up': { ...ada, transport: 'token' },
  '/auth/sign-in': { ...ada, transport: 'token' },
  '/auth/refresh': { refreshToken: 'x'.repeat(79) },
  '/auth/sign-out': { refreshToken: 'x'.repeat(79) },
}

/** Part of every value that must not come back. */
const canary = 'c4n4ry'

type Body = string | Buffer

const send = ({ app }: TestApplication, url: string, payload: Body, type: string | undefined = 'application/json') =>
  app.inject({ method: 'POST', url, payload, headers: type === '' ? {} : { 'content-type': type } })

/** Runs `check` for every operation, and asserts that nothing was hashed, stored or emitted. */
function everyOperation(title: string, check: (t: Test, tested: TestApplication, url: string) => Promise<void>): void {
  t.test(title, async t => {
    const tested = await testApplication(t)
    const hashes = hashCalls(t)
    for (const url of Object.keys(operations)) {
      await t.test(url, t => check(t, tested, url))
    }
    t.strictSame([tested.calls, tested.events, hashes()], [[], [], []])
  })
}

everyOperation('a body that is no object is refused', async (t, tested, url) => {
  for (const body of ['null', '[]', `["${canary}"]`, '5', '0', 'true', 'false', `"${canary}"`, '""']) {
    const answer = await send(tested, url, body)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().message, 'body must be object')
  }
})

everyOperation('a body that is no JSON is refused, and not repeated', async (t, tested, url) => {
  const malformed = [
    '{',
    canary,
    `{"email":"${canary}",}`,
    `{'email':'${canary}'}`,
    `{"email":${canary}}`,
    ' ',
    '{"__proto__":{"email":"ada@example.com"}}',
    '{"\\u005f_proto__":{"email":"ada@example.com"}}',
    '{"constructor":{"prototype":{"role":"admin"}}}',
    Buffer.from(JSON.stringify({ ...ada, password: 'gr\u00fcne Wiese' }), 'latin1'),
    Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  ]
  for (const body of malformed) {
    const answer = await send(tested, url, body)
    refused(t, answer, 400, 'FST_ERR_CTP_INVALID_JSON_BODY')
    t.notMatch(answer.body, canary)
  }
})

everyOperation('a field that the operation does not know is refused, not stripped', async (t, tested, url) => {
  for (const field of ['role', 'id', 'userId', 'emailConfirmedAt', 'passwordHash', 'constructor', 'toString']) {
    for (const value of [canary, null, true, {}]) {
      const answer = await send(tested, url, JSON.stringify({ ...operations[url], [field]: value }))
      refused(t, answer, 400, 'FST_ERR_VALIDATION')
      t.equal(answer.json().message, `body must not have "${field}": it is not known here`)
    }
  }
  const strange = await send(tested, url, JSON.stringify({ ...operations[url], [`<b>${canary}</b>`]: 1 }))
  refused(t, strange, 400, 'FST_ERR_VALIDATION')
  t.equal(strange.json().message, 'body must not have one of its fields: it is not known here')
})

everyOperation('a field of another type is refused, not coerced', async (t, tested, url) => {
  for (const field of Object.keys(operations[url] ?? {})) {
    for (const value of [null, 1, 0, true, [], [canary], {}, { length: 12 }]) {
      const answer = await send(tested, url, JSON.stringify({ ...operations[url], [field]: value }))
      refused(t, answer, 400, 'FST_ERR_VALIDATION')
      t.equal(answer.json().validation[0].instancePath, `/${field}`)
      t.notMatch(answer.body, canary)
    }
  }
})

everyOperation('text that cannot be stored faithfully is refused', async (t, tested, url) => {
  const fields = Object.keys(operations[url] ?? {}).filter(field => field !== 'transport')
  for (const field of fields) {
    for (const escaped of ['\\u0000', '\\ud800', '\\udc00', '\\udc00\\ud800']) {
      const text = JSON.stringify({ ...operations[url], [field]: `${canary}@example.com#` }).replace('#', escaped)
      const answer = await send(tested, url, text)
      refused(t, answer, 400, 'FST_ERR_VALIDATION')
      t.equal(answer.json().message, `body/${field} must be well-formed Unicode without U+0000`)
    }
  }
})

everyOperation('a body over 16 KiB is refused', async (t, tested, url) => {
  const ofBytes = (bytes: number) => `{"x":"${'x'.repeat(bytes - 8)}"}`
  refused(t, await send(tested, url, ofBytes(16_385)), 413, 'FST_ERR_CTP_BODY_TOO_LARGE')
  refused(t, await send(tested, url, ofBytes(1_048_576)), 413, 'FST_ERR_CTP_BODY_TOO_LARGE')
  refused(t, await send(tested, url, ofBytes(16_384)), 400, 'FST_ERR_VALIDATION')
})

const foreignTypes = [
  'text/plain',
  'text/plain; charset=utf-8, application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'application/json-patch+json',
  'application/vnd.api+json',
  'application/json, text/plain',
  'application/json/x',
  'xapplication/json',
  'application json',
  'json',
  'text/json',
  '*/*',
]

everyOperation('a body of another type than JSON is refused', async (t, tested, url) => {
  const json = JSON.stringify(operations[url])
  for (const type of foreignTypes) {
    refused(t, await send(tested, url, json, type), 415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
  }
  const untyped = await send(tested, url, json, '')
  refused(t, untyped, 415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
})

everyOperation('no spelling of application/json passes by the schema', async (t, tested, url) => {
  const spellings = [
    'application/json; charset=utf-8',
    'application/json;charset=utf-8',
    'APPLICATION/JSON',
    ' application/json',
    'application/json ',
    'application/json\t; charset=utf-8',
    'application/json; x="a;b"',
  ]
  for (const type of spellings) {
    refused(t, await send(tested, url, '{"role":"admin"}', type), 400, 'FST_ERR_VALIDATION')
  }
})

for (const url of ['/auth/sign-up', '/auth/sign-in']) {
  t.test(`${url} refuses a body that is missing, and one that lacks a field`, async t => {
    const tested = await testApplication(t)
    refused(t, await tested.app.inject({ method: 'POST', url }), 400, 'FST_ERR_VALIDATION')
    refused(t, await send(tested, url, ''), 400, 'FST_ERR_VALIDATION')
    refused(t, await send(tested, url, JSON.stringify({ email: ada.email })), 400, 'FST_ERR_VALIDATION')
    refused(t, await send(tested, url, JSON.stringify({ password: ada.password })), 400, 'FST_ERR_VALIDATION')
    refused(t, await send(tested, url, JSON.stringify({ ...ada, transport: 'Cookie' })), 400, 'FST_ERR_VALIDATION')
    refused(t, await send(tested, url, JSON.stringify({ ...ada, password: '' })), 400, 'FST_ERR_VALIDATION')
    t.strictSame(tested.calls, [])
  })
}

t.test('a refresh token is given, or left out, but not empty or endless', async t => {
  const tested = await testApplication(t)
  for (const url of ['/auth/refresh', '/auth/sign-out']) {
    for (const refreshToken of ['', 'x'.repeat(513)]) {
      refused(t, await send(tested, url, JSON.stringify({ refreshToken })), 400, 'FST_ERR_VALIDATION')
    }
  }
  t.equal((await send(tested, '/auth/sign-out', '')).statusCode, 204)
  t.equal((await send(tested, '/auth/sign-out', '{}')).statusCode, 204)
  t.strictSame(tested.calls, [])
})

t.test('JSON in any spelling of its type is taken', async t => {
  const tested = await testApplication(t)
  const type = 'Application/JSON; Charset="UTF-8"'
  const answer = await send(tested, '/auth/sign-up', `\ufeff${JSON.stringify(ada)}`, type)
  t.equal(answer.statusCode, 201)
})
