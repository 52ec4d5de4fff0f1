import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { Test } from 'tap'

/** A mail server that takes connections and says nothing. It ends with the test. */
export async function startMuteServer(t: Test): Promise<{ readonly server: Server; readonly url: string }> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => sockets.add(socket.on('error', () => {})))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return { server, url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` }
}
