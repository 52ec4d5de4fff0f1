// Sends requests with one pending request per connection, as fast as the server responds. The sender needs much less processor
// time than the server, so one core suffices to use a server on another core fully.
import { createConnection } from 'node:net'
import { isPinned } from './server.js'
import { quantile } from './statistics.js'

/**
 * @typedef {object} Load
 * @property {number} port
 * @property {readonly Buffer[]} requests Sent in this order, each on the next free connection.
 * @property {number} connections
 * @property {number} seconds
 * @property {boolean} [once] Sends each request at most once, and stops after the last one.
 * @property {boolean} [maySleep] Lets this process sleep, for a server that shares its core.
 * @property {number | readonly number[]} [status] The expected status or statuses; 200 by default.
 */

/** @typedef {{ requests: number, perSecond: number, p50: number, p99: number }} Loaded Latencies in milliseconds. */

/** Returns the bytes of a request. @param {{ path: string, method?: string, headers?: readonly string[], body?: string }} request */
export function requestBytes({ path, method = 'GET', headers = [], body = '' }) {
  const bodyHeaders =
    body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...headers, ...bodyHeaders]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** Returns the length of the response at the start of the text; `null` if the response is incomplete. @param {string} text */
function responseLength(text) {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return null
  const bodyLength = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2))?.[1]
  if (bodyLength === undefined) throw new Error(`The response has no Content-Length: ${text.slice(0, end)}`)
  const length = end + 4 + Number(bodyLength)
  return text.length < length ? null : length
}

/** Reads the time after which a client may repeat its request (RFC 9110, section 10.2.3). @param {string} text */
function retryAfterMilliseconds(text) {
  const [head = ''] = text.split('\r\n\r\n', 1)
  return 1000 * Number(/\r\nretry-after: (\d+)/i.exec(head)?.[1] ?? 0)
}

/** @param {Load} load @returns {Promise<Loaded>} */
export async function load({ port, requests, connections, seconds, once = false, maySleep = !isPinned, status = 200 }) {
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
      const length = responseLength(text)
      if (length === null) return
      if (!expected.some(start => text.startsWith(start))) {
        reject(new Error(`The server did not return ${status}, but: ${text}`))
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

  let isDone = maySleep
  keepBusy(() => isDone)
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
 * Keeps the process from waiting in the kernel until `isDone()` returns true. Otherwise, the server has to resume this process.
 * On a virtual machine, that costs more than a response, and only slow servers would pay for it.
 * @param {() => boolean} isDone
 */
function keepBusy(isDone) {
  if (!isDone()) setImmediate(keepBusy, isDone)
}

/** Replaces `Promise.withResolvers`, which Node.js 20 lacks. */
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
