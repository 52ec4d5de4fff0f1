import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { WebSocket } from 'ws'
import { authorize, startExample } from './fixtures/start-example.js'

type Headers = Readonly<Record<string, string>>

const unauthorized = 3000
/** No check is due during the test: only the hook can end a connection. */
const withoutChecks = { variables: { CHECK_SECONDS: '3600' } }
const chatOf = (url: string) => `${url.replace('http', 'ws')}/chat`

async function openChat(url: string, headers: Headers): Promise<WebSocket> {
  const socket = new WebSocket(chatOf(url), { headers })
  await once(socket, 'open')
  return socket
}

/** The status with which the server answers the handshake; 101 if it accepts. */
async function handshake(url: string, headers: Headers): Promise<number> {
  const socket = new WebSocket(chatOf(url), { headers })
  const refused = once(socket, 'unexpected-response').then(([, { statusCode }]): number => statusCode)
  const status = await Promise.any([once(socket, 'open').then(() => 101), refused])
  socket.on('error', () => {})
  socket.terminate()
  return status
}

/** Sends a message, and returns the next one that the socket receives. */
async function say(socket: WebSocket, text: string): Promise<unknown> {
  const message = once(socket, 'message')
  socket.send(text)
  return JSON.parse(String((await message)[0]))
}

/** A connection that stays open fails the test. */
const inTime = () => AbortSignal.timeout(30_000)

async function closeCode(socket: WebSocket): Promise<number> {
  return (await once(socket, 'close', { signal: inTime() }))[0]
}

const openStream = (url: string, headers: Headers) => fetch(`${url}/events`, { headers, signal: inTime() })

async function signOut(url: string, headers: Headers): Promise<number> {
  return (await fetch(`${url}/auth/sign-out`, { method: 'POST', headers })).status
}

/** Signs up as a page does, and returns the cookies. */
async function signUpInBrowser(url: string): Promise<{ cookie: string }> {
  const response = await fetch(`${url}/auth/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
  })
  const cookies = response.headers.getSetCookie().map(cookie => cookie.replace(/;.*/, ''))
  return { cookie: cookies.join('; ') }
}

t.test('a WebSocket carries messages, and closes when its session signs out, but no other', async t => {
  const { url } = await startExample(t, 'websocket.js', withoutChecks)
  const ended = await authorize(url, 'sign-up')
  const other = await authorize(url, 'sign-in')
  const [socket, another] = [await openChat(url, ended), await openChat(url, other)]
  t.same(await say(socket, 'hello'), { from: 'ada@example.com', text: 'hello' })
  const closed = closeCode(socket)
  t.equal(await signOut(url, ended), 204)
  t.equal(await closed, unauthorized)
  t.equal(await handshake(url, ended), 401)
  t.same(await say(another, 'still here'), { from: 'ada@example.com', text: 'still here' })
  another.terminate()
})

t.test('a client that does not answer the closing of its WebSocket sends no more messages', async t => {
  const { url } = await startExample(t, 'websocket.js', withoutChecks)
  const ended = await authorize(url, 'sign-up')
  const other = await authorize(url, 'sign-in')
  const [socket, another] = [await openChat(url, ended), await openChat(url, other)]
  const received: string[] = []
  another.on('message', data => received.push(JSON.parse(String(data)).text))
  socket.pause()
  await signOut(url, ended)
  await new Promise(written => socket.send('too late', written))
  for (const text of ['one', 'two']) await say(another, text)
  t.same(received, ['one', 'two'])
  for (const open of [socket, another]) open.terminate()
})

t.test('a WebSocket and a stream close when another process ends their session', async t => {
  const cwd = t.testdir()
  const { url } = await startExample(t, 'websocket.js', { cwd })
  const { url: otherUrl } = await startExample(t, 'websocket.js', { cwd })
  const headers = await authorize(url, 'sign-up')
  const socket = await openChat(url, headers)
  const stream = await openStream(url, headers)
  const closed = closeCode(socket)
  t.equal(await signOut(otherUrl, headers), 204)
  t.equal(await closed, unauthorized)
  t.equal(await stream.text(), ': open\n\n')
})

t.test('only pages of the application open a WebSocket with a cookie', async t => {
  const { url } = await startExample(t, 'websocket.js')
  const cookie = await signUpInBrowser(url)
  t.equal(await handshake(url, { ...cookie, origin: 'http://localhost:3000' }), 101)
  t.equal(await handshake(url, { ...cookie, origin: 'https://evil.test' }), 403)
  t.equal(await handshake(url, { origin: 'http://localhost:3000' }), 401, 'without a session')
  t.equal((await openStream(url, {})).status, 401, 'without a session')
})

t.test('a stream of events ends when its session signs out', async t => {
  const { url } = await startExample(t, 'websocket.js', withoutChecks)
  const ended = await authorize(url, 'sign-up')
  const stream = await openStream(url, ended)
  t.equal(stream.headers.get('content-type'), 'text/event-stream')
  const text = stream.text()
  const socket = await openChat(url, await authorize(url, 'sign-in'))
  await say(socket, 'two\nlines')
  t.equal(await signOut(url, ended), 204)
  t.equal(await text, ': open\n\ndata: {"from":"ada@example.com","text":"two\\nlines"}\n\n')
  socket.terminate()
})

t.test('the code of the server in the document is that of the example', async t => {
  const example = readFileSync('examples/websocket.js', 'utf8')
  const document = readFileSync('docs/websockets.md', 'utf8')
  const blocks = Array.from(
    document.matchAll(/<!-- of the example -->\n```js\n([\s\S]*?)```/g),
    ([, code = '']) => code,
  )
  t.ok(blocks.length >= 5)
  for (const code of blocks) t.ok(example.includes(code), code.slice(0, code.indexOf('\n')))
})
