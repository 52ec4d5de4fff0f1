// Runs two processes of one application on one PostgreSQL, behind a proxy that alternates between them.
// Run it: npm run build && DATABASE_URL=postgres://… AUTH_SECRET=$(npx fast-auth secret) node examples/behind-a-proxy/start.js
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request as send } from 'node:http'

/** @type {number[]} */
const ports = []
let turn = 0

// In production, use nginx, HAProxy, Caddy or the load balancer of a cloud. It must set the forwarding header itself, and discard
// the header that a client sends.
const proxy = createServer((request, response) => {
  const headers = { ...request.headers, 'x-forwarded-for': request.socket.remoteAddress }
  const port = ports[turn++ % ports.length]
  const onward = send({ host: '127.0.0.1', port, method: request.method, path: request.url, headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.headersSent || response.writeHead(502).end())
  request.pipe(onward)
})

proxy.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
await once(proxy, 'listening')
const address = proxy.address()
const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}`

// Both processes start concurrently, and one of them creates the tables.
const processes = [1, 2].map(() =>
  fork(new URL('app.js', import.meta.url), { env: { ...process.env, PUBLIC_URL: url } }),
)
for (const child of processes) {
  const [port] = await once(child, 'message')
  ports.push(port)
}

process.stdout.write(`Listening on ${url}\n`)
