import { once } from 'node:events'
import websocket from '@fastify/websocket'
import t, { type Test } from 'tap'
import { WebSocket } from 'ws'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

type Headers = Readonly<Record<string, string>>

/** An application with a socket that answers with the address of its user, and the user's access token. */
async function socketApp(t: Test, options: Partial<FastAuthOptions> = {}) {
  const { app } = await testApplication(t, {
    options: { publicUrl: 'https://app.example.com', ...options },
    before: async app => void (await app.register(websocket)),
    after: app => {
      app.get('/live', { websocket: true, onRequest: app.fastAuth.requireSession }, (socket, { user }) => {
        socket.on('message', () => socket.send(user?.email ?? ''))
      })
    },
  })
  const { accessToken } = await signUpForTokens(app)
  const url = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
  return { url, accessToken, cookie: { cookie: `__Host-access_token=${accessToken}` } }
}

/** Returns the message of the server on the socket, or the status with which it refuses the handshake. */
async function handshake(url: string, headers: Headers): Promise<string | number> {
  const socket = new WebSocket(`${url}/live`, { headers })
  const refusal = once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode as number)
  const opened = once(socket, 'open').then(async () => {
    socket.send('hello')
    const [message] = await once(socket, 'message')
    return String(message)
  })
  const answer = await Promise.any([opened, refusal])
  socket.on('error', () => {})
  socket.terminate()
  return answer
}

const pages: readonly (readonly [title: string, headers: Headers, isOurs: boolean])[] = [
  ['the application', { origin: 'https://app.example.com', 'sec-fetch-site': 'same-origin' }, true],
  ['the application, in a browser without Sec-Fetch-Site', { origin: 'https://app.example.com' }, true],
  ['a sibling host', { origin: 'https://blog.example.com', 'sec-fetch-site': 'same-site' }, false],
  ['a sibling host, in a browser without Sec-Fetch-Site', { origin: 'https://blog.example.com' }, false],
  ['another site', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }, false],
  ['an opaque origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
]

for (const sameSite of ['lax', 'none'] as const) {
  t.test(`only pages of the application open a socket with a cookie that is SameSite=${sameSite}`, async t => {
    const { url, cookie } = await socketApp(t, { cookies: { sameSite } })
    for (const [title, headers, isOurs] of pages) {
      t.equal(await handshake(url, { ...headers, ...cookie }), isOurs ? ada.email : 403, title)
    }
  })
}

t.test('a page of a trusted origin opens a socket with a cookie', async t => {
  const { url, cookie } = await socketApp(t, { trustedOrigins: ['https://blog.example.com'] })
  t.equal(await handshake(url, { ...cookie, origin: 'https://blog.example.com' }), ada.email)
})

t.test('a client that is no browser opens a socket, unless an origin is required', async t => {
  const { url, cookie } = await socketApp(t)
  t.equal(await handshake(url, cookie), ada.email)
  const strict = await socketApp(t, { requireOriginHeader: true })
  t.equal(await handshake(strict.url, strict.cookie), 403)
})

t.test('a bearer token opens a socket from every origin, as no browser adds one by itself', async t => {
  const { url, accessToken } = await socketApp(t, { requireOriginHeader: true })
  t.equal(await handshake(url, { ...bearer(accessToken), origin: 'https://evil.test' }), ada.email)
})

t.test('without a credential no socket opens', async t => {
  const { url } = await socketApp(t)
  t.equal(await handshake(url, { origin: 'https://app.example.com' }), 401)
})
