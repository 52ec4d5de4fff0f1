import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'

export interface SwitchableServer {
  readonly url: string
  /** Connects new connections to the server of this URL. Open ones stay as they are, as after a failover. */
  leadTo(url: string): void
}

/** An address that leads to one server after another, as that of a primary does. */
export async function switchableServer(t: Test, url: string): Promise<SwitchableServer> {
  let target = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer(near => {
    const far = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(port) }).href,
    leadTo(next) {
      target = new URL(next)
    },
  }
}
