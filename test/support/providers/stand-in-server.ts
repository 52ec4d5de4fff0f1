import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import type { Fetch } from '../../../lib/features/providers/provider.js'

export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown
}

/** Returns an answer, or sends one itself and returns nothing. */
export type Answering = (request: ReceivedRequest, response: ServerResponse) => Answer | undefined

export interface StandInServer {
  readonly url: string
  /** Every request, in order. */
  readonly requests: readonly ReceivedRequest[]
  /** The paths of the requests, without queries. */
  paths(): readonly string[]
  /** Answers a path from now on. Every other path is 404. */
  answer(path: string, answer: Answer | Answering): void
  /** Sends requests for `https://host/path` to `/host/path` of this server, so that presets keep their own URLs. */
  readonly fetch: Fetch
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(isRaw || body === undefined ? body : JSON.stringify(body))
}

/** A server on a loopback address that takes the place of a provider. A test replaces each of its answers. */
export async function standInServer(t: Test): Promise<StandInServer> {
  const answers = new Map<string, Answer | Answering>()
  const requests: ReceivedRequest[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const received = { method, path: url, headers, body: await text(request) }
    requests.push(received)
    const answer = answers.get(url.replace(/\?.*/, '')) ?? { status: 404, body: {} }
    const sent = typeof answer === 'function' ? answer(received, response) : answer
    if (sent !== undefined) send(response, sent)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    requests,
    paths: () => requests.map(({ path }) => path.replace(/\?.*/, '')),
    answer: (path, answer) => void answers.set(path, answer),
    fetch: (address, init) => fetch(`${url}/${String(address).replace('https://', '')}`, init),
  }
}
