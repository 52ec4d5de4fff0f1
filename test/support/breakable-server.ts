import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'

export interface BreakableServer {
  /** The URL of the server behind, by way of this one. */
  readonly url: string
  /** Ends every connection and takes no further ones. */
  breakDown(): void
  /** Takes connections, and what is sent on them, and passes nothing on. */
  fallSilent(): void
  recover(): void
}

/** Stands before the server of a URL and fails as networks do. */
export async function breakableServer(t: Test, url: string): Promise<BreakableServer> {
  let state: 'up' | 'down' | 'silent' = 'up'
  const sockets = new Set<Socket>()
  const { hostname, port } = new URL(url)
  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', chunk => state === 'up' && to.write(chunk))
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
    recover() {
      state = 'up'
    },
  }
}
