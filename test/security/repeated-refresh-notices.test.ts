import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, signUpForTokens } from '../support/account.js'
import { failingStorage } from '../support/failing-storage.js'
import { type MailApplication, testApplication } from '../support/test-application.js'

const owner = { remoteAddress: '203.0.113.7', userAgent: 'Phone/2.0' }
const attacker = { remoteAddress: '198.51.100.9', userAgent: 'curl/8' }
const subject = 'Check who uses your Orchard account'
const day = 24 * 60 * 60
const bob = { email: 'bob@example.com', password: 'battery staple horse' } as const

/** An app that sends mail. `enabled`: whether the plugin's own limits are on. */
async function orchard(t: Test, enabled: boolean) {
  const { storage, failNext } = failingStorage(memoryStorage())
  const tested = await testApplication(t, { mail: { appName: 'Orchard' }, options: { storage, limits: { enabled } } })

  /** Refreshes as a client, and answers with the status and the next token. */
  async function refresh(refreshToken: string, { remoteAddress, userAgent }: typeof owner) {
    const answer = await tested.app.inject({
      method: 'POST',
      url: '/auth/refresh',
      payload: { refreshToken },
      remoteAddress,
      headers: { 'user-agent': userAgent },
    })
    return { status: answer.statusCode, next: answer.json().refreshToken as string }
  }

  /** The owner refreshes, and one second later another client repeats it. */
  async function repeatedBy(client: typeof owner, refreshToken: string) {
    const { next } = await refresh(refreshToken, owner)
    tested.advance(1)
    const { status } = await refresh(refreshToken, client)
    return { status, next }
  }

  return { ...tested, failNext, refresh, repeatedBy }
}

/** How many of these messages an address got. Closes the app. */
async function noticesTo(address: string, { everythingTo }: Pick<MailApplication, 'everythingTo'>): Promise<number> {
  const subjects = await everythingTo(address)
  return subjects.filter(sent => sent === subject).length
}

for (const enabled of [true, false]) {
  const limits = enabled ? 'with limits' : 'without limits'

  t.test(`${limits}, a repetition by another client is reported to the owner of the session once a day`, async t => {
    const { advance, repeatedBy, ...tested } = await orchard(t, enabled)
    const tokens = await signUpForTokens(tested.app)
    let token = tokens.refreshToken
    for (const wait of [60, 60, day, 60]) {
      const { status, next } = await repeatedBy(attacker, token)
      t.equal(status, 200, 'the session of the owner goes on')
      token = next
      advance(wait)
    }
    t.equal(await noticesTo(ada.email, tested), 2, 'four repetitions, on two days')
  })

  t.test(`${limits}, each session has its own message, and each user those of the own sessions`, async t => {
    const { repeatedBy, ...tested } = await orchard(t, enabled)
    const first = await signUpForTokens(tested.app)
    const second = await tested.post('/sign-in', { ...ada, transport: 'token' })
    await signUpForTokens(tested.app, bob)
    await repeatedBy(attacker, first.refreshToken)
    await repeatedBy(attacker, second.json().refreshToken)
    t.equal(await noticesTo(ada.email, tested), 2)
    t.equal(await noticesTo(bob.email, tested), 0)
  })
}

t.test('an honest retry sends no message', async t => {
  const { repeatedBy, ...tested } = await orchard(t, true)
  const { refreshToken } = await signUpForTokens(tested.app)
  t.equal((await repeatedBy(owner, refreshToken)).status, 200)
  t.equal(await noticesTo(ada.email, tested), 0)
})

t.test('if the message cannot be stored, the refresh is refused for now, and the next repetition sends it', async t => {
  const { repeatedBy, refresh, failNext, ...tested } = await orchard(t, true)
  const { refreshToken } = await signUpForTokens(tested.app)
  failNext('outbox.add', 'throw')
  t.equal((await repeatedBy(attacker, refreshToken)).status, 503)
  t.equal((await refresh(refreshToken, attacker)).status, 200)
  t.equal(await noticesTo(ada.email, tested), 1)
})
