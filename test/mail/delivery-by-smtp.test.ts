import t, { type Test } from 'tap'
import { smtpSender } from '../../lib/mail/index.js'
import { deliveryDesk, second } from './delivery-desk.js'
import { type MailServerOptions, startMailServer } from './mail-server.js'

const patience = 30 * second

async function postOffice(t: Test, options: MailServerOptions = {}) {
  const server = await startMailServer(options)
  const desk = deliveryDesk(t)
  const delivery = desk.delivery({ sender: smtpSender({ url: server.url }) })
  t.teardown(() => server.close())
  return { server, desk, delivery }
}

t.test('a message that is sent by SMTP arrives unchanged', async t => {
  const { server, desk, delivery } = await postOffice(t)
  const [token] = await desk.post('ada@example.com')
  await delivery.drain(patience)
  const [received, ...others] = server.received
  t.same(others, [])
  t.same(received?.recipients, ['ada@example.com'])
  t.hasStrict(received?.mail, { subject: 'Set a new password for Orchard', from: { name: 'Orchard' } })
  const link = `https://app.example.com/auth/password/reset#token=${token}`
  t.ok(received?.mail.text?.split('\n').includes(link))
  t.ok(received?.mail.html?.includes(`href="${link}"`))
})

t.test('a mail server that takes two seconds gets each message once', async t => {
  const { server, desk, delivery } = await postOffice(t, { thinkMilliseconds: 2000 })
  await desk.post('ada@example.com', 'bob@example.com')
  await delivery.drain(patience)
  t.same(server.received.flatMap(({ recipients }) => recipients).sort(), ['ada@example.com', 'bob@example.com'])
  t.same(desk.failures, [])
})

t.test('a message that finds the mail server down arrives exactly once when it is back', async t => {
  const { server, desk, delivery } = await postOffice(t)
  await server.close()
  await desk.post('ada@example.com')
  await delivery.drain(patience)
  t.match(desk.failures, [{ reason: 'send', willRetry: true, error: { code: /ECONN|ESOCKET/ } }])
  const restarted = await startMailServer({ port: server.port })
  for (let minute = 0; minute < 3; minute += 1) {
    desk.now += 60 * second
    await delivery.drain(patience)
  }
  t.equal(restarted.received.length, 1)
  t.equal(await desk.takeStock(), 0)
  await restarted.close()
})

t.test('a recipient whom the mail server refuses does not delay other recipients', async t => {
  const { server, desk, delivery } = await postOffice(t, {
    onRcptTo({ address }, _session, callback) {
      callback(address.startsWith('gone@') ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null)
    },
  })
  await desk.post('gone@example.com', 'ada@example.com')
  await delivery.drain(patience)
  t.same(
    server.received.map(({ recipients }) => recipients),
    [['ada@example.com']],
  )
  t.hasStrict(desk.failures, [{ reason: 'send', attempt: 1, willRetry: false, error: { code: 'EENVELOPE' } }])
})

t.test('a message whose acknowledgement was lost arrives again with the same Message-ID and Date', async t => {
  let takings = 0
  const { server, desk, delivery } = await postOffice(t, {
    onReceived() {
      takings += 1
      if (takings === 1) throw Object.assign(new Error('the reply is lost'), { responseCode: 451 })
    },
  })
  await desk.post('ada@example.com')
  await delivery.drain(patience)
  t.hasStrict(desk.failures, [{ reason: 'send', willRetry: true }])
  desk.now += 60 * second
  await delivery.drain(patience)
  const [first, again, ...others] = server.received.map(({ mail }) => [mail.messageId, mail.date])
  t.match(first, [/^<[0-9a-f-]{36}@app\.example\.com>$/, String])
  t.same(again, first)
  t.same(others, [])
  await desk.post('ada@example.com')
  await delivery.drain(patience)
  t.not(server.received[2]?.mail.messageId, first?.[0], 'another message has another Message-ID')
})
