import t from 'tap'
import { smtpSender } from '../../lib/mail/index.js'
import { isPermanentFailure } from '../../lib/mail/is-permanent-failure.js'
import { mailOptions } from '../../lib/mail/senders/mail-options.js'
import { deliveryDesk } from './delivery-desk.js'
import { startMailServer } from './mail-server.js'
import { message } from './message.js'

const failure = (fields: object) => Object.assign(new Error('refused'), fields)

t.test('a refusal of the recipient or of the message is permanent', async t => {
  for (const fields of [
    { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' },
    { code: 'EMESSAGE', responseCode: 554, command: 'DATA' },
    { isPermanent: true },
  ])
    t.equal(isPermanentFailure(failure(fields)), true, JSON.stringify(fields))
})

t.test('failures that may pass, or that do not concern the recipient, are tried again', async t => {
  for (const fields of [
    {},
    { isPermanent: 'yes' },
    { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' },
    { code: 'EENVELOPE', responseCode: 530, command: 'RCPT TO' },
    { code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' },
    { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' },
    { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' },
    { code: 'ECONNECTION', command: 'CONN' },
    { responseCode: 650, command: 'DATA' },
  ])
    t.equal(isPermanentFailure(failure(fields)), false, JSON.stringify(fields))
  t.equal(isPermanentFailure('550 refused'), false)
})

for (const [responseCode, isTriedAgain] of [
  [550, false],
  [450, true],
] as const) {
  t.test(
    `a recipient whom an SMTP server refuses with ${responseCode} is tried ${isTriedAgain ? 'again' : 'once'}`,
    async t => {
      const server = await startMailServer({
        onRcptTo(_address, _session, callback) {
          callback(Object.assign(new Error('no such mailbox'), { responseCode }))
        },
      })
      t.teardown(() => server.close())
      const desk = deliveryDesk(t)
      await desk.post('unknown@example.com')
      await desk.delivery({ sender: smtpSender({ url: server.url }) }).drain(20_000)
      t.hasStrict(desk.failures, [{ reason: 'send', attempt: 1, willRetry: isTriedAgain }])
      t.same(desk.givenUp, isTriedAgain ? [] : ['refused'])
      t.equal(await desk.takeStock(), isTriedAgain ? 1 : 0)
    },
  )
}

t.test('a message is marked as generated automatically', async t => {
  t.hasStrict(mailOptions(message), { headers: { 'Auto-Submitted': 'auto-generated' } })
})
