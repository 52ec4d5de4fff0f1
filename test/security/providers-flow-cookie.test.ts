import t, { type Test } from 'tap'
import { oauth2 } from '../../lib/features/providers/providers.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { standInServer } from '../support/providers/stand-in-server.js'
import { testApplication } from '../support/test-application.js'

/** An application with a provider that identifies Ada. */
async function withProvider(t: Test, cookies: FastAuthOptions['cookies'] = {}) {
  const server = await standInServer(t)
  server.answer('/token', { body: { access_token: 'any', token_type: 'Bearer' } })
  const provider = oauth2({
    ...{ name: 'acme', displayName: 'Acme', issuer: server.url, clientId: 'app', clientSecret: 'secret' },
    ...{ authorizationEndpoint: `${server.url}/authorize`, tokenEndpoint: `${server.url}/token` },
    loadProfile: async () => ({ subject: '1', email: ada.email }),
  })
  const { app, post } = await testApplication(t, {
    options: { providers: [provider], publicUrl: 'https://app.example.com', cookies },
  })
  const begun = await post('/sign-in/acme', {})
  const state = new URL(begun.json().url).searchParams.get('state')
  const [cookie = { name: '', value: '' }] = begun.cookies
  const callback = (name: string) =>
    app.inject({
      url: `/auth/providers/acme/callback?code=a-code&state=${state}`,
      headers: { cookie: `${name}=${cookie.value}` },
    })
  return { cookie, callback }
}

t.test(
  'another host of the site cannot sign a visitor in with its own flow: it can set no cookie of the name',
  async t => {
    const { cookie, callback } = await withProvider(t)
    t.hasStrict(cookie, { name: '__Host-provider_flow', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' })
    t.notHas(cookie, { domain: String })
    for (const name of ['__Secure-provider_flow', 'provider_flow']) {
      const { headers, cookies } = await callback(name)
      t.match(headers.location, '#error=FAST_AUTH_PROVIDER_FLOW_INVALID', name)
      t.same(cookies, [], name)
    }
    t.equal((await callback('__Host-provider_flow')).headers.location, 'https://app.example.com/')
  },
)

t.test('the cookie of a flow has no other prefix than the settings of cookies allow', async t => {
  const shared = await withProvider(t, { domain: 'example.com', namePrefix: 'shop_' })
  t.hasStrict(shared.cookie, { name: '__Secure-shop_provider_flow', path: '/', domain: 'example.com' })
  const insecure = await withProvider(t, { secure: false })
  t.equal(insecure.cookie.name, 'provider_flow')
})

for (const [sameSite, expected] of [
  ['strict', 'Lax'],
  ['lax', 'Lax'],
  ['none', 'None'],
] as const) {
  t.test(
    `with sameSite ${sameSite}, the browser sends the cookie of a flow with the return of the provider`,
    async t => {
      const { cookie } = await withProvider(t, { sameSite })
      t.hasStrict(cookie, { sameSite: expected })
    },
  )
}
