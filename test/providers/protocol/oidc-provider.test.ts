import t, { type Test } from 'tap'
import type { ProviderFlow } from '../../../lib/features/providers/provider.js'
import { type OidcOptions, oidc } from '../../../lib/features/providers/providers.js'
import { browse } from '../../support/providers/browse.js'
import { clientId, clientSecret, newFlow, redirectUri } from '../../support/providers/provider-flow.js'
import { realProvider } from '../../support/providers/real-provider.js'

const users = {
  ada: { email: 'Ada@Example.com', email_verified: true, name: 'Ada Lovelace' },
  bob: { email: 'bob@example.com', email_verified: false },
  cyd: {},
}

interface Settings {
  readonly options?: Partial<OidcOptions>
  readonly client?: object
  readonly configuration?: object
}

/** A client of a real provider. */
async function connected(t: Test, { options, ...settings }: Settings = {}) {
  const real = await realProvider(t, { users, ...settings })
  const { issuer } = real
  const provider = oidc({
    name: 'acme',
    displayName: 'Acme',
    issuer,
    clientId,
    clientSecret,
    vouchesForEmail: true,
    ...options,
  })
  const client = provider.connect({ redirectUri, isProduction: false, clock: Date.now })

  /** Sends a browser to the provider. Returns the parameters of the callback. */
  async function visit(user: string, flow: ProviderFlow): Promise<URLSearchParams> {
    const ready = await client.authorizationUrl({ ...flow, loginHint: user })
    if (ready.outcome !== 'ready') throw new Error(ready.reason)
    return browse(ready.url, redirectUri)
  }

  async function signIn(user: string, flow = newFlow()) {
    return client.exchange({ ...flow, parameters: await visit(user, flow), now: Date.now() })
  }

  return { ...real, client, visit, signIn }
}

t.test('a user of a real provider signs in, with the address of the user info endpoint', async t => {
  const { issuer, signIn, paths } = await connected(t)
  t.match(await signIn('ada'), {
    outcome: 'identified',
    identity: {
      issuer,
      subject: 'ada',
      email: 'ada@example.com',
      isEmailVerified: true,
      isPrivateEmail: false,
      profile: { name: 'Ada Lovelace' },
    },
    tokens: { accessToken: /^.{20,}$/, idToken: /^ey/, scope: 'openid email profile', refreshToken: null },
  })
  t.equal(paths.filter(path => path === '/me').length, 1)
})

t.test('several users are kept apart, and an address that is unverified or missing is so', async t => {
  const { signIn } = await connected(t)
  const [ada, bob, cyd] = await Promise.all(['ada', 'bob', 'cyd'].map(user => signIn(user)))
  t.match(ada, { identity: { subject: 'ada', isEmailVerified: true } })
  t.match(bob, { identity: { subject: 'bob', email: 'bob@example.com', isEmailVerified: false } })
  t.match(cyd, { identity: { subject: 'cyd', email: null, isEmailVerified: false } })
})

t.test('the ID token alone is enough if it has the address', async t => {
  const { signIn, paths } = await connected(t, { configuration: { conformIdTokenClaims: false } })
  t.match(await signIn('ada'), { identity: { email: 'ada@example.com', isEmailVerified: true } })
  t.notOk(paths.includes('/me'))
})

t.test('a provider that returns with a form works too', async t => {
  const { signIn, visit } = await connected(t, { options: { responseMode: 'form_post' } })
  t.match(await signIn('ada'), { outcome: 'identified', identity: { subject: 'ada' } })
  const flow = newFlow()
  const parameters = await visit('ada', flow)
  t.equal(parameters.get('state'), flow.state)
  t.ok(parameters.get('iss'), 'the provider names itself in its callbacks')
})

t.test('a user who cancels at the provider is no error', async t => {
  const { signIn } = await connected(t)
  t.same(await signIn('cancels'), { outcome: 'denied' })
})

t.test('a code is useless with the verifier of another sign-in', async t => {
  const { client, visit } = await connected(t)
  const flow = newFlow()
  const parameters = await visit('ada', flow)
  const stolen = { ...newFlow(), state: flow.state, nonce: flow.nonce, parameters, now: Date.now() }
  t.same(await client.exchange(stolen), { outcome: 'invalid', reason: 'code_refused' })
})

t.test('a code is useless the second time', async t => {
  const { client, visit } = await connected(t)
  const flow = newFlow()
  const callback = { ...flow, parameters: await visit('ada', flow), now: Date.now() }
  t.match(await client.exchange(callback), { outcome: 'identified' })
  t.same(await client.exchange(callback), { outcome: 'invalid', reason: 'code_refused' })
})

t.test('the code of one browser does not sign another one in', async t => {
  const { client, visit } = await connected(t)
  const [attacker, victim] = [newFlow(), newFlow()]
  const parameters = await visit('bob', attacker)
  t.same(await client.exchange({ ...victim, parameters, now: Date.now() }), { outcome: 'invalid', reason: 'state' })
  parameters.set('state', victim.state)
  t.same(await client.exchange({ ...victim, parameters, now: Date.now() }), {
    outcome: 'invalid',
    reason: 'code_refused',
  })
})

t.test('a token of a sign-in with another nonce is refused', async t => {
  const { client, visit } = await connected(t)
  const flow = newFlow()
  const parameters = await visit('ada', flow)
  const answer = await client.exchange({ ...flow, nonce: newFlow().nonce, parameters, now: Date.now() })
  t.same(answer, { outcome: 'invalid', reason: 'nonce' })
})

t.test('the provider accepts no request without PKCE, and ours has it', async t => {
  const { client } = await connected(t)
  const ready = await client.authorizationUrl({ ...newFlow(), loginHint: 'ada' })
  if (ready.outcome !== 'ready') throw new Error(ready.reason)
  t.equal((await browse(ready.url, redirectUri)).has('code'), true)
  ready.url.searchParams.delete('code_challenge')
  ready.url.searchParams.delete('code_challenge_method')
  t.equal((await browse(ready.url, redirectUri)).get('error'), 'invalid_request')
})

t.test('a wrong client secret is a refused client', async t => {
  const { signIn } = await connected(t, { options: { clientSecret: 'wrong' } })
  t.same(await signIn('ada'), { outcome: 'invalid', reason: 'client_refused' })
})

t.test('all ways in which a client authenticates itself work', async t => {
  for (const token_endpoint_auth_method of ['client_secret_basic', 'client_secret_post'] as const) {
    const options = { tokenEndpointAuthMethod: token_endpoint_auth_method }
    const { signIn } = await connected(t, { client: { token_endpoint_auth_method }, options })
    t.match(await signIn('ada'), { outcome: 'identified' }, token_endpoint_auth_method)
  }
  const { issuer, visit } = await connected(t, {
    client: { token_endpoint_auth_method: 'none', client_secret: undefined },
  })
  const secretless = oidc({ name: 'acme', displayName: 'Acme', issuer, clientId })
  const client = secretless.connect({ redirectUri, isProduction: false, clock: Date.now })
  const flow = newFlow()
  const parameters = await visit('ada', flow)
  t.match(await client.exchange({ ...flow, parameters, now: Date.now() }), { outcome: 'identified' }, 'none')
})

t.test('an ID token of a real provider is accepted from a native app', async t => {
  const { client, signIn } = await connected(t)
  const flow = newFlow()
  const answer = await signIn('ada', flow)
  const idToken = (answer.outcome === 'identified' && answer.tokens.idToken) || ''
  t.match(await client.verifyIdToken({ idToken, nonce: flow.nonce, now: Date.now() }), { identity: { subject: 'ada' } })
})
