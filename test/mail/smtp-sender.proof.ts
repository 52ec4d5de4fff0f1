import { EventEmitter, once } from 'node:events'
import { createTransport } from 'nodemailer'
import t, { type Test } from 'tap'
import { smtpSender } from '../../lib/mail/index.js'
import { type MailServerOptions, startMailServer } from './mail-server.js'
import { message, soon } from './message.js'
import { startMuteServer } from './mute-server.js'

async function serverAndSender(t: Test, options: MailServerOptions = {}) {
  const server = await startMailServer(options)
  const sender = smtpSender({ url: server.url })
  t.teardown(async () => {
    await sender.close?.()
    await server.close()
  })
  return { server, sender }
}

t.test('a message arrives with both forms of its text, its subject and who it is from', async t => {
  const { server, sender } = await serverAndSender(t)
  await sender.send(message, soon())
  const [received] = server.received
  t.match(received, {
    recipients: ['ada@example.com'],
    sender: 'no-reply@orchard.example',
    mail: {
      from: { name: 'Orchard', address: 'no-reply@orchard.example' },
      to: [{ name: '', address: 'ada@example.com' }],
      subject: message.subject,
      text: message.text,
      html: message.html,
    },
  })
  t.equal(received?.mail.messageId, `<${message.id}@orchard.example>`)
  t.equal(Date.parse(received?.mail.date ?? ''), message.createdAt.getTime())
})

t.test('many messages share a few connections, and each arrives once', async t => {
  const { server, sender } = await serverAndSender(t)
  const addresses = Array.from({ length: 20 }, (_, index) => `user${index}@example.com`)
  await Promise.all(addresses.map(to => sender.send({ ...message, to }, soon())))
  t.same(server.received.flatMap(({ recipients }) => recipients).sort(), addresses.sort())
  t.ok(server.connections <= 5, `${server.connections} connections`)
})

const attacks: readonly (readonly [string, Partial<typeof message>])[] = [
  ['a list in the recipient', { to: 'ada@example.com, eve@example.com' }],
  ['a second address in a display name', { to: 'eve@example.com <ada@example.com>' }],
  ['a header behind a line break in the recipient', { to: 'ada@example.com\r\nBcc: eve@example.com' }],
  ['a header behind a line break in the subject', { subject: 'Hello\r\nBcc: eve@example.com\r\n\r\nbody' }],
  [
    'a header behind a line break in the sender',
    { from: 'Orchard\r\nBcc: eve@example.com <no-reply@orchard.example>' },
  ],
  ['SMTP commands in the text', { text: 'Hello\r\n.\r\nRCPT TO:<eve@example.com>\r\n' }],
]

for (const [name, attack] of attacks) {
  t.test(`${name} adds no recipient and no header`, async t => {
    const { server, sender } = await serverAndSender(t)
    await sender.send({ ...message, ...attack }, soon()).catch(() => {})
    for (const { recipients, mail } of server.received) {
      t.equal(recipients.length, 1)
      t.not(recipients[0], 'eve@example.com')
      t.same(
        mail.headers.map(({ key }) => key).filter(key => key === 'bcc'),
        [],
      )
    }
    t.ok(server.received.length <= 1)
  })
}

t.test('a text that names a file or a URL is sent as it is, not what is there', async t => {
  const { server, sender } = await serverAndSender(t)
  const text = { path: '/etc/passwd' } as unknown as string
  await t.rejects(sender.send({ ...message, text }, soon()), { message: /File access rejected/ })
  t.equal(server.received.length, 0)
})

t.test('a recipient that the server refuses is an error', async t => {
  const { server, sender } = await serverAndSender(t, {
    onRcptTo: (_address, _session, callback) =>
      callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 })),
  })
  await t.rejects(sender.send(message, soon()), { message: /550/ })
  t.equal(server.received.length, 0)
})

t.test('a server that is not there is an error', async t => {
  const { server, sender } = await serverAndSender(t)
  await server.close()
  await t.rejects(sender.send(message, soon()), { code: /ECONN|ESOCKET/ })
})

t.test('a server that takes two seconds to answer gets the message, once', async t => {
  const { server, sender } = await serverAndSender(t, { thinkMilliseconds: 2000 })
  await sender.send(message, soon())
  t.equal(server.received.length, 1)
})

t.test('a send that its caller aborts ends immediately', async t => {
  const { server, url } = await startMuteServer(t)
  const sender = smtpSender({ url })
  const given = new AbortController()
  server.once('connection', () => given.abort())
  await t.rejects(sender.send(message, given.signal), { name: 'AbortError' })
  await sender.close?.()
})

t.test('a server that says nothing has failed after ten seconds', async t => {
  const { url } = await startMuteServer(t)
  const sender = smtpSender({ url })
  // Two limits of ten seconds run side by side, and either may be the first to end.
  await t.rejects(sender.send(message, soon()), { code: 'ETIMEDOUT' })
  await sender.close?.()
})

t.test('closing ends the connections, those in use too', async t => {
  const { server, url } = await startMuteServer(t)
  const sender = smtpSender({ url })
  const failed = t.rejects(sender.send(message, soon()))
  await once(server, 'connection')
  await sender.close?.()
  await failed
})

t.test('user and password of the URL are decoded and used', async t => {
  const credentials: unknown[] = []
  const server = await startMailServer({
    onAuth({ username, password }, _session, callback) {
      credentials.push([username, password])
      callback(null, { user: username })
    },
  })
  const sender = smtpSender({ url: server.url.replace('//', '//ada%40example.com:p%2Fw@') })
  await sender.send(message, soon())
  t.same(credentials, [['ada@example.com', 'p/w']])
  await sender.close?.()
  await server.close()
})

for (const url of ['http://mail.example.com', 'smtp:mail.example.com', 'smtp://', 'mail.example.com', 'smtp://a b']) {
  t.test(`the URL ${url} is refused immediately`, async t => {
    t.throws(() => smtpSender({ url }), { message: /looks like smtp:\/\// })
  })
}

t.test('the options of any transport of nodemailer will do', async t => {
  const server = await startMailServer()
  const sender = smtpSender({ transport: { host: '127.0.0.1', port: server.port } })
  await sender.send(message, soon())
  t.equal(server.received[0]?.mail.subject, message.subject)
  await sender.close?.()
  await server.close()
})

t.test('a transporter that was handed in is used, and stays open', async t => {
  const server = await startMailServer()
  const transporter = createTransport({ host: '127.0.0.1', port: server.port, pool: true })
  const sender = smtpSender({ transport: transporter })
  await sender.send(message, soon())
  await sender.close?.()
  await sender.send(message, soon())
  t.equal(server.received.length, 2)
  transporter.close()
  await server.close()
})

t.test('a transport that emits an error without a pending send does not end the process', async t => {
  const transport = Object.assign(new EventEmitter(), { name: 'test', version: '1', send() {} })
  smtpSender({ transport })
  t.doesNotThrow(() => transport.emit('error', new Error('connection lost')))
})
