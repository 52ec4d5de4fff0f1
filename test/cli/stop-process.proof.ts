import { connect } from 'node:net'
import t from 'tap'
import { serveAsProcess } from './fixtures/running-server.js'
import { visitor } from './fixtures/visitor.js'

t.test('SIGTERM lets a sign-in be answered and then ends the process with 0', async t => {
  const server = await serveAsProcess(t, t.testdir(), { PASSWORD_HASHER: 'bcrypt:13' })
  const client = visitor(server.url)
  await client.signUp()
  const signingIn = client.signIn()
  await server.printed(/"url":"\/auth\/sign-in"/)
  server.signal('SIGTERM')
  t.equal((await signingIn).status, 200)
  t.equal(await server.exitCode, 0)
  const messages = server.log().map(({ msg }) => msg)
  const stopping = messages.findIndex(msg => msg.includes('is stopping'))
  t.ok(stopping >= 0 && stopping < messages.lastIndexOf('request completed'), 'the sign-in was under way')
})

t.test('SIGINT ends the process with 0', async t => {
  const server = await serveAsProcess(t, t.testdir())
  t.equal((await visitor(server.url).get('/healthz')).status, 200)
  server.signal('SIGINT')
  t.equal(await server.exitCode, 0)
})

t.test('a second signal ends the process with 1, whatever is still under way', async t => {
  const server = await serveAsProcess(t, t.testdir())
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  t.teardown(() => socket.destroy())
  socket.write('POST /auth/sign-in HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{')
  await server.printed(/"url":"\/auth\/sign-in"/)
  server.signal('SIGTERM')
  await server.printed(/is stopping/)
  server.signal('SIGTERM')
  t.equal(await server.exitCode, 1)
})
