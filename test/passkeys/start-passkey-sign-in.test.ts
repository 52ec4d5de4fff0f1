import t from 'tap'
import { signUpForCookies } from '../support/account.js'
import { confirmedApplication, passkeys, rpId } from '../support/passkey-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const start = { method: 'POST', url: '/auth/sign-in/passkey/options' } as const

t.test('every client gets options, which name no user and no passkey, and nothing is stored', async t => {
  const { app, asked, events } = await confirmedApplication(t)
  const answer = await app.inject(start)
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  const { challenge, ...options } = answer.json()
  t.strictSame(options, { rpId, timeout: 300_000, userVerification: 'required' })
  t.ok(Buffer.from(challenge, 'base64url').length >= 16)
  t.strictSame([asked(), events], [[], []])
})

t.test('every challenge is another one', async t => {
  const { app } = await testApplication(t, { options: { passkeys } })
  const challenges = await Promise.all(
    Array.from({ length: 20 }, async () => (await app.inject(start)).json().challenge),
  )
  t.equal(new Set(challenges).size, 20)
})

t.test('cookies change nothing, from whatever page they come', async t => {
  const { app } = await testApplication(t, { options: { passkeys } })
  const cookie = await signUpForCookies(app)
  for (const site of ['same-origin', 'cross-site'])
    t.equal((await app.inject({ ...start, headers: { cookie, 'sec-fetch-site': site } })).statusCode, 200, site)
})

t.test('a query is refused', async t => {
  const { app } = await testApplication(t, { options: { passkeys } })
  const answer = await app.inject({ ...start, url: `${start.url}?email=ada@example.com` })
  refused(t, answer, 400, 'FST_ERR_VALIDATION')
})
