import t from 'tap'
import type { TokenStore } from '../../lib/client/index.js'
import { ada, clientApp } from './fixtures/client-app.js'

/** A store as React Native has them: asynchronous, of strings. */
function memoryStore(text: string | null = null) {
  const kept = { text }
  const store: TokenStore = {
    get: async () => kept.text,
    set: async value => {
      kept.text = value
    },
    remove: async () => {
      kept.text = null
    },
  }
  return { kept, store }
}

t.test('a client of the next start goes on with the tokens of the store', async t => {
  const { signedUp, client } = await clientApp(t)
  const { store } = memoryStore()
  await signedUp({ transport: 'token', tokenStore: store })
  const next = client({ transport: 'token', tokenStore: store })
  t.equal((await next.getMe()).status, 200)
  t.hasStrict(next.session, { status: 'signed-in', user: { email: ada.email }, expiresAt: null })
})

t.test('new tokens are in the store before the request is sent again, and gone after the sign-out', async t => {
  const { expired } = await clientApp(t)
  const { store, kept } = memoryStore()
  const seen: (string | null)[] = []
  const client = await expired({
    transport: 'token',
    tokenStore: store,
    fetch: (input, init) => {
      if (String(input).endsWith('/hello')) seen.push(kept.text)
      return fetch(input, init)
    },
  })
  t.equal((await client.fetch('/hello')).status, 200)
  t.equal(seen.length, 2)
  t.not(seen[0], seen[1])
  await client.signOut()
  t.equal(kept.text, null)
})

for (const text of ['{', '{}', 'null', '', '{"accessToken":7}']) {
  t.test(`a store with ${text || 'nothing'} in it has no tokens`, async t => {
    const { client } = await clientApp(t)
    const made = client({ transport: 'token', tokenStore: memoryStore(text).store })
    t.hasStrict(await made.getMe(), { error: { code: 'FAST_AUTH_UNAUTHENTICATED' } })
    t.equal(made.session.status, 'signed-out')
  })
}

t.test('a store that fails is reported, and the session continues in memory', async t => {
  const { client, advance } = await clientApp(t)
  const failing: TokenStore = {
    get: () => null,
    set: () => Promise.reject(new Error('the keychain is locked')),
    remove: () => {
      throw new Error('the keychain is locked')
    },
  }
  const made = client({ transport: 'token', tokenStore: failing })
  const { error } = await made.signUp(ada)
  t.match(error, { code: 'TOKEN_STORE_FAILURE', cause: { message: 'the keychain is locked' } })
  t.equal(made.session.status, 'signed-in')
  advance(1000)
  await t.rejects(made.fetch('/hello'), { code: 'TOKEN_STORE_FAILURE' })
  t.equal((await made.fetch('/hello')).status, 200)
  t.hasStrict(await made.signOut(), { error: { code: 'TOKEN_STORE_FAILURE' } })
  t.equal(made.session.status, 'signed-out')
})

t.test('tokens that another client of the store has received are used, not exchanged again', async t => {
  const { expired, client, requests } = await clientApp(t)
  const { store } = memoryStore()
  const first = await expired({ transport: 'token', tokenStore: store })
  const second = client({ transport: 'token', tokenStore: store })
  await second.fetch('/hello')
  requests.length = 0
  t.equal((await first.fetch('/hello')).status, 200)
  t.same(requests, ['GET /hello', 'GET /hello'])
})

t.test('tokens without a refresh token are kept, too', async t => {
  const { store, kept } = memoryStore()
  const options = { transport: 'token', tokenMode: 'access-only', tokenStore: store } as const
  const { signedUp, client } = await clientApp(t, { options: { tokenMode: 'access-only' } })
  await signedUp(options)
  t.same(Object.keys(JSON.parse(kept.text ?? '')), ['accessToken'])
  t.equal((await client(options).getMe()).status, 200)
})
