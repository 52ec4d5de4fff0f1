import t, { type Test } from 'tap'
import type { EmailMessage } from '../../lib/email/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { type Adapter, adapters } from '../support/adapters.js'
import { linksIn, type MailAppSettings, mailApp, tokenOf } from '../support/mail-app.js'

const newEmail = 'new@example.com'
const newPassword = 'a horse of another colour'
const changedPassword = 'yet another horse entirely'

/** With everything that there is to write into a database turned on. */
async function tracedApp(t: Test, adapter: Adapter, settings: MailAppSettings = {}) {
  const { storage, dump } = await adapter.open(t)
  if (dump === null) throw new Error(`${adapter.name} has no dump`)
  const log: string[] = []
  const tested = await mailApp(t, {
    ...settings,
    options: { storage, migrate: true, auditLog: true, refreshGraceSeconds: 0 },
    server: { logger: { level: 'trace', stream: { write: (line: string) => log.push(line) } } },
  })
  return { ...tested, log, dump }
}

/** As they are, and as encoders would write them. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [secret, encodeURIComponent(secret), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('hex')]
}

function holdsNone(t: Test, where: string, text: string, secrets: Readonly<Record<string, string>>): void {
  for (const [name, secret] of Object.entries(secrets)) {
    t.notOk(
      spellings(secret).some(spelling => text.includes(spelling)),
      `no ${name} in ${where}`,
    )
  }
}

async function noSecretIsKept(t: Test, adapter: Adapter) {
  const { app, post, tokenTo, events, log, dump } = await tracedApp(t, adapter)
  const { accessToken, refreshToken } = await signUpForTokens(app)
  const ask = (email: string) => post('/email/change', { email, password: ada.password }, bearer(accessToken))
  const secrets: Record<string, string> = { password: ada.password, newPassword, accessToken, refreshToken }
  const made = await post('/api-keys', { name: 'deploy' }, bearer(accessToken))
  secrets.apiKey = made.json().key
  secrets.apiKeyRandomPart = made.json().key.slice(3, -6)
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(made.json().key) })).statusCode, 200)
  secrets.confirmation = await tokenTo(ada.email, 'confirmEmail')
  await post('/password/forgot', { email: ada.email })
  secrets.supersededReset = await tokenTo(ada.email, 'resetPassword')
  await post('/password/forgot', { email: ada.email })
  secrets.reset = await tokenTo(ada.email, 'resetPassword')
  await ask(newEmail)
  secrets.change = await tokenTo(newEmail, 'changeEmail')
  holdsNone(t, 'the database while they are pending', await dump(), secrets)

  await post('/email/confirm', { token: secrets.confirmation, password: ada.password })
  await post('/email/confirm', { token: secrets.confirmation, password: ada.password })
  await post('/password/reset', { token: secrets.supersededReset, password: newPassword })
  await post('/password/reset', { token: secrets.reset, password: 'kurz' })
  await post('/email/change/confirm', { token: secrets.reset, password: ada.password })
  const renewed = await post('/refresh', { refreshToken })
  secrets.renewedRefreshToken = renewed.json().refreshToken
  await post('/refresh', { refreshToken })
  t.equal((await post('/password/reset', { token: secrets.reset, password: newPassword })).statusCode, 204)
  const again = await post('/sign-in', { ...ada, password: newPassword, transport: 'token' })
  const { accessToken: secondAccessToken } = again.json()
  const passwords = { currentPassword: newPassword, newPassword: changedPassword }
  await post('/password/change', { ...passwords, newPassword: 'zu kurz' }, bearer(secondAccessToken))
  const changed = await post('/password/change', passwords, bearer(secondAccessToken))
  t.equal(changed.statusCode, 200)
  await post('/password/change', passwords, bearer(secondAccessToken))
  Object.assign(secrets, { changedPassword, secondAccessToken, changedRefreshToken: changed.json().refreshToken })
  holdsNone(t, 'the database', await dump(), secrets)
  const third = await post('/sign-in', { ...ada, password: changedPassword, transport: 'token' })
  secrets.thirdAccessToken = third.json().accessToken
  const remove = (password: string) =>
    app.inject({ method: 'DELETE', url: '/auth/me', payload: { password }, headers: bearer(third.json().accessToken) })
  t.equal((await remove(newPassword)).statusCode, 401)
  t.equal((await remove(changedPassword)).statusCode, 204)
  await app.fastAuth.listEvents()
  const kept = await dump()
  holdsNone(t, 'the database after the deletion', kept, secrets)
  await app.close()
  holdsNone(t, 'events', JSON.stringify(events), secrets)
  holdsNone(t, 'logs', log.join(''), secrets)
  t.ok(log.join('').includes('/auth/password/reset'), 'the log is there')
  t.ok(kept.includes('user_deleted'), 'the database is there')
  t.ok(events.length > 5, 'the events are there')
}

async function whatWaitsIsSealed(t: Test, adapter: Adapter) {
  const seen: EmailMessage[] = []
  const sender = {
    async send(message: EmailMessage) {
      seen.push(message)
      throw Object.assign(new Error(`550 rejected: ${message.text}`), { response: message.html, code: 'EENVELOPE' })
    },
  }
  const { app, post, events, log, dump } = await tracedApp(t, adapter, { email: { sender } })
  await signUpForTokens(app)
  t.equal((await post('/password/forgot', { email: ada.email })).statusCode, 202)
  await app.close()
  t.equal(seen.length, 2)
  const [confirmation = '', reset = ''] = seen.map(tokenOf)
  const links = Object.fromEntries(seen.flatMap(linksIn).map((link, index) => [`link ${index}`, link]))
  const secrets = { confirmation, reset, ...links }
  const text = log.join('')
  t.match(text, /fast-auth: a message was not sent/)
  t.match(text, /550 rejected/)
  holdsNone(t, 'logs', text, secrets)
  holdsNone(t, 'events', JSON.stringify(events), secrets)
  holdsNone(t, 'the outbox', await dump(), secrets)
}

for (const adapter of adapters.filter(({ name }) => name !== 'memory')) {
  const { name, missing: skip } = adapter

  t.test(`no token and no password gets into events, logs or a database of ${name}, used or not`, { skip }, t =>
    noSecretIsKept(t, adapter),
  )

  t.test(
    `what waits in ${name} to be sent is sealed, and a sender that repeats a message gets no token into the log`,
    { skip },
    t => whatWaitsIsSealed(t, adapter),
  )
}
