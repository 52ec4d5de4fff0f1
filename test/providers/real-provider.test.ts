import t, { type Test } from 'tap'
import { oidc } from '../../lib/features/providers/providers.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { browser } from '../support/browser.js'
import { fragmentOf } from '../support/provider-application.js'
import { browse } from '../support/providers/browse.js'
import { clientId, clientSecret, redirectUri } from '../support/providers/provider-flow.js'
import { realProvider } from '../support/providers/real-provider.js'
import { testApplication } from '../support/test-application.js'
import { publicUrl } from '../support/test-mail.js'

const users = { ada: { email: 'Ada@Example.com', email_verified: true }, cyd: {} }

interface Settings {
  readonly responseMode?: 'query' | 'form_post'
  readonly options?: Partial<FastAuthOptions>
}

/** An application and a browser of it, whose provider is a server that we did not write. */
async function realApplication(t: Test, { responseMode = 'query', options }: Settings = {}) {
  const { issuer } = await realProvider(t, { users })
  const provider = oidc({
    ...{ name: 'acme', displayName: 'Acme', issuer, clientId, clientSecret, vouchesForEmail: true, responseMode },
  })
  const { app } = await testApplication(t, {
    mail: true,
    options: { clock: Date.now, providers: [provider], ...options },
  })

  function newBrowser() {
    const own = browser(app)
    const post = (path: string, payload: object) => own.send({ method: 'POST', url: `/auth${path}`, payload })
    /** Signs a user in at the provider, and returns the parameters of the callback. */
    async function visit(user: string, path = '/sign-in/acme', body: object = {}): Promise<URLSearchParams> {
      const url = new URL((await post(path, body)).json().url)
      url.searchParams.set('login_hint', user)
      return browse(url, redirectUri)
    }
    const callback = (parameters: URLSearchParams) => own.send({ url: `/auth/providers/acme/callback?${parameters}` })
    return { ...own, post, visit, callback, me: () => own.send({ url: '/auth/me' }) }
  }
  return { app, newBrowser }
}

t.test('a user of a real provider signs up, visits the callback twice, and signs in again', async t => {
  const { newBrowser } = await realApplication(t)
  const own = newBrowser()
  const parameters = await own.visit('ada')
  const answers = await Promise.all([own.callback(parameters), own.callback(parameters)])
  answers.push(await own.callback(parameters))
  for (const { headers } of answers) t.equal(headers.location, `${publicUrl}/`)
  const { user } = (await own.me()).json()
  t.equal(user.email, 'ada@example.com')
  t.type(user.emailConfirmedAt, 'string')
  const other = newBrowser()
  await other.callback(await other.visit('ada'))
  t.equal((await other.me()).json().user.id, user.id)
})

t.test('a user who cancels at a real provider is back, without a session', async t => {
  const { newBrowser } = await realApplication(t)
  const own = newBrowser()
  t.same(fragmentOf(await own.callback(await own.visit('cancels'))), { error: 'FAST_AUTH_PROVIDER_DENIED' })
  t.equal((await own.me()).statusCode, 401)
})

t.test('a user of a real provider without an address cannot sign up, but links', async t => {
  const { newBrowser } = await realApplication(t)
  const own = newBrowser()
  t.same(fragmentOf(await own.callback(await own.visit('cyd'))), { error: 'FAST_AUTH_PROVIDER_EMAIL_MISSING' })
  await own.callback(await own.visit('ada'))
  t.same(fragmentOf(await own.callback(await own.visit('cyd', '/identities/acme/link'))), { linked: 'acme' })
})

t.test('a native app signs in with an ID token that a real provider issued, once', async t => {
  const issued: { idToken: string | null }[] = []
  const hooks = { onProviderTokens: ({ tokens }: { tokens: { idToken: string | null } }) => void issued.push(tokens) }
  const { newBrowser } = await realApplication(t, { options: { hooks } })
  const own = newBrowser()
  const url = new URL((await own.post('/sign-in/acme', {})).json().url)
  url.searchParams.set('login_hint', 'ada')
  await own.callback(await browse(url, redirectUri))
  const payload = { idToken: issued[0]?.idToken, nonce: url.searchParams.get('nonce'), transport: 'token' }
  const other = newBrowser()
  const answer = await other.post('/sign-in/acme/token', payload)
  t.strictSame([answer.statusCode, answer.json().user?.email], [200, 'ada@example.com'])
  t.equal((await other.post('/sign-in/acme/token', payload)).statusCode, 401)
})

t.test('a real provider that returns with a form signs the browser in', async t => {
  const { app, newBrowser } = await realApplication(t, { responseMode: 'form_post' })
  const own = newBrowser()
  const form = await own.visit('ada')
  const received = await app.inject({
    ...{ method: 'POST', url: '/auth/providers/acme/callback', payload: String(form) },
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://acme.example' },
  })
  t.strictSame([received.statusCode, received.headers['set-cookie']], [303, undefined])
  const answer = await own.send({ url: String(received.headers.location) })
  t.equal(answer.headers.location, `${publicUrl}/`)
  t.equal((await own.me()).json().user.email, 'ada@example.com')
})
