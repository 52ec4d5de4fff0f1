import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/**
 * A port of `host` that nobody listens on. It is known before the server is built, which needs it for its own address;
 * whoever takes it in the meantime makes the server's start fail.
 */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen({ host, port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
