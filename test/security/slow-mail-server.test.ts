import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { smtpSender } from '../../lib/mail/index.js'
import { until } from '../mail/delivery-desk.js'
import { startMailServer } from '../mail/mail-server.js'
import { ada, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'

const ben = { email: 'ben@example.com', password: ada.password }

/** All that comes back over the wire, but for the date. */
async function rawAnswer(port: number, path: string, body: object) {
  const headers = { 'content-type': 'application/json', connection: 'close' }
  const asking = request({ host: '127.0.0.1', port, path: `/auth${path}`, method: 'POST', headers })
  asking.end(JSON.stringify(body))
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  const lines = answer.rawHeaders.flatMap((name, index, all) => (index % 2 === 0 ? `${name}: ${all[index + 1]}` : []))
  return {
    status: answer.statusCode,
    lines: lines.filter(line => !/^date: /i.test(line)),
    body: await text(answer),
  }
}

/** A listening application whose SMTP server accepts no message until the test says so. */
async function slowlyMailed(t: Test, options: TestApplicationSettings['options'] = {}) {
  let letGo = () => {}
  const released = new Promise<void>(resolve => {
    letGo = resolve
  })
  const server = await startMailServer({ ready: () => released })
  const tested = await testApplication(t, { mail: { sender: smtpSender({ url: server.url }) }, options })
  t.teardown(() => server.close())
  await tested.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = tested.app.server.address() as AddressInfo
  const hashes = hashCalls(t)
  const observe = async (path: string, body: object) => {
    tested.asked()
    hashes()
    const answer = await rawAnswer(port, path, body)
    return { answer, asked: tested.asked(), hashes: hashes().length }
  }
  return { ...tested, server, observe, release: () => letGo() }
}

for (const path of ['/password/forgot', '/email/confirm/send']) {
  t.test(`${path} answers before the mail server does, to known and unknown addresses alike`, async t => {
    const { app, server, observe, release } = await slowlyMailed(t)
    await signUpForTokens(app)
    const unknown = await observe(path, { email: ben.email })
    t.hasStrict(unknown, { answer: { status: 202, body: '{"status":"accepted"}' } })
    t.strictSame(await observe(path, { email: ada.email }), unknown)
    await until(() => server.connections > 0)
    t.strictSame(await observe(path, { email: ada.email }), unknown, 'while a message is under way too')
    t.same(server.received, [], 'no answer has waited for the mail server')

    release()
    await until(() => server.received.length === 3)
    t.same(new Set(server.received.flatMap(({ recipients }) => recipients)), new Set([ada.email]))
  })
}

t.test('a sign-up that needs confirmation answers before the mail server does, taken or not', async t => {
  const { server, observe, release } = await slowlyMailed(t, { requireEmailConfirmation: true })
  const free = await observe('/sign-up', ada)
  t.hasStrict(free, { answer: { status: 202, body: '{"status":"confirmation_required"}' } })
  t.strictSame(await observe('/sign-up', { ...ada, password: 'a horse of another colour' }), free)
  await until(() => server.connections > 0)
  t.strictSame(await observe('/sign-up', ada), free)
  t.strictSame(await observe('/sign-up', ben), free)
  t.same(server.received, [], 'no answer has waited for the mail server')

  release()
  await until(() => server.received.length === 4)
  t.equal(server.received.filter(({ recipients }) => recipients[0] === ben.email).length, 1)
})

for (const signUp of [false, true]) {
  t.test(`with signUp ${signUp}, a request of a code answers before the mail server does, known or not`, async t => {
    const { app, server, observe, release } = await slowlyMailed(t, { emailSignIn: { signUp } })
    await app.fastAuth.createUser({ email: ada.email, emailConfirmed: true })
    const path = '/sign-in/email'
    const seenOf = async (email: string) => {
      const { answer, ...work } = await observe(path, { email })
      const lines = answer.lines.map(line => line.replace(/sign_in=[\w-]+/, 'sign_in=…'))
      return { answer: { ...answer, lines }, ...work }
    }
    const unknown = await seenOf(ben.email)
    t.hasStrict(unknown, { answer: { status: 202 }, asked: ['users.findByEmail', 'signInCodes.issue'], hashes: 0 })
    t.strictSame(await seenOf(ada.email), unknown)
    await until(() => server.connections > 0)
    t.strictSame(await seenOf(ada.email), unknown, 'while a message is under way too')
    t.same(server.received, [], 'no answer has waited for the mail server')

    release()
    await until(() => server.received.length === (signUp ? 3 : 2))
    const recipients = server.received.flatMap(message => message.recipients)
    t.equal(recipients.filter(recipient => recipient === ada.email).length, 2)
  })
}
