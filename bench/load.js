// Sends requests as fast as the answers come, one under way on each connection. It costs the sender a fraction of what a
// request costs the server, so that one core is enough to keep a server on another busy.
import { createConnection } from 'node:net'
import { isPinned } from './server.js'
import { quantile } from './statistics.js'

/**
 * @typedef {object} Load
 * @property {number} port
 * @property {readonly Buffer[]} requests Sent in turn, whichever connection is free.
 * @property {number} connections
 * @property {number} seconds
 * @property {boolean} [once] Each request is sent at most once: it ends when they are used up.
 * @property {boolean} [mayDoze] Where the server needs this core too.
 * @property {number | readonly number[]} [status] What every answer has to be, or one of these; 200 if it isn't said.
 */

/** @typedef {{ requests: number, perSecond: number, p50: number, p99: number }} Loaded Latencies in milliseconds. */

/** A request as it is sent. @param {{ path: string, method?: string, headers?: readonly string[], body?: string }} request */
export function requestBytes({ path, method = 'GET', headers = [], body = '' }) {
  const bodyHeaders =
    body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...headers, ...bodyHeaders]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** The length of the answer at the start of this text, or `null` where more of it is still to come. @param {string} text */
function answerLength(text) {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return null
  const bodyLength = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2))?.[1]
  if (bodyLength === undefined) throw new Error(`An answer without Content-Length: ${text.slice(0, end)}`)
  const length = end + 4 + Number(bodyLength)
  return text.length < length ? null : length
}

/** What the server asks of whoever comes too often (RFC 9110, section 10.2.3). @param {string} text */
function retryAfterMilliseconds(text) {
  const [head = ''] = text.split('\r\n\r\n', 1)
  return 1000 * Number(/\r\nretry-after: (\d+)/i.exec(head)?.[1] ?? 0)
}

/** @param {Load} load @returns {Promise<Loaded>} */
export async function load({ port, requests, connections, seconds, once = false, mayDoze = !isPinned, status = 200 }) {
  const expected = [status].flat().map(one => `HTTP/1.1 ${one} `)
  /** @type {number[]} */
  const milliseconds = []
  let next = 0
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000

  function nextRequest() {
    const request = requests[once ? next : next % requests.length]
    next += 1
    return request
  }

  const lanes = Array.from({ length: connections }, () => {
    const { promise, resolve, reject } = deferred()
    const socket = createConnection({ port, host: '127.0.0.1', noDelay: true })
    let sentAt = 0
    let text = ''

    function send() {
      sentAt = performance.now()
      const request = sentAt < endsAt ? nextRequest() : undefined
      if (request === undefined) socket.end(resolve)
      else socket.write(request)
    }

    socket.setEncoding('latin1')
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server closed a connection')))
    socket.on('data', chunk => {
      text += chunk
      const length = answerLength(text)
      if (length === null) return
      if (!expected.some(start => text.startsWith(start))) {
        reject(new Error(`Not ${status}, but: ${text}`))
        return
      }
      const wait = text.startsWith('HTTP/1.1 503 ') ? retryAfterMilliseconds(text) : 0
      text = text.slice(length)
      milliseconds.push(performance.now() - sentAt)
      if (wait === 0) send()
      else setTimeout(send, Math.min(wait, endsAt - performance.now()))
    })
    return promise.finally(() => socket.destroy())
  })

  let isDone = mayDoze
  stayAwake(() => isDone)
  await Promise.all(lanes).finally(() => (isDone = true))
  const elapsedSeconds = (performance.now() - startedAt) / 1000
  const count = milliseconds.length
  return {
    requests: count,
    perSecond: count / elapsedSeconds,
    p50: quantile(milliseconds, 0.5),
    p99: quantile(milliseconds, 0.99),
  }
}

/**
 * Never waits in the kernel until it is done: a process that waits has to be woken by whoever answers it, which on a virtual
 * machine costs more than the answer, and only those pay for it that are slow enough to let it fall asleep.
 * @param {() => boolean} isDone
 */
function stayAwake(isDone) {
  if (!isDone()) setImmediate(stayAwake, isDone)
}

/** `Promise.withResolvers`, which Node.js 20 lacks. */
function deferred() {
  /** @type {(value?: unknown) => void} */
  let resolve = () => {}
  /** @type {(error: unknown) => void} */
  let reject = () => {}
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
