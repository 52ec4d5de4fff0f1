import { once } from 'node:events'
import { createServer } from 'node:net'
import t from 'tap'
import { freePort } from '../../lib/cli/free-port.js'

t.test('the port can be listened on', async t => {
  const port = await freePort('127.0.0.1')
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  t.hasStrict(server.address(), { port })
  server.close()
})

t.test('an address of another machine is refused', async t => {
  await t.rejects(freePort('192.0.2.1'), { code: 'EADDRNOTAVAIL' })
})
