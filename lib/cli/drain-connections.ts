import type { FastifyInstance } from 'fastify'

/**
 * Closes each connection after the response that ends while the app closes. Node.js closes only the connections that are
 * idle when closing starts. A connection with a pending request would stay open after its response and delay the stop.
 * Call it before you add routes.
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
  // Covers a response whose headers were sent before closing started and whose last byte is sent afterwards.
  app.addHook('onResponse', (request, _reply, done) => {
    if (isClosing) request.socket.end()
    done()
  })
}
