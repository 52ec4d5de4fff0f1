import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import t, { type Test } from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

type Register = (app: FastifyInstance) => void

/** Parsers that would let anything through to our routes. */
const parsers: Record<string, Register> = {
  'every type at all': app => {
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null, ada))
  },
  'every kind of JSON': app => {
    app.addContentTypeParser(/^.*json.*$/, { parseAs: 'string' }, (_request, _body, done) => done(null, ada))
  },
  'forms and text': app => {
    const types = ['application/x-www-form-urlencoded', 'text/xml', 'multipart/form-data']
    app.addContentTypeParser(types, { parseAs: 'string' }, (_request, _body, done) => done(null, ada))
  },
  'JSON of its own': app => {
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, _body, done) => done(null, ada))
  },
}

async function hostApp(t: Test, settings: { before?: Register; after?: Register; server?: FastifyServerOptions }) {
  const tested = await testApplication(t, settings)
  const post = (url: string, payload: string, type: string) =>
    tested.app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })
  return { ...tested, post }
}

for (const [what, register] of Object.entries(parsers)) {
  for (const when of ['before', 'after'] as const) {
    t.test(`a host that parses ${what}, said ${when} fast-auth, changes nothing for our routes`, async t => {
      const { post, calls } = await hostApp(t, { [when]: register })
      for (const type of ['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded', 'text/xml']) {
        const answer = await post('/auth/sign-up', 'email=ada@example.com', type)
        refused(t, answer, 415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
      }
      const json = await post('/auth/sign-up', '{"role":"admin"}', 'application/json')
      refused(t, json, 400, 'FST_ERR_VALIDATION')
      t.strictSame(calls, [])
    })
  }
}

t.test("the host's own routes keep the host's parsers", async t => {
  const { post } = await hostApp(t, {
    before: app => {
      app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => done(null, { csv: body }))
    },
    after: app => {
      app.post('/host', async request => request.body)
    },
  })
  t.strictSame((await post('/host', 'a,b', 'text/csv')).json(), { csv: 'a,b' })
  t.equal((await post('/host', 'plain', 'text/plain')).body, 'plain')
  t.equal((await post('/host', 'null', 'application/json')).body, 'null')
})

t.test('the plugin’s routes accept at most 16 KiB, also if the host accepts megabytes on its own', async t => {
  const { post } = await hostApp(t, {
    server: { bodyLimit: 10_000_000 },
    after: app => {
      app.post('/host', async request => String(request.body).length)
    },
  })
  const megabyte = JSON.stringify({ x: 'x'.repeat(1_000_000) })
  refused(t, await post('/auth/sign-in', megabyte, 'application/json'), 413, 'FST_ERR_CTP_BODY_TOO_LARGE')
  t.equal((await post('/host', megabyte, 'text/plain')).body, String(megabyte.length))
})

t.test('if the host accepts less than 16 KiB, our bodies still have space for a profile', async t => {
  const { post } = await hostApp(t, { server: { bodyLimit: 100 } })
  const body = JSON.stringify({ ...ada, password: 'correct horse battery '.repeat(5) })
  t.equal((await post('/auth/sign-up', body, 'application/json')).statusCode, 201)
})

t.test('a host that ignores prototype poisoning does not do so for us', async t => {
  const server = { onProtoPoisoning: 'ignore', onConstructorPoisoning: 'ignore' } as const
  const { post, calls } = await hostApp(t, { server })
  for (const body of ['{"__proto__":{"email":"a@b.example"}}', '{"constructor":{"prototype":{"x":1}}}']) {
    refused(t, await post('/auth/sign-in', body, 'application/json'), 400, 'FST_ERR_CTP_INVALID_JSON_BODY')
  }
  t.strictSame(calls, [])
})

t.test('bytes that are no UTF-8 are no JSON', async t => {
  const { app, calls } = await hostApp(t, {})
  const payload = Buffer.from(JSON.stringify({ ...ada, password: 'gr\u00fcne Wiese' }), 'latin1')
  const headers = { 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-in', headers, payload })
  refused(t, answer, 400, 'FST_ERR_CTP_INVALID_JSON_BODY')
  t.strictSame(calls, [])
})

t.test('a body that is longer than it says stops at 16 KiB over a real socket too', async t => {
  const { app, calls } = await hostApp(t, {})
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const chunk = new TextEncoder().encode('x'.repeat(8192))
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1
      if (sent > 100) controller.close()
      else controller.enqueue(chunk)
    },
  })
  const answer = await fetch(`${base}/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: endless,
    duplex: 'half',
  } as RequestInit)
  t.equal(answer.status, 413)
  t.equal(answer.headers.get('cache-control'), 'no-store')
  await answer.text()
  t.strictSame(calls, [])
})

t.test('a route that reads no body refuses one with anything in it, before it does anything', async t => {
  const { app, calls } = await hostApp(t, {})
  const { accessToken } = await signUpForTokens(app)
  const end = (payload?: string) =>
    app.inject({
      method: 'DELETE',
      url: '/auth/sessions',
      headers: { ...bearer(accessToken), ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(payload === undefined ? {} : { payload }),
    })
  calls.length = 0
  for (const payload of [
    '{"sessionId":"x"}',
    '[]',
    '[1]',
    '"x"',
    '5',
    'true',
    'null',
    '['.repeat(8000) + ']'.repeat(8000),
  ]) {
    const answer = await end(payload)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.hasStrict(answer.json(), {
      message: 'body must be left out: nothing of it is read here',
      validation: [{ instancePath: '', keyword: 'unread' }],
    })
  }
  t.strictSame(calls, [])
  for (const payload of [undefined, '', '{}', ' { } ']) t.equal((await end(payload)).statusCode, 200)
})

t.test("a host's hook that looks at the body before us sees it as it came", async t => {
  const seen: unknown[] = []
  const { app, post } = await hostApp(t, {
    before: app => {
      app.addHook('preValidation', async request => {
        seen.push(request.body)
      })
    },
  })
  await app.inject({ method: 'POST', url: '/auth/sign-out' })
  await post('/auth/sign-out', '', 'application/json')
  await post('/auth/sign-out', '{"refreshToken":"x"}', 'application/json')
  t.strictSame(seen, [undefined, undefined, { refreshToken: 'x' }])
})
