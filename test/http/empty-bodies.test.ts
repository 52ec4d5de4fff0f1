import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { testApplication } from '../support/test-application.js'

async function listeningApp(t: Test) {
  const tested = await testApplication(t)
  const url = await tested.app.listen({ host: '127.0.0.1', port: 0 })
  return { ...tested, port: Number(new URL(url).port) }
}

/** Sends a POST as it stands on the wire, and reads the status. */
async function rawPost(port: number, path: string, headers: readonly string[], body: string): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  const lines = [`POST /auth${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', body]
  socket.end(lines.join('\r\n'))
  return Number((await text(socket)).slice(9, 12))
}

const types = [
  'application/json',
  'application/json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=UTF-8',
  'multipart/form-data; boundary=x',
  'text/plain;charset=UTF-8',
  'application/octet-stream',
]

/** Values of the header, or `null` for no header; some name no type. */
const headerValues = [null, ...types, '', 'json', '/', 'application/', '*/*', ';']

t.test('a body without a byte is no body, of whichever type', async t => {
  const { port } = await listeningApp(t)
  for (const value of headerValues) {
    const header = value === null ? [] : [`Content-Type: ${value}`]
    const name = value ?? 'no type'
    t.equal(await rawPost(port, '/sign-out', [...header, 'Content-Length: 0'], ''), 204, name)
    t.equal(await rawPost(port, '/refresh', [...header, 'Content-Length: 0'], ''), 401, name)
    t.equal(await rawPost(port, '/sign-in', [...header, 'Content-Length: 0'], ''), 400, name)
  }
  for (const value of [null, ...types]) {
    const header = value === null ? [] : [`Content-Type: ${value}`]
    const name = `${value ?? 'no type'}, chunked`
    t.equal(await rawPost(port, '/sign-out', [...header, 'Transfer-Encoding: chunked'], '0\r\n\r\n'), 204, name)
    t.equal(await rawPost(port, '/refresh', [...header, 'Transfer-Encoding: chunked'], '0\r\n\r\n'), 401, name)
  }
})

t.test('a body with a byte is JSON, or of a type that is refused', async t => {
  const { calls, port } = await listeningApp(t)
  for (const value of headerValues) {
    if (value?.startsWith('application/json')) continue
    const header = value === null ? [] : [`Content-Type: ${value}`]
    for (const body of ['{}', ' ', 'a=b']) {
      const name = `${value ?? 'no type'}: ${body}`
      t.equal(await rawPost(port, '/sign-out', [...header, `Content-Length: ${body.length}`], body), 415, name)
      const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
      t.equal(
        await rawPost(port, '/sign-out', [...header, 'Transfer-Encoding: chunked'], chunk),
        415,
        `${name}, chunked`,
      )
    }
  }
  t.strictSame(calls, [])
})

t.test('a body of another type is refused at its first byte, however long it goes on', async t => {
  const { port } = await listeningApp(t)
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.write(
    'POST /auth/sign-out HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\nx',
  )
  const [answer] = await once(socket, 'data')
  t.match(String(answer), /^HTTP\/1\.1 415 /)
})

t.test('a client that goes away within a body of another type leaves nothing behind', async t => {
  const { app, port } = await listeningApp(t)
  const socket = connect(port, '127.0.0.1')
  const answered = new Promise<number>(resolve => {
    app.server.once('request', (_request, response) => response.once('close', () => resolve(response.statusCode)))
  })
  socket.write('POST /auth/sign-out HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n', () =>
    setTimeout(() => socket.destroy(), 50),
  )
  t.not(await answered, 204)
})
