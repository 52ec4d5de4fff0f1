import type { FastifyInstance } from 'fastify'

/**
 * Makes every answer that ends while the app closes the last one on its connection. Node closes the connections that are
 * idle when it begins to close, and only those: one with a request under way would be kept alive long after its answer,
 * and hold the stop up. To be called before routes are added.
 */
export function drainConnections(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close')
    done()
  })
  // For the answer whose head was sent before the closing began, and its last byte after.
  app.addHook('onResponse', (request, _reply, done) => {
    if (isClosing) request.socket.end()
    done()
  })
}
