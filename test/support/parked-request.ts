import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'

export interface ParkedRequest {
  /** Sends what is left of the body. */
  finish(): Promise<ParkedAnswer>
  /** Waits for the answer, and for the end of the connection, without sending anything. */
  answer(): Promise<ParkedAnswer>
}

export interface ParkedAnswer {
  readonly statusCode: number
  readonly code: string | undefined
}

function parse(text: string): ParkedAnswer {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4)
  return { statusCode: Number(text.split(' ')[1]), code: body === '' ? undefined : JSON.parse(body).code }
}

/** Sends the head of a request and all of its body but the last byte, and waits until the guards have let it pass. */
export async function parkRequest(
  t: Test,
  app: FastifyInstance,
  { method, url, headers, payload }: { method: string; url: string; headers: Record<string, string>; payload: object },
): Promise<ParkedRequest> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  let text = ''
  socket.on('data', chunk => {
    text += chunk
  })
  const ended = once(socket, 'close')
  const body = JSON.stringify(payload)
  const sent = {
    host: 'localhost',
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...headers,
  }
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`)
  const arrived = once(app.server, 'request')
  socket.write(`${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n${body.slice(0, -1)}`)
  await arrived
  // The hooks before the body run as soon as the head is read; those that ask the storage take a few turns.
  await new Promise(resolve => setTimeout(resolve, 50))

  const answer = async () => {
    await ended
    return parse(text)
  }
  return {
    answer,
    finish() {
      socket.write(body.slice(-1))
      return answer()
    },
  }
}
