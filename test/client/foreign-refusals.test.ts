import t from 'tap'
import { ada, clientApp } from './fixtures/client-app.js'

/** The forms that error handlers of applications give a refusal. */
const envelopes: Readonly<Record<string, (error: { readonly message: string }) => object | string>> = {
  'an envelope': ({ message }) => ({ error: { message } }),
  'the shape of NestJS': ({ message }) => ({ statusCode: 401, message }),
  text: ({ message }) => message,
}

for (const [name, envelope] of Object.entries(envelopes)) {
  const before = (app: import('fastify').FastifyInstance) => {
    app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) =>
      reply.code(error.statusCode ?? 500).send(envelope(error)),
    )
  }

  t.test(`an expired access token is renewed if the application answers with ${name}`, async t => {
    const { expired, requests } = await clientApp(t, { before })
    const client = await expired({ transport: 'token' })
    t.equal((await client.fetch('/hello')).status, 200)
    t.same(requests, ['GET /hello', 'POST /auth/refresh', 'GET /hello'])
  })

  t.test(`a wrong password is sent once if the application answers with ${name}`, async t => {
    const { signedUp, requests } = await clientApp(t, { before })
    const client = await signedUp({ transport: 'token' })
    requests.length = 0
    const { error } = await client.signIn({ ...ada, password: 'another password' })
    t.equal(error?.statusCode, 401)
    t.same(requests, ['POST /auth/sign-in'])
  })
}

t.test('a cookie that has expired is renewed if the application has replaced the body of the refusal', async t => {
  const before = (app: import('fastify').FastifyInstance) => {
    app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) =>
      reply.code(error.statusCode ?? 500).send({ error: error.message }),
    )
  }
  const { expired, requests } = await clientApp(t, { before })
  const client = await expired({ transport: 'cookie' })
  t.equal((await client.fetch('/hello')).status, 200)
  t.same(requests, ['GET /hello', 'POST /auth/refresh', 'GET /hello'])
})

t.test('an access token that the server cannot read any more is renewed', async t => {
  const { client: requestOriginOf, signedUp, requests } = await clientApp(t)
  const kept = { text: '' }
  const tokenStore = {
    get: async () => kept.text || null,
    async set(text: string) {
      kept.text = text
    },
    async remove() {
      kept.text = ''
    },
  }
  await signedUp({ transport: 'token', tokenStore })
  kept.text = kept.text.replace(/("accessToken":"[^"]+\.)[^".]+"/, '$1forged"')
  requests.length = 0
  const again = requestOriginOf({ transport: 'token', tokenStore })
  t.equal((await again.fetch('/hello')).status, 200)
  t.same(requests, ['GET /hello', 'POST /auth/refresh', 'GET /hello'])
})
