import t from 'tap'
import { AuthError } from '../../lib/client/index.js'
import { ada, clientApp } from './fixtures/client-app.js'

const once = ['GET /hello', 'POST /auth/refresh', 'GET /hello']

for (const transport of ['cookie', 'token'] as const) {
  t.test(`an expired access token is renewed once, and the request sent once again, by ${transport}`, async t => {
    const { expired, requests } = await clientApp(t)
    const client = await expired({ transport })
    const { data, error } = await client.getMe()
    t.equal(error, undefined)
    t.equal(data?.user.email, 'ada@example.com')
    t.same(requests, ['GET /auth/me', 'POST /auth/refresh', 'GET /auth/me'])
  })

  t.test(`twenty concurrent requests refresh once, by ${transport}`, async t => {
    const { expired, requests } = await clientApp(t)
    const client = await expired({ transport })
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.fetch('/hello')))
    t.same(await Promise.all(answers.map(answer => answer.text())), Array(20).fill('Hello, ada@example.com'))
    t.same(
      requests.filter(request => request === 'POST /auth/refresh'),
      ['POST /auth/refresh'],
    )
  })

  t.test(
    `a refresh whose answer was lost is repeated immediately, and gets the same successor, by ${transport}`,
    async t => {
      const { expired, requests, fates, events } = await clientApp(t)
      const client = await expired({ transport })
      fates.push('lost')
      t.equal((await client.fetch('/hello')).status, 200)
      t.same(requests, ['GET /hello', 'POST /auth/refresh', 'POST /auth/refresh', 'GET /hello'])
      t.notOk(events.some(({ name }) => name.includes('reuse')))
    },
  )

  t.test(`a user stays signed in if no server answers the refresh, by ${transport}`, async t => {
    const { expired, fates } = await clientApp(t)
    const client = await expired({ transport, refreshTimeoutMilliseconds: 250 })
    fates.push('cut', 'cut')
    const { error } = await client.getMe()
    t.equal(error?.code, 'NETWORK_FAILURE')
    fates.push('silent', 'silent')
    await t.rejects(client.fetch('/hello'), { code: 'NETWORK_FAILURE' })
    t.equal(client.session.status, 'signed-in')
    t.equal((await client.fetch('/hello')).status, 200, 'and the next request is served')
  })

  t.test(
    `a refresh that is refused with 401 ends the session, and no further one is asked for, by ${transport}`,
    async t => {
      const { app, expired, requests } = await clientApp(t)
      const client = await expired({ transport })
      const { user } = client.session
      await app.fastAuth.endSessions(user?.id ?? '')
      t.equal((await client.fetch('/hello')).status, 401)
      t.same(client.session, { status: 'signed-out', user: null, expiresAt: null, organization: null })
      requests.length = 0
      t.equal((await client.fetch('/hello')).status, 401)
      t.same(requests, ['GET /hello'])
    },
  )
}

for (const status of [429, 500, 503]) {
  t.test(`a ${status} at the refresh does not sign the user out, and reaches the caller`, async t => {
    const { expired, fates } = await clientApp(t)
    const client = await expired()
    const body = JSON.stringify({ statusCode: status, code: 'FAST_AUTH_LATER', message: 'Later' })
    fates.push({ status, body }, { status, body })
    const { error } = await client.getMe()
    t.hasStrict(error, { code: 'FAST_AUTH_LATER', statusCode: status })
    t.equal((await client.fetch('/hello')).status, status)
    t.equal(client.session.status, 'signed-in')
    t.equal((await client.fetch('/hello')).status, 200)
  })
}

t.test(
  'a proxy’s answer to a refresh does not sign the user out, and is never taken for the answer to the request',
  async t => {
    const { expired, fates } = await clientApp(t)
    const client = await expired()
    const page = { type: 'text/html', body: '<p>Please accept our terms</p>' }
    fates.push({ status: 401, ...page })
    t.equal((await client.fetch('/hello')).status, 401)
    for (const answer of [
      { status: 200, ...page },
      { status: 200, body: '{}' },
    ]) {
      fates.push(answer)
      await t.rejects(client.fetch('/hello'), { code: 'UNEXPECTED_ANSWER', statusCode: 200 })
    }
    t.equal(client.session.status, 'signed-in')
    t.equal((await client.fetch('/hello')).status, 200)
  },
)

t.test('a request that is refused again after the refresh is not sent a third time', async t => {
  const { client, requests } = await clientApp(t)
  const made = client({ fetch: async (input, init) => fetch(input, { ...init, credentials: 'omit' }) })
  const { error } = await made.signUp(ada)
  t.equal(error, undefined)
  requests.length = 0
  t.equal((await made.fetch('/hello')).status, 401, 'the browser keeps no cookies')
  t.same(requests, ['GET /hello', 'POST /auth/refresh'])
  t.equal(made.session.status, 'signed-out')
})

