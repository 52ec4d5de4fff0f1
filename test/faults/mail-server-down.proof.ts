import t from 'tap'
import { smtpSender } from '../../lib/mail/index.js'
import { until } from '../mail/delivery-desk.js'
import { startMailServer } from '../mail/mail-server.js'
import { ada } from '../support/account.js'
import { type MailApplication, testApplication } from '../support/test-application.js'
import { visible } from '../support/visible.js'

const requests = [
  ['/sign-up', ada],
  ['/password/forgot', { email: ada.email }],
  ['/sign-up', { ...ada, password: 'a horse of another colour' }],
] as const
const subjects = [
  'Confirm your e-mail address for app.example.com',
  'Set a new password for app.example.com',
  'You already have an account at app.example.com',
]

t.test('while the mail server is down no request notices; when it is back each message arrives once', async t => {
  const log: string[] = []
  const server = await startMailServer()
  const answersOf = async (application: MailApplication) => {
    const answers = []
    for (const [path, body] of requests) answers.push(visible(await application.post(path, body)))
    return answers
  }
  const application = () =>
    testApplication(t, {
      mail: { sender: smtpSender({ url: server.url }) },
      options: { requireEmailConfirmation: true },
      server: { logger: { stream: { write: (line: string) => log.push(line) } } },
    })

  const healthy = await application()
  const expected = await answersOf(healthy)
  await healthy.app.close()
  t.equal(server.received.length, requests.length)
  await server.close()

  const unhealthy = await application()
  t.strictSame(await answersOf(unhealthy), expected)
  const failures = () => log.filter(line => line.includes('a message was not sent')).length
  await until(() => failures() === requests.length)

  const restarted = await startMailServer({ port: server.port })
  t.teardown(() => restarted.close())
  for (let minutes = 1; minutes <= 3; minutes += 1) {
    unhealthy.advance(60)
    // The request of another user: the client does not ask again.
    await unhealthy.post('/password/forgot', { email: 'ben@example.com' })
    await until(() => restarted.received.length >= requests.length)
  }
  await unhealthy.app.close()
  t.same(
    restarted.received.map(({ recipients }) => recipients),
    requests.map(() => [ada.email]),
  )
  t.same(restarted.received.map(({ mail }) => mail.subject).sort(), [...subjects].sort())
  t.equal(failures(), requests.length)
})
