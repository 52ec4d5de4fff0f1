import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openSender } from '../../lib/cli/open-sender.js'
import { startMailServer } from '../mail/mail-server.js'

const message = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  createdAt: new Date(),
  from: 'a@example.com',
  to: 'ada@example.com',
  subject: 'Hello',
  text: 'Hello, Ada',
  html: '<p>Hello, Ada</p>',
}

t.test('a folder begins at the working directory', async t => {
  const folder = t.testdir()
  await openSender({ kind: 'directory', directory: 'mail' }, folder).send(message, new AbortController().signal)
  const [name = ''] = readdirSync(join(folder, 'mail'))
  t.match(readFileSync(join(folder, 'mail', name), 'utf8'), 'Hello, Ada')
})

t.test('a mail server is sent to', async t => {
  const server = await startMailServer()
  const sender = openSender({ kind: 'smtp', url: server.url }, t.testdir())
  t.teardown(async () => {
    await sender.close?.()
    await server.close()
  })
  await sender.send(message, new AbortController().signal)
  t.same(
    server.received.map(({ recipients }) => recipients),
    [['ada@example.com']],
  )
})

t.test('the console is written to', async t => {
  const { results } = { results: t.capture(process.stdout, 'write', () => true) }
  await openSender({ kind: 'console' }, t.testdir()).send(message, new AbortController().signal)
  t.match(
    results()
      .map(({ args }) => args[0])
      .join(''),
    'Hello, Ada',
  )
})
