import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { signInWithMailedCode, totpCode } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { codeApplication, codeOf } from '../support/code-application.js'
import { setEnvironment } from '../support/environment.js'
import { claimsOf } from '../support/passkey-application.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { block, table } from './readme.js'

const file = 'docs/email-sign-in.md'
const run = promisify(execFile)

/** A folder inside the package, so that `fast-auth` in an import is this package. */
const folder = mkdtempSync(resolve('dist', 'email-sign-in-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

t.test('the documented application signs up and in with a mailed code', async t => {
  setEnvironment(t, { AUTH_SECRET: secret })
  writeFileSync(`${folder}/app.js`, block('server', file))
  writeFileSync(`${folder}/testing.js`, block('testing', file))
  const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${folder}/app.js`).href)
  t.teardown(() => app.close())
  await t.resolves(import(pathToFileURL(`${folder}/testing.js`).href))
})

/** An application in which codes create accounts. */
const withSignUp = { mail: true, options: { emailSignIn: { signUp: true }, cookies: { secure: false } } } as const

t.test('the documented sign-in with cookies gets the answers that it says', async t => {
  const { app, mailbox } = await testApplication(t, withSignUp)
  const url = await app.listen({ port: 0 })
  const text = block('two steps with cookies', file).replaceAll('http://localhost:3000', url)
  const steps = Array.from(text.matchAll(/^# (.+)\n(.+)$/gm), ([, says = '', command = '']) => ({ says, command }))
  t.equal(steps.length, 4)
  const cwd = t.testdir()
  let code = ''
  for (const { says, command } of steps) {
    const { stdout } = await run('bash', ['-c', `${command.replace('K7QM-3X9D', code)} -sS`], { cwd })
    t.equal(/^HTTP\/1\.1 (\d{3})/.exec(stdout)?.[1], /(\d{3})$/.exec(says)?.[1], says)
    if (code === '') code = codeOf(await mailbox.waitForMessage(ada.email))
  }
})

t.test('the documented sign-in with tokens asks again for a wrong code, and requests a new one after five', async t => {
  const { app, mailbox } = await testApplication(t, withSignUp)
  const url = await app.listen({ port: 0 })
  const text = block('two steps with tokens', file).replace('https://app.example.com', url)
  writeFileSync(`${folder}/tokens.mjs`, text)
  const { signIn } = await import(pathToFileURL(`${folder}/tokens.mjs`).href)
  let asked = 0
  const answer = await signIn(ada.email, async () => {
    asked += 1
    const code = asked === 1 || asked === 6 ? codeOf(await mailbox.waitForMessage(ada.email)) : ''
    return asked === 6 ? code : '00000000'
  })
  t.equal(asked, 6)
  t.hasStrict(answer, { user: { email: ada.email } })
  t.type(answer.accessToken, 'string')
  const refused = await signIn('nothing', () => t.fail('there is nothing to ask for'))
  t.equal(refused.code, 'FST_ERR_VALIDATION')
})

t.test('the documented template makes the message', async t => {
  const { messages } = new Function(`return { ${block('template', file)} }`)()
  const { ask, mailbox } = await codeApplication(t, { mail: { appName: 'Example', messages } })
  await ask()
  const { subject, text, html } = await mailbox.waitForMessage(ada.email)
  const [code = ''] = /\w{4}-\w{4}/.exec(subject) ?? []
  t.equal(subject, `${code} is your code for Example`)
  for (const part of [text, html]) {
    t.match(part, code)
    t.match(part, `#token=${code.replace('-', '').toLowerCase()}`)
    t.match(part, 'Never give this code to another person.')
  }
})

t.test('the documented claims are those of the sessions', async t => {
  const options = { ...withSignUp.options, secondFactor: 'offered' } as const
  const { app, mailbox, post, advance } = await testApplication(t, { mail: true, options })
  const alone = await signInWithMailedCode(app, { email: ada.email, mailbox })
  const totp = (path: string, payload: object) => alone.inject({ method: 'POST', url: `/auth${path}`, payload })
  const noon = Date.UTC(2026, 0, 1, 12)
  const { secret: key } = (await totp('/second-factor/totp', {})).json()
  await totp('/second-factor/totp/confirm', { code: totpCode(key, noon) })
  advance(30)
  const { signInToken } = (await post('/sign-in/email', { email: ada.email, transport: 'token' })).json()
  let message = await mailbox.waitForMessage(ada.email)
  while (!message.subject.includes('sign-in code')) message = await mailbox.waitForMessage(ada.email)
  const waiting = (await post('/sign-in/email/confirm', { code: codeOf(message), signInToken })).json()
  const second = { code: totpCode(key, noon + 30_000), signInToken: waiting.signInToken }
  const both = (await post('/sign-in/second-factor', second)).json()
  const claims = new Map([
    ['code', claimsOf(alone.accessToken).amr],
    ['code, and an authenticator app', claimsOf(both.accessToken).amr],
  ])
  t.same(new Map(table('claims', file).map(([session = '', amr = '']) => [session, JSON.parse(amr)])), claims)
})
