import t, { type Test } from 'tap'
import { type GitHubOptions, github } from '../../../lib/features/providers/providers.js'
import { callbackOf, newFlow, redirectUri } from '../../support/providers/provider-flow.js'
import { standInServer } from '../../support/providers/stand-in-server.js'

/** The shape of GitHub's documentation, "Get the authenticated user". */
const octocat = {
  login: 'octocat',
  id: 583231,
  node_id: 'MDQ6VXNlcjU4MzIzMQ==',
  avatar_url: 'https://avatars.githubusercontent.com/u/583231?v=4',
  type: 'User',
  name: 'monalisa octocat',
  email: 'public@example.com',
}

/** The shape of "List email addresses for the authenticated user". */
const address = (email: string, primary: boolean, verified: boolean) => ({
  email,
  primary,
  verified,
  visibility: primary ? 'private' : null,
})

interface World {
  readonly user?: unknown
  readonly emails?: unknown
  readonly options?: Partial<GitHubOptions>
  /** Where the site and its API are. */
  readonly site?: string
  readonly api?: string
}

async function githubWorld(t: Test, world: World) {
  const { user = octocat, emails = [], options = {}, site = '/github.com', api = '/api.github.com' } = world
  const server = await standInServer(t)
  const provider = github({ clientId: 'Iv1.8a61f9b3a7aba766', clientSecret: 'secret', ...options })
  const client = provider.connect({ redirectUri, isProduction: true, clock: Date.now, fetch: server.fetch })
  server.answer(`${site}/login/oauth/access_token`, {
    body: {
      access_token: 'gho_16C7e42F292c6912E7710c838347Ae178B4a',
      scope: 'read:user,user:email',
      token_type: 'bearer',
    },
  })
  server.answer(`${api}/user`, { body: user })
  server.answer(`${api}/user/emails`, typeof emails === 'function' ? (emails as () => undefined) : { body: emails })
  const exchange = (callback = {}) => {
    const flow = newFlow()
    return client.exchange({ ...flow, parameters: callbackOf(flow, callback), now: Date.now() })
  }
  return { server, provider, client, exchange }
}

const signIn = async (t: Test, world: World) => (await githubWorld(t, world)).exchange()

t.test('the numeric ID identifies the user, and the primary address is verified', async t => {
  const emails = [
    address('public@example.com', false, true),
    address('583231+octocat@users.noreply.github.com', false, true),
    address('Octocat@GitHub.com', true, true),
  ]
  t.match(await signIn(t, { emails }), {
    outcome: 'identified',
    identity: {
      issuer: 'https://github.com/login/oauth',
      subject: '583231',
      email: 'octocat@github.com',
      isEmailVerified: true,
      isPrivateEmail: false,
      profile: { name: 'monalisa octocat', picture: 'https://avatars.githubusercontent.com/u/583231?v=4' },
    },
    tokens: { accessToken: 'gho_16C7e42F292c6912E7710c838347Ae178B4a', idToken: null, scope: 'read:user,user:email' },
  })
})

t.test('an unverified primary address is not verified, even if another address is', async t => {
  const emails = [address('other@example.com', false, true), address('octocat@github.com', true, false)]
  t.match(await signIn(t, { emails }), { identity: { email: 'octocat@github.com', isEmailVerified: false } })
})

t.test('a user without a primary address has none', async t => {
  t.match(await signIn(t, { emails: [address('other@example.com', false, true)] }), { identity: { email: null } })
})

t.test('the public address of the profile is not used', async t => {
  t.match(await signIn(t, { emails: [] }), { identity: { email: null } })
})

t.test('a token that may not see addresses identifies the user without one', async t => {
  const body = [address('octocat@github.com', true, true)]
  for (const status of [403, 404])
    t.match(await signIn(t, { emails: () => ({ status, body }) }), { identity: { subject: '583231', email: null } })
})

t.test('malformed lists of addresses are none', async t => {
  for (const emails of [
    '{',
    'null',
    {},
    [null],
    ['x'],
    [{ primary: true }],
    [{ primary: 'true', email: 'a@example.com' }],
  ])
    t.match(await signIn(t, { emails }), { identity: { email: null, isEmailVerified: false } })
  const verified = [{ ...address('a@example.com', true, true), verified: 'true' }]
  t.match(await signIn(t, { emails: verified }), { identity: { email: 'a@example.com', isEmailVerified: false } })
})

t.test('a user without a name is called by the login', async t => {
  t.match(await signIn(t, { user: { ...octocat, name: null } }), { identity: { profile: { name: 'octocat' } } })
})

t.test('an answer without a safe numeric ID identifies no user', async t => {
  for (const id of [undefined, null, 1.5, 2 ** 53, Number.MAX_VALUE, {}, ''])
    t.same(await signIn(t, { user: { ...octocat, id } }), { outcome: 'invalid', reason: 'subject' })
  for (const user of ['{', 'null', []]) t.same(await signIn(t, { user }), { outcome: 'invalid', reason: 'subject' })
})

t.test('the API gets the headers that it needs', async t => {
  const { server, exchange } = await githubWorld(t, {})
  await exchange()
  const request = server.requests.find(({ path }) => path === '/api.github.com/user')
  t.match(request?.headers, {
    authorization: 'Bearer gho_16C7e42F292c6912E7710c838347Ae178B4a',
    accept: 'application/vnd.github+json',
    'user-agent': 'fast-auth',
    'x-github-api-version': '2022-11-28',
  })
  const { body = '' } = server.requests.find(({ path }) => path.endsWith('access_token')) ?? {}
  t.match(new URLSearchParams(body).get('client_secret'), 'secret')
})

t.test('the authorization URL has PKCE, and no nonce', async t => {
  const { client } = await githubWorld(t, {})
  const ready = await client.authorizationUrl(newFlow())
  const url = ready.outcome === 'ready' ? ready.url : new URL('x:')
  t.equal(url.origin + url.pathname, 'https://github.com/login/oauth/authorize')
  t.match(Object.fromEntries(url.searchParams), {
    code_challenge: /^[\w-]{43}$/,
    code_challenge_method: 'S256',
    scope: 'read:user user:email',
  })
  t.notOk(url.searchParams.has('nonce'))
})

t.test('GitHub names itself in callbacks, and a callback of another provider is refused (RFC 9207)', async t => {
  const { exchange } = await githubWorld(t, {})
  t.match(await exchange({ iss: 'https://github.com/login/oauth' }), { outcome: 'identified' })
  t.same(await exchange({ iss: 'https://github.com' }), { outcome: 'invalid', reason: 'issuer' })
})

t.test('GitHub Enterprise has its own issuer and API, and its addresses are verified only if you trust it', async t => {
  const emails = [address('octocat@example.com', true, true)]
  const issuer = 'https://github.example.com/login/oauth'
  for (const baseUrl of ['https://github.example.com', 'https://github.example.com/']) {
    const at = { site: '/github.example.com', api: '/github.example.com/api/v3', emails }
    t.match(await signIn(t, { ...at, options: { baseUrl } }), { identity: { issuer, isEmailVerified: false } })
    const options = { baseUrl, vouchesForEmail: true }
    t.match(await signIn(t, { ...at, options }), { identity: { issuer, isEmailVerified: true } })
  }
})

t.test('a subdomain of ghe.com has its API on a host of its own', async t => {
  const at = { site: '/acme.ghe.com', api: '/api.acme.ghe.com' }
  const options = { baseUrl: 'https://acme.ghe.com' }
  t.match(await signIn(t, { ...at, options }), { identity: { issuer: 'https://acme.ghe.com/login/oauth' } })
})
