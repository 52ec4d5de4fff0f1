import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/**
 * Finds a free port of `host` before the server is built, which needs the port for its public URL. If another process
 * takes the port in the meantime, the start of the server fails.
 */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen({ host, port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
