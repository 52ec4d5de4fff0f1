import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import { addAuthenticator } from '../browser/virtual-authenticator.js'
import { ada } from '../support/account.js'
import { openPage, withoutChromium } from '../support/chromium.js'
import { testApplication } from '../support/test-application.js'
import { block } from './readme.js'

const file = 'docs/passkeys.md'
const skip = withoutChromium
t.setTimeout(120_000)

/** Opens the page of an application with passkeys that serves these files and the client. */
async function openSite(t: Test, files: Readonly<Record<string, string>>) {
  const url = `http://localhost:${await freePort('127.0.0.1')}`
  const { app } = await testApplication(t, {
    options: { publicUrl: url, clock: Date.now, cookies: { secure: false }, passkeys: { rpId: 'localhost' } },
    before(app) {
      for (const [path, text] of Object.entries(files))
        app.get(path, (_, reply) => {
          reply.type(path === '/' ? 'text/html' : 'text/javascript').send(text.replace('https://app.example.com', url))
        })
      app.get<{ Params: { '*': string } }>('/client/*', ({ params }, reply) => {
        reply.type('text/javascript').send(readFileSync(join('dist/lib/client', params['*'])))
      })
    },
  })
  await app.listen({ port: Number(new URL(url).port), host: '127.0.0.1' })
  const page = await openPage(t)
  const { passkeys } = await addAuthenticator(page)
  const answers: string[] = []
  page.on('response', answer => answers.push(`${answer.request().method()} ${answer.url()} ${answer.status()}`))
  page.on('console', message => answers.push(message.text()))
  await page.goto(url)

  /** Waits until a condition is met. The error of a timeout has the last responses. */
  const until = (condition: string) =>
    page.waitForFunction(condition).catch(cause => {
      throw new Error(`${condition}: ${JSON.stringify([...answers.slice(0, 20), '…', ...answers.slice(-20)])}`, {
        cause,
      })
    })
  return { page, until, stored: async () => (await passkeys()).length }
}

t.test('the documented code with the client adds a passkey, signs in with it and deletes it', { skip }, async t => {
  const { page, until, stored } = await openSite(t, {
    '/': `<!doctype html><title>passkeys</title><input name="email" autocomplete="username webauthn">
<button id="addButton">Add</button><button id="signInButton">Sign in</button><script type="module" src="/page.js"></script>`,
    '/page.js': block('page', file)
      .replace('fast-auth/client', '/client/index.js')
      .replace('const client =', 'const client = window.client ='),
    '/managing.js': block('managing', file),
  })
  await until('window.client')
  await page.evaluate(`client.signUp(${JSON.stringify(ada)})`)
  await page.click('#addButton')
  await until(`client.listPasskeys().then(({ data }) => data.items[0]?.name === 'Work laptop')`)
  await page.evaluate('client.signOut()')
  await page.click('#signInButton')
  await until(`client.session.status === 'signed-in'`)
  t.equal(await stored(), 1)
  await page.evaluate(`import('/managing.js')`)
  t.hasStrict(await page.evaluate('client.listPasskeys()'), { data: { items: [] } })
  t.equal(await stored(), 0, 'the client informs the authenticator of the deletion')
})

t.test('the documented code without the client does the same, and signals a deletion', { skip }, async t => {
  const { page, until, stored } = await openSite(t, {
    '/': `<!doctype html><title>passkeys</title><script type="module">
import * as code from '/code.js'
import { signalPasskeys } from '/signals.js'
import { createAuthClient } from '/client/index.js'
Object.assign(window, code, { signalPasskeys, client: createAuthClient(), ready: true })
</script>`,
    '/code.js': block('browser', file),
    '/signals.js': block('signals', file),
  })
  await until('window.ready')
  await page.evaluate(`client.signUp(${JSON.stringify(ada)})`)
  t.hasStrict(await page.evaluate(`addPasskey('Laptop')`), { name: 'Laptop', lastUsedAt: null })
  t.equal(await stored(), 1)
  await page.evaluate('client.signOut()')
  t.hasStrict(await page.evaluate('signIn()'), { user: { email: ada.email } })
  const again = await page.evaluate('usePasskey().then(credential => client.reauthenticate({ credential }))')
  t.hasStrict(again, { status: 200 })

  const list = `fetch('/auth/passkeys').then(answer => answer.json())`
  await page.evaluate(`${list}.then(signalPasskeys)`)
  t.equal(await stored(), 1, 'the authenticator keeps what the server lists')
  const others = `({ items: [passkey], rpId }) => signalPasskeys({ rpId, items: [{ ...passkey, credentialId: 'AAAA' }] })`
  await page.evaluate(`${list}.then(${others})`)
  t.equal(await stored(), 0, 'the authenticator removes what the server does not list')
})