t.test('a new access token that is refused as well is handed back', async t => {
  const { advance, expired, requests, app } = await clientApp(t, {
    after(scope) {
      scope.addHook('onSend', async ({ url }) => {
        if (url === '/auth/refresh') advance(1000)
      })
    },
  })
  t.ok(app)
  const client = await expired()
  t.equal((await client.fetch('/hello')).status, 401)
  t.same(requests, once)
  t.equal(client.session.status, 'signed-in')
})

t.test('a request that was refused before others had refreshed is only repeated', async t => {
  const { expired, requests, baseUrl } = await clientApp(t)
  const held: (() => void)[] = []
  const late = new Promise<void>(resolve => held.push(resolve))
  const client = await expired({
    baseUrl,
    transport: 'token',
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      if (String(input).endsWith('?late') && response.status === 401) await late
      return response
    },
  })
  const slow = client.fetch('/hello?late')
  t.equal((await client.fetch('/hello')).status, 200)
  for (const release of held) release()
  t.equal((await slow).status, 200)
  t.equal(requests.filter(request => request === 'POST /auth/refresh').length, 1)
})

t.test('an explicit refresh exchanges the token, and returns when the session expires', async t => {
  const { signedUp, requests, advance } = await clientApp(t)
  const client = await signedUp({ transport: 'token' })
  const before = client.session.expiresAt
  advance(60)
  requests.length = 0
  const { status, data } = await client.refreshSession()
  t.equal(status, 200)
  t.equal(client.session.expiresAt, data?.session.expiresAt)
  t.not(client.session.expiresAt, before)
  t.same(requests, ['POST /auth/refresh'])
})

t.test('a revoked session is over at the first refusal, and nothing is refreshed', async t => {
  const { app, signedUp, requests } = await clientApp(t)
  const client = await signedUp()
  await app.fastAuth.endSessions(client.session.user?.id ?? '')
  requests.length = 0
  t.hasStrict(await client.getMe(), { error: { code: 'FAST_AUTH_SESSION_REVOKED' } })
  t.same(requests, ['GET /auth/me'])
  t.equal(client.session.status, 'signed-out')
})

t.test('signing out is seen, and nothing is refreshed after it', async t => {
  const { signedUp, requests } = await clientApp(t)
  const client = await signedUp()
  t.same(await client.signOut(), { status: 204, data: undefined })
  t.equal(client.session.status, 'signed-out')
  requests.length = 0
  t.equal((await client.getMe()).error?.code, 'FAST_AUTH_UNAUTHENTICATED')
  t.same(requests, ['GET /auth/me'])
})

t.test('in the token mode access-only, an expired token ends the session', async t => {
  const { expired, requests } = await clientApp(t, { options: { tokenMode: 'access-only' } })
  const client = await expired({ transport: 'token', tokenMode: 'access-only' })
  t.equal((await client.getMe()).error?.code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  t.same(requests, ['GET /auth/me'])
  t.equal(client.session.status, 'signed-out')
})

for (const transport of ['cookie', 'token'] as const) {
  t.test(
    `in the token mode sliding, a valid token is exchanged when the application asks for it, by ${transport}`,
    async t => {
      const { advance, signedUp } = await clientApp(t, { options: { tokenMode: 'sliding' } })
      const client = await signedUp({ transport, tokenMode: 'sliding' })
      advance(600)
      t.equal((await client.refreshSession()).status, 200)
      advance(600)
      t.equal((await client.fetch('/hello')).status, 200, 'the first token would have expired')
    },
  )
}

t.test('a client without a refresh token is signed out, and sends no request', async t => {
  const { client, requests } = await clientApp(t)
  const signedOut = client({ transport: 'token' })
  t.equal(signedOut.session.status, 'unknown')
  t.hasStrict(await signedOut.getMe(), { error: { code: 'FAST_AUTH_UNAUTHENTICATED' } })
  t.same(requests, ['GET /auth/me'])
  t.equal(signedOut.session.status, 'signed-out')
  t.ok((await signedOut.refreshSession()).error instanceof AuthError)
})

t.test('a page that was opened after the access cookie had gone finds its session by the refresh cookie', async t => {
  const { client, requests } = await clientApp(t)
  const jar = (await import('./fixtures/cookie-jar.js')).fetchWithJar()
  await client({ fetch: jar }).signUp(ada)
  requests.length = 0
  const withoutAccessCookie: typeof fetch = (input, init) =>
    String(input).endsWith('/me') && !requests.includes('POST /auth/refresh') ? fetch(input, init) : jar(input, init)
  const later = client({ fetch: withoutAccessCookie })
  t.equal((await later.getMe()).status, 200)
  t.same(requests, ['GET /auth/me', 'POST /auth/refresh', 'GET /auth/me'])
  t.match(later.session, { status: 'signed-in', user: { email: ada.email }, expiresAt: String })
})
