import { readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { AuthError } from '../../lib/client/index.js'
import { memorySender } from '../../lib/mail/index.js'
import type { ApiDocument } from '../support/openapi-document.js'
import { ada, clientApp } from './fixtures/client-app.js'

t.test('every operation of the document is a function of the client, pages and those for browsers aside', async t => {
  const document: ApiDocument = parse(readFileSync('openapi.yml', 'utf8'))
  const ids = Object.entries(document.paths)
    .filter(([path]) => !path.startsWith('/.well-known/'))
    .flatMap(([, methods]) => Object.values(methods).map(({ operationId }) => operationId))
  const { client } = await clientApp(t)
  const made: object = client()
  const functions = Object.entries(made).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
  const own = ['subscribe', 'fetch', 'close', 'signInWith', 'linkWith', 'finishSignIn']
  const isForBrowsers = (id = '') => /Page$|^finishProviderSignIn$|^receiveProviderForm$/.test(id)
  t.same(functions.filter(name => !own.includes(name)).sort(), ids.filter(id => !isForBrowsers(id)).sort())
})

t.test('path, query and body are one object', async t => {
  const { signedUp, requests } = await clientApp(t)
  const client = await signedUp()
  requests.length = 0
  const { data: made, status } = await client.createApiKey({ name: 'nightly reports' })
  t.equal(status, 201)
  const { data: rolled } = await client.rollApiKey({ id: made?.id ?? '', overlapSeconds: 60 })
  const { data: page } = await client.listApiKeys({ limit: 5, sortBy: 'name' })
  t.equal(page?.total, 2)
  t.same(await client.deleteApiKey({ id: rolled?.id ?? '' }), { status: 204, data: undefined })
  t.equal((await client.listApiKeys()).data?.total, 1)
  t.hasStrict(await client.revokeSession({ id: '../me' }), { error: { code: 'FST_ERR_VALIDATION' } })
  t.same(requests, [
    'POST /auth/api-keys',
    `POST /auth/api-keys/${made?.id}/roll`,
    'GET /auth/api-keys?limit=5&sortBy=name',
    `DELETE /auth/api-keys/${rolled?.id}`,
    'GET /auth/api-keys',
    'DELETE /auth/sessions/..%2Fme',
  ])
})

t.test('a query leaves out what is not defined', async t => {
  const { signedUp, requests } = await clientApp(t)
  const client = await signedUp()
  requests.length = 0
  const asked: Record<string, undefined> = { limit: undefined }
  await client.listApiKeys({ ...asked })
  t.same(requests, ['GET /auth/api-keys'])
})

t.test('a sign-up that needs a confirmation succeeds with another status, and signs no user in', async t => {
  const email = { sender: memorySender(), from: 'Example <accounts@example.com>' }
  const { client } = await clientApp(t, {
    options: { publicUrl: 'https://app.example.com', requireEmailConfirmation: true, email },
  })
  const made = client()
  const { status, data } = await made.signUp(ada)
  t.equal(status, 202)
  t.same(data, { status: 'confirmation_required' })
  t.equal(made.session.status, 'unknown')
})

t.test('an error says what the server said', async t => {
  const { client } = await clientApp(t)
  const made = client()
  const invalid = await made.signUp({ ...ada, email: 'ada' })
  t.ok(invalid.error instanceof AuthError)
  t.match(invalid.error, {
    name: 'AuthError',
    code: 'FST_ERR_VALIDATION',
    statusCode: 400,
    validation: [{ instancePath: '/email' }],
  })
  const weak = await made.signUp({ ...ada, password: 'password1' })
  t.hasStrict(weak.error, { code: 'FAST_AUTH_PASSWORD_TOO_WEAK', rule: 'frequentPassword', validation: undefined })
  await made.signUp(ada)
  t.hasStrict((await made.signUp(ada)).error, { code: 'FAST_AUTH_USER_EXISTS', taken: 'email', statusCode: 409 })
})

const waits = [
  { header: '7', says: 7 },
  { header: 'Thu, 01 Jan 2026 12:00:30 GMT', date: 'Thu, 01 Jan 2026 12:00:00 GMT', says: 30 },
  { header: 'Thu, 01 Jan 2026 12:00:30 GMT', date: 'Thu, 01 Jan 2026 12:01:00 GMT', says: 0 },
  { header: 'soon', says: undefined },
]

for (const { header, date, says } of waits) {
  t.test(`Retry-After: ${header} means ${says} seconds${date === undefined ? '' : ` at ${date}`}`, async t => {
    const { client } = await clientApp(t, {
      before(app) {
        app.addHook('onRequest', async (_request, reply) => {
          reply.headers({ 'retry-after': header, ...(date === undefined ? {} : { date }) })
          return reply.code(503).send({ statusCode: 503, code: 'FAST_AUTH_STORAGE_UNAVAILABLE', message: 'Later' })
        })
      },
    })
    t.hasStrict((await client().getMe()).error, { code: 'FAST_AUTH_STORAGE_UNAVAILABLE', retryAfterSeconds: says })
  })
}

t.test('an answer that is not of fast-auth is not taken for one', async t => {
  const answers = [
    { status: 200, type: 'text/html', body: '<p>Please accept our terms</p>' },
    { status: 200, type: 'text/html', body: '' },
    { status: 502, type: 'text/html', body: '<p>Bad gateway</p>' },
    { status: 500, type: 'application/json', body: 'null' },
  ]
  for (const { status, type, body } of answers) {
    const send = async () => new Response(body, { status, headers: { 'content-type': type, 'retry-after': 'soon' } })
    const { client } = await clientApp(t)
    const made = client({ fetch: send })
    t.hasStrict(await made.getMe(), { error: { code: 'UNEXPECTED_ANSWER', statusCode: status } })
    t.equal(made.session.status, 'unknown')
  }
})

t.test('if no server answers, the error says so and has the cause', async t => {
  const { client, app } = await clientApp(t)
  const made = client({ fetch })
  await app.close()
  const { error } = await made.signIn(ada)
  t.hasStrict(error, { code: 'NETWORK_FAILURE', statusCode: 0 })
  t.ok(error?.cause instanceof TypeError)
})

t.test('an operation can be given up', async t => {
  const { client } = await clientApp(t)
  const signal = AbortSignal.abort()
  t.hasStrict(await client().getMe({}, { signal }), { error: { code: 'ABORTED' } })
})

t.test('a base URL that leads nowhere is a mistake of the program, and thrown', async t => {
  const { client } = await clientApp(t)
  for (const baseUrl of ['/auth', '', 'api.example.com/auth', 'ftp://example.com'])
    await t.rejects(client({ baseUrl }).getMe(), { name: 'TypeError', message: `this is "${baseUrl}"` })
})

t.test('a slash at the end of the base URL is nothing', async t => {
  const { client, baseUrl, requests } = await clientApp(t)
  await client({ baseUrl: `${baseUrl}/` }).getMe()
  t.equal(requests[0], 'GET /auth/me')
})

t.test('in a page, a path is on its own origin', async t => {
  const { client, url, requests } = await clientApp(t)
  Object.defineProperty(globalThis, 'location', { value: { origin: url }, configurable: true })
  t.teardown(() => Reflect.deleteProperty(globalThis, 'location'))
  await client({ baseUrl: '/auth' }).getMe()
  await client({ baseUrl: '/' }).fetch('/hello')
  t.same(requests.slice(0, 3), ['GET /auth/me', 'POST /auth/refresh', 'GET /hello'])
})

t.test('an operation without an answer does not stop the others for ever', async t => {
  const { client } = await clientApp(t)
  const made = client({
    transport: 'token',
    refreshTimeoutMilliseconds: 50,
    fetch: (input, init) => (String(input).endsWith('/sign-in') ? new Promise(() => {}) : fetch(input, init)),
  })
  void made.signIn(ada)
  t.equal((await made.signUp(ada)).status, 201)
})
