import { once } from 'node:events'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { until } from '../mail/delivery-desk.js'
import { startMailServer } from '../mail/mail-server.js'
import { startMuteServer } from '../mail/mute-server.js'
import { ada } from '../support/account.js'
import { post, signIn, signUp } from './fixtures/auth-client.js'
import { mailedToken } from './fixtures/mailed-token.js'
import { startServer } from './fixtures/server-process.js'

const options = { requireEmailConfirmation: true }
/** After this another process may claim a message that a process claimed. */
const clockAheadSeconds = 60

/** Starts again on the file, beside a mail server that takes what comes: the link in Ada's message is good. */
async function linkArrives(t: Test, file: string): Promise<void> {
  const mailServer = await startMailServer()
  t.teardown(() => mailServer.close())
  const { url } = await startServer(t, `sqlite:${file}`, options, { mailUrl: mailServer.url, clockAheadSeconds })
  const token = await mailedToken(mailServer, ada.email, 'confirmEmail')
  t.equal((await post(url, '/auth/email/confirm', { token, password: ada.password })).status, 200)
  t.equal((await signIn(url)).status, 200)
}

t.test('a message that was being sent when its process was killed arrives after the restart', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const mute = await startMuteServer(t)
  const talking = once(mute.server, 'connection')
  const before = await startServer(t, `sqlite:${file}`, options, { mailUrl: mute.url })
  t.equal((await signUp(before.url)).status, 202)
  await talking
  await before.kill()

  await linkArrives(t, file)
})

t.test('a message that the mail server refused before its process was killed arrives after the restart', async t => {
  const file = join(t.testdir({}), 'auth.db')
  let refusals = 0
  const refusing = await startMailServer({
    onRcptTo(_address, _session, callback) {
      refusals += 1
      callback(Object.assign(new Error('try again later'), { responseCode: 451 }))
    },
  })
  const before = await startServer(t, `sqlite:${file}`, options, { mailUrl: refusing.url })
  t.equal((await signUp(before.url)).status, 202)
  await until(() => refusals > 0)
  await before.kill()
  await refusing.close()

  await linkArrives(t, file)
})

t.test('of many messages that were accepted before a kill each arrives, some of them twice', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const addresses = Array.from({ length: 12 }, (_, index) => `person-${index}@example.com`)
  let asked = 0
  // It takes three messages, and is silent when it has the fourth.
  const stalling = await startMailServer({
    async ready() {
      asked += 1
      if (asked > 3) await new Promise(() => {})
    },
  })
  t.teardown(() => stalling.close())
  const before = await startServer(t, `sqlite:${file}`, options, { mailUrl: stalling.url })
  const answers = await Promise.all(addresses.map(address => signUp(before.url, address)))
  t.same(new Set(answers.map(({ status }) => status)), new Set([202]))
  await until(() => asked > 3)
  await before.kill()

  const healthy = await startMailServer()
  t.teardown(() => healthy.close())
  await startServer(t, `sqlite:${file}`, options, { mailUrl: healthy.url, clockAheadSeconds })
  const recipients = () => [stalling, healthy].flatMap(({ received }) => received.flatMap(mail => mail.recipients))
  await until(() => addresses.every(address => recipients().includes(address)))
  t.equal(stalling.received.length, 3)
  for (const address of addresses) t.ok(recipients().filter(recipient => recipient === address).length <= 2, address)
})
