import t from 'tap'
import { clientApp } from './fixtures/client-app.js'

const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"said":"hello"}' }

t.test('routes of the application are fetched with the credentials, by path, address, URL or Request', async t => {
  const { signedUp, url } = await clientApp(t)
  for (const transport of ['cookie', 'token'] as const) {
    const client = await signedUp({ transport }).catch(() => signedUp({ transport }))
    for (const input of ['/hello', `${url}/hello`, new URL('/hello', url), new Request(`${url}/hello`)])
      t.equal(await (await client.fetch(input)).text(), 'Hello, ada@example.com')
    await client.deleteMe({ password: 'correct horse battery' })
  }
})

t.test('credentials go to no other origin', async t => {
  const { signedUp, url, requests } = await clientApp(t)
  const sent: string[] = []
  const client = await signedUp({
    transport: 'token',
    fetch: (input, init) => {
      sent.push(String(input))
      return fetch(input, init)
    },
  })
  sent.length = 0
  const { host } = new URL(url)
  const elsewhere = [
    'https://evil.example/hello',
    '//evil.example/hello',
    '/\\evil.example/hello',
    `${url}.evil.example/hello`,
    `${url}@evil.example/hello`,
    `https://${host}/hello`,
    `http://ada@${host}/hello`,
    'hello',
    '',
    new URL('https://evil.example'),
    new Request('https://evil.example'),
  ]
  for (const input of elsewhere)
    await t.rejects(client.fetch(input), { name: 'TypeError', message: /Credentials are for/ })
  t.same(sent, [])
  requests.length = 0
  t.equal((await client.fetch(url)).status, 404)
  t.equal((await client.fetch('/?next=//evil.example')).status, 404)
})

t.test('a body is sent once again after a refresh', async t => {
  const { expired, advance, url } = await clientApp(t)
  const client = await expired()
  t.same(await (await client.fetch('/echo', json)).json(), { said: 'hello' })
  advance(1000)
  t.same(
    await (await client.fetch(new Request(`${url}/echo`, json))).json(),
    { said: 'hello' },
    'that of a Request, too',
  )
})

t.test('a stream can be sent once only: the session is refreshed, and the 401 handed back', async t => {
  const { expired, requests } = await clientApp(t)
  const client = await expired({ transport: 'token' })
  const body = () => new Blob(['{"said":"hello"}']).stream()
  const init = () => ({ ...json, body: body(), duplex: 'half' }) as const
  t.equal((await client.fetch('/echo', init())).status, 401)
  t.same(requests, ['POST /echo', 'POST /auth/refresh'])
  t.same(await (await client.fetch('/echo', init())).json(), { said: 'hello' })
})

t.test('a request with its own Authorization header gets the answer to that header', async t => {
  const { signedUp, requests, url } = await clientApp(t)
  const client = await signedUp()
  const { data } = await client.createApiKey({ name: 'nightly reports' })
  requests.length = 0
  const headers = { authorization: `Bearer ${data?.key}` }
  t.equal((await client.fetch('/hello', { headers })).status, 200)
  t.equal((await client.fetch(new Request(`${url}/hello`, { headers: { authorization: 'Bearer x' } }))).status, 401)
  t.same(requests, ['GET /hello', 'GET /hello'])
  t.equal(client.session.status, 'signed-in')
})

t.test("an application's own refusal is its answer", async t => {
  const { signedUp, requests } = await clientApp(t, {
    after(app) {
      app.get('/own', (_request, reply) => reply.code(401).send({ code: 'NOT_ON_THE_LIST' }))
    },
  })
  const client = await signedUp()
  requests.length = 0
  t.equal((await client.fetch('/own')).status, 401)
  t.same(requests, ['GET /own'])
  t.equal(client.session.status, 'signed-in')
})
