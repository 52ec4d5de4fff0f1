// Serves a WebSocket and a stream of Server-Sent Events that close when their session ends.
// Run it: npm run build && node examples/websocket.js
import { PassThrough } from 'node:stream'
import websocket from '@fastify/websocket'
import { currentUser, fastAuth } from 'fast-auth'
import { sqliteStorage } from 'fast-auth/storage/sqlite'
import Fastify from 'fastify'

/** @typedef {{ send(text: string): void, close(code: number): void }} Channel */
/** @typedef {{ sessionId: string | null, findRefusal(): Promise<Error | undefined> }} Credential `sessionId` is `null` for an API key. */
/** @typedef {Channel & Credential} Connection */

/** The WebSocket close codes that IANA has registered. */
const closeCodes = { goingAway: 1001, tryAgainLater: 1013, unauthorized: 3000 }

const checkSeconds = Number(process.env.CHECK_SECONDS ?? 1)
const app = Fastify({ logger: { level: 'warn' } })

/** The open connections of this process. @type {Set<Connection>} */
const connections = new Set()

// Register this hook before the plugin of WebSockets, which closes them without a code.
app.addHook('preClose', async () => {
  clearInterval(timer)
  for (const connection of connections) end(connection, closeCodes.goingAway)
})

await app.register(websocket, { options: { maxPayload: 4096 } })
await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: sqliteStorage({ file: process.env.DATABASE_FILE ?? 'websocket.db' }),
  // Browsers may open a WebSocket with cookies only from pages of this origin.
  publicUrl: process.env.PUBLIC_URL ?? 'http://localhost:3000',
  // Allows plain HTTP on this machine: remove this line if you use HTTPS.
  cookies: { secure: false },
  hooks: {
    // Only the process that ends the session calls this hook.
    afterSessionEnd({ sessionId }) {
      for (const connection of connections) {
        if (connection.sessionId === sessionId) end(connection, closeCodes.unauthorized)
      }
    },
  },
})

/** @param {Connection} connection @param {number} code */
function end(connection, code) {
  connections.delete(connection)
  connection.close(code)
}

/**
 * Calls the guard again, and ends the connection if it refuses. Returns whether the connection is still open.
 * @param {Connection} connection
 */
async function mayContinue(connection) {
  const refusal = await connection.findRefusal()
  if (refusal !== undefined && connections.has(connection)) {
    const isUnauthorized = 'statusCode' in refusal && refusal.statusCode === 401
    end(connection, isUnauthorized ? closeCodes.unauthorized : closeCodes.tryAgainLater)
  }
  return connections.has(connection)
}

// Other processes end sessions too, access tokens expire, and API keys are deleted.
const timer = setInterval(() => {
  for (const connection of connections) void mayContinue(connection)
}, checkSeconds * 1000)

const { authenticate } = app.fastAuth
app.decorateRequest('findRefusal', null)

/** The handler of a WebSocket does not receive the reply, which a guard needs. @type {import('fastify').onRequestHookHandler} */
function rememberGuard(request, reply, done) {
  const findRefusal = () => new Promise(resolve => authenticate.call(app, request, reply, resolve))
  request.setDecorator('findRefusal', findRefusal)
  done()
}

/** @param {import('fastify').FastifyRequest} request @param {Channel} channel @returns {Connection} */
function open(request, channel) {
  const user = currentUser(request)
  const sessionId = user.via === 'session' ? user.sessionId : null
  const connection = { ...channel, sessionId, findRefusal: request.getDecorator('findRefusal') }
  connections.add(connection)
  // The session may have ended between the guard of the route and this line.
  void mayContinue(connection)
  return connection
}

/** Sends a message to every connection of this process. @param {{ from: string, text: string }} message */
function publish(message) {
  for (const { send } of connections) send(JSON.stringify(message))
}

app.get('/chat', { websocket: true, onRequest: [authenticate, rememberGuard] }, (socket, request) => {
  const connection = open(request, { send: text => socket.send(text), close: code => socket.close(code) })
  socket.once('close', () => connections.delete(connection))
  socket.on('message', async data => {
    // Messages still arrive while the socket is closing.
    if (await mayContinue(connection)) publish({ from: currentUser(request).email, text: String(data) })
  })
})

// Without `exposeHeadRoute: false`, a HEAD request opens a stream that no client reads.
app.get('/events', { exposeHeadRoute: false, onRequest: [authenticate, rememberGuard] }, (request, reply) => {
  const stream = new PassThrough()
  const connection = open(request, { send: text => stream.write(`data: ${text}\n\n`), close: () => stream.end() })
  stream.once('close', () => connections.delete(connection))
  stream.write(': open\n\n')
  reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).send(stream)
})

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)
