import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import { ada } from '../support/account.js'
import { openPage, withoutChromium } from '../support/chromium.js'
import { testApplication } from '../support/test-application.js'
import { block } from './readme.js'

const file = 'docs/passkeys.md'
const skip = withoutChromium
t.setTimeout(120_000)

const html = `<!doctype html><title>passkeys</title><script type="module">
import * as code from '/code.js'
import { signalPasskeys } from '/signals.js'
import { createAuthClient } from '/client/index.js'
Object.assign(window, code, { signalPasskeys, client: createAuthClient(), ready: true })
</script>`

t.test(
  'the documented code for browsers adds a passkey, signs in with it and signals a deletion',
  { skip },
  async t => {
    const url = `http://localhost:${await freePort('127.0.0.1')}`
    const { app } = await testApplication(t, {
      options: { publicUrl: url, clock: Date.now, cookies: { secure: false }, passkeys: { rpId: 'localhost' } },
      before(app) {
        app.get('/', (_, reply) => reply.type('text/html').send(html))
        app.get('/code.js', (_, reply) =>
          reply.type('text/javascript').send(block('browser', file).replace('https://app.example.com', url)),
        )
        app.get('/signals.js', (_, reply) => reply.type('text/javascript').send(block('signals', file)))
        app.get<{ Params: { '*': string } }>('/client/*', ({ params }, reply) =>
          reply.type('text/javascript').send(readFileSync(join('dist/lib/client', params['*']))),
        )
      },
    })
    await app.listen({ port: Number(new URL(url).port), host: '127.0.0.1' })
    const page = await openPage(t)
    const devTools = await page.context().newCDPSession(page)
    await devTools.send('WebAuthn.enable')
    const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    const stored = async () => (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length
    await page.goto(url)
    await page.waitForFunction('window.ready')

    await page.evaluate(`client.signUp(${JSON.stringify(ada)})`)
    t.hasStrict(await page.evaluate(`addPasskey('Laptop')`), { name: 'Laptop', lastUsedAt: null })
    t.equal(await stored(), 1)
    await page.evaluate('client.signOut()')
    t.hasStrict(await page.evaluate('signIn()'), { user: { email: ada.email } })
    t.hasStrict(await page.evaluate('usePasskey().then(credential => client.reauthenticate({ credential }))'), {
      status: 200,
    })

    await page.evaluate('client.listPasskeys().then(({ data }) => signalPasskeys(data))')
    t.equal(await stored(), 1, 'the authenticator keeps what the server lists')
    await page.evaluate(
      `client.listPasskeys().then(({ data: { items: [passkey], rpId } }) => signalPasskeys({ rpId, items: [{ ...passkey, credentialId: 'AAAA' }] }))`,
    )
    t.equal(await stored(), 0, 'the authenticator removes what the server does not list')
  },
)
