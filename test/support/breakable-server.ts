import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'

export interface BreakableServer {
  /** The URL of the server behind, by way of this one. */
  readonly url: string
  /** Ends every connection and takes no further ones. */
  breakDown(): void
  /** Takes connections, and passes nothing on until it recovers, as a network does that loses its way for a while. */
  fallSilent(): void
  /** Everything takes so much longer from now on, in either direction, until it recovers. */
  slowDown(milliseconds: number): void
  recover(): void
  /** From now on open connections lead nowhere, without a signal to either side; new ones work. */
  loseConnections(): void
  /** How many are open to it. */
  readonly connections: number
}

/** Stands before the server of a URL and fails as networks do. */
export async function breakableServer(t: Test, url: string): Promise<BreakableServer> {
  let state: 'up' | 'down' | 'silent' = 'up'
  const sockets = new Set<Socket>()
  const clients = new Set<Socket>()
  const lost = new Set<Socket>()
  const held: (() => void)[] = []
  let delayMilliseconds = 0
  const { hostname, port } = new URL(url)

  /** When what was sent last to a socket has arrived: what comes later is never faster. */
  const arrivals = new Map<Socket, Promise<unknown>>()

  function delay(write: () => void, to: Socket): void {
    const before = arrivals.get(to)
    const arrival = Promise.all([before, delayMilliseconds > 0 ? sleep(delayMilliseconds) : null]).then(write)
    arrivals.set(to, arrival)
  }

  function pass(chunk: Buffer, to: Socket): void {
    const write = () => to.write(chunk)
    if (state === 'silent') held.push(write)
    else if (delayMilliseconds > 0 || arrivals.has(to)) delay(write, to)
    else write()
  }

  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    clients.add(near)
    near.on('close', () => clients.delete(near))
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', chunk => lost.has(near) || pass(chunk, to))
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
    if (state === 'down') near.destroy()
  })
  const breakDown = () => {
    state = 'down'
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    breakDown()
    server.close()
  })
  const { port: own } = server.address() as AddressInfo
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(own) }).href,
    breakDown,
    fallSilent() {
      state = 'silent'
    },
    slowDown(milliseconds) {
      delayMilliseconds = milliseconds
    },
    recover() {
      state = 'up'
      delayMilliseconds = 0
      for (const write of held.splice(0)) write()
    },
    loseConnections() {
      for (const client of clients) lost.add(client)
    },
    get connections() {
      return clients.size
    },
  }
}
