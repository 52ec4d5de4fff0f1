import t from 'tap'
import { oauth2 } from '../../lib/features/providers/providers.js'
import { ada, cookieHeader } from '../support/account.js'
import { standInServer } from '../support/providers/stand-in-server.js'
import { testApplication } from '../support/test-application.js'

t.test('a disabled user gets no message about a provider that is not linked, for the same answer', async t => {
  const server = await standInServer(t)
  server.answer('/token', { body: { access_token: 'any', token_type: 'Bearer' } })
  const provider = oauth2({
    ...{ name: 'acme', displayName: 'Acme', issuer: server.url, clientId: 'app', clientSecret: 'secret' },
    ...{ authorizationEndpoint: `${server.url}/authorize`, tokenEndpoint: `${server.url}/token` },
    loadProfile: async () => ({ subject: '1', email: ada.email, isEmailVerified: true }),
    vouchesForEmail: true,
  })
  const { app, mailbox, calls, post, advance } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { providers: [provider], publicUrl: 'https://app.example.com' },
  })
  const user = await app.fastAuth.findUser({ email: ada.email })
  await app.fastAuth.confirmUserEmail(String(user?.id), ada.email)

  async function signIn() {
    const begun = await post('/sign-in/acme', {})
    const state = new URL(begun.json().url).searchParams.get('state')
    const url = `/auth/providers/acme/callback?code=a-code&state=${state}`
    calls.length = 0
    const { headers } = await app.inject({ url, headers: { cookie: cookieHeader(begun) } })
    return { location: headers.location, calls: calls.filter(call => call.startsWith('outbox.add')) }
  }

  const enabled = await signIn()
  t.equal(enabled.location, 'https://app.example.com/#error=FAST_AUTH_ACCOUNT_EXISTS')
  let message = await mailbox.waitForMessage(ada.email)
  while (!message.text.includes('another provider')) message = await mailbox.waitForMessage(ada.email)

  await app.fastAuth.disableUser(String(user?.id))
  advance(3600)
  t.same(await signIn(), enabled)

  await app.fastAuth.enableUser(String(user?.id))
  await post('/password/forgot', { email: ada.email })
  const next = await mailbox.waitForMessage(ada.email)
  t.match(next.text, '/auth/password/reset#token=', 'the next message is a later one')
})
