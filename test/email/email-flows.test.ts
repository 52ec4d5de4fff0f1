import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { memorySender, smtpSender } from '../../lib/mail/index.js'
import { type MailServerOptions, startMailServer } from '../mail/mail-server.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { publicUrl, tokenOf } from '../support/test-mail.js'

const noon = Date.UTC(2026, 0, 1, 12)
const confirm = 'Confirm your e-mail address for app.example.com'

/** A storage that outlives the application, as a database does. */
function lastingStorage() {
  return { ...memoryStorage(), close: async () => {} }
}

t.test('a mail server that refuses does not show in the answer, and is in the log', async t => {
  const log: string[] = []
  const { app, post } = await testApplication(t, {
    mail: { sender: { send: () => Promise.reject(new Error('451 try again later')) } },
    server: { logger: { stream: { write: (line: string) => log.push(line) } } },
  })
  await signUpForTokens(app)
  t.strictSame((await post('/password/forgot', { email: ada.email })).json(), { status: 'accepted' })
  await app.close()
  const failures = log.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'fast-auth: a message was not sent')
  t.strictSame(failures.map(({ kind }) => kind).sort(), ['confirmEmail', 'resetPassword'])
  for (const failure of failures) {
    t.hasStrict(failure, {
      level: 50,
      reason: 'send',
      attempt: 1,
      willRetry: true,
      err: { message: '451 try again later' },
    })
  }
})

function refusingRecipients(): MailServerOptions {
  return {
    onRcptTo: (_address, _session, callback) =>
      callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 })),
  }
}

function refusingCredentials(): MailServerOptions {
  return { onAuth: (_auth, _session, callback) => callback(new Error('Authentication failed')) }
}

async function sendingTo(t: Test, options: MailServerOptions, credentials = '') {
  const server = await startMailServer(options)
  const log: string[] = []
  const sender = smtpSender({ url: server.url.replace('//', `//${credentials}`) })
  const { app, events } = await testApplication(t, {
    mail: { sender },
    server: { logger: { stream: { write: (line: string) => log.push(line) } } },
  })
  const { user } = await signUpForTokens(app)
  await app.close()
  await server.close()
  return { userId: user.id, events, lines: log.map(line => JSON.parse(line)) }
}

t.test(
  'a message that the mail server refuses for good is an event, which names the message and its owner',
  async t => {
    const { userId, events, lines } = await sendingTo(t, refusingRecipients())
    const givenUp = events.filter(({ name }) => name === 'message_given_up')
    const [line] = lines.filter(({ msg }) => msg === 'fast-auth: a message was not sent')
    t.match(line, { level: 50, willRetry: false, messageId: String })
    t.hasStrict(givenUp, [
      { userId, reason: 'refused', messageId: line.messageId, at: '2026-01-01T12:00:00.000Z', ip: null },
    ])
    const logged = lines.filter(({ msg }) => msg === 'message_given_up')
    t.hasStrict(logged, [{ level: 40, event: givenUp[0] }])
  },
)

t.test('a mail server that refuses the password is named as such in the log, and the message waits', async t => {
  const { events, lines } = await sendingTo(t, refusingCredentials(), 'mailer:wrong-password@')
  const [line, ...others] = lines.filter(({ level }) => level === 50)
  t.hasStrict(line, {
    msg: 'fast-auth: the mail server refused the user name or password',
    err: { code: 'EAUTH' },
    willRetry: true,
  })
  t.same(others, [])
  t.notMatch(JSON.stringify(lines), 'wrong-password')
  t.notOk(events.some(({ name }) => name === 'message_given_up'))
})

t.test('a message that one process could not send is sent by the next one as soon as it starts', async t => {
  const storage = lastingStorage()
  const failing = { send: () => Promise.reject(new Error('451 try again later')) }
  const before = await testApplication(t, { mail: { sender: failing }, options: { storage } })
  await signUpForTokens(before.app)
  await before.app.close()
  const after = await testApplication(t, { mail: true, options: { storage, clock: () => noon + 60_000 } })
  const message = await after.mailbox.waitForMessage(ada.email)
  t.equal(message.subject, confirm)
  t.equal((await after.post('/email/confirm', { token: tokenOf(message), password: ada.password })).statusCode, 200)
})

t.test('a closing application sends what waits, then closes the sender, then the storage', async t => {
  const order: string[] = []
  const mailbox = memorySender()
  const storage = memoryStorage()
  const { app } = await testApplication(t, {
    mail: {
      sender: {
        async send(message, signal) {
          await delay(100)
          await mailbox.send(message, signal)
          order.push(`sent to ${message.to}`)
        },
        close: async () => void order.push('sender closed'),
      },
    },
    options: {
      storage: {
        ...storage,
        close: async () => {
          order.push('storage closed')
          await storage.close()
        },
      },
    },
  })
  await signUpForTokens(app)
  await app.close()
  t.strictSame(order, [`sent to ${ada.email}`, 'sender closed', 'storage closed'])
})

t.test("messages have the application's name and its own words", async t => {
  const { app, mailbox, post } = await testApplication(t, {
    mail: {
      appName: 'Orchard',
      messages: {
        resetPassword: ({ to, appName, link }) => ({
          subject: `${appName}\r\nBcc: eve@example.com`,
          text: `${to} ${link}`,
          html: '',
        }),
      },
    },
  })
  await signUpForTokens(app)
  t.equal((await mailbox.waitForMessage(ada.email)).subject, 'Confirm your e-mail address for Orchard')
  await post('/password/forgot', { email: ada.email })
  const own = await mailbox.waitForMessage(ada.email)
  t.equal(own.subject, 'Orchard Bcc: eve@example.com')
  t.ok(own.text.startsWith(`${ada.email} ${publicUrl}/auth/password/reset#token=`))
})

t.test('every message is being sent when the answer is, without waiting for a poll', async t => {
  const { app, calls, mailbox, post, tokenTo } = await testApplication(t, {
    mail: true,
    options: { refreshGraceSeconds: 0 },
  })
  calls.length = 0
  const { accessToken } = await signUpForTokens(app)
  t.ok(calls.includes('outbox.claim'), 'signing up')
  const { password } = ada
  await post('/password/forgot', { email: ada.email })
  const token = await tokenTo(ada.email, 'resetPassword')
  const requests = [
    ['/email/confirm/send', { email: ada.email }],
    ['/email/confirm/send', { email: 'ben@example.com' }],
    ['/email/change', { email: 'new@example.com', password }, bearer(accessToken)],
    ['/password/reset', { token, password: 'a horse of another colour' }],
    ['/password/forgot', { email: ada.email }],
    ['/password/forgot', { email: 'ben@example.com' }],
  ] as const
  for (const [path, payload, headers] of requests) {
    calls.length = 0
    await post(path, payload, headers)
    t.ok(calls.includes('outbox.claim'), path)
  }
  const ben = await signUpForTokens(app, { email: 'ben@example.com', password })
  await post('/refresh', { refreshToken: ben.refreshToken })
  await mailbox.waitForMessage('ben@example.com')
  calls.length = 0
  await post('/refresh', { refreshToken: ben.refreshToken })
  t.ok(calls.includes('outbox.claim'), 'a refresh token used twice')
})
