import t, { type Test } from 'tap'
import { type GitLabOptions, gitlab } from '../../../lib/features/providers/providers.js'
import { presetWorld } from '../../support/providers/preset-world.js'

const clientId = 'f1b2c3d4'

/** The claims in an ID token of GitLab's documentation, "Shared information". */
const documented = (issuer: string) => ({
  iss: issuer,
  aud: clientId,
  sub: '42',
  sub_legacy: '2f6b',
  auth_time: 1700000000,
  email: 'sidney@example.com',
  email_verified: true,
  groups_direct: ['gitlab-org'],
})

function gitlabWorld(t: Test, { issuer = 'https://gitlab.com', ...options }: Partial<GitLabOptions> = {}) {
  const provider = gitlab({ clientId, clientSecret: 'gloas-secret', issuer, ...options })
  return presetWorld(t, provider, {
    discovery: `${issuer.replace('https:/', '')}/.well-known/openid-configuration`,
    metadata: {
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      userinfo_endpoint: `${issuer}/oauth/userinfo`,
      jwks_uri: `${issuer}/oauth/discovery/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    },
  })
}

t.test('an account of gitlab.com is identified, with a verified address', async t => {
  const { signIn } = await gitlabWorld(t)
  t.match(await signIn(documented('https://gitlab.com')), {
    identity: { issuer: 'https://gitlab.com', subject: '42', email: 'sidney@example.com', isEmailVerified: true },
  })
  t.match(gitlab({ clientId, clientSecret: 'x' }), { issuer: 'https://gitlab.com', displayName: 'GitLab' })
})

t.test('an unverified address is not verified', async t => {
  const { signIn } = await gitlabWorld(t)
  for (const email_verified of [false, 'true', undefined])
    t.match(await signIn({ ...documented('https://gitlab.com'), email_verified }), {
      identity: { isEmailVerified: false },
    })
})

t.test('the addresses of your own server are verified only if you trust it', async t => {
  const issuer = 'https://git.example.com'
  const untrusted = await gitlabWorld(t, { issuer })
  t.match(await untrusted.signIn(documented(issuer)), { identity: { issuer, isEmailVerified: false } })
  const trusted = await gitlabWorld(t, { issuer, vouchesForEmail: true })
  t.match(await trusted.signIn(documented(issuer)), { identity: { issuer, isEmailVerified: true } })
  const careful = await gitlabWorld(t, { vouchesForEmail: false })
  t.match(await careful.signIn(documented('https://gitlab.com')), { identity: { isEmailVerified: false } })
})

t.test('a server whose ID tokens have no address is asked for it', async t => {
  const { signIn, server } = await gitlabWorld(t)
  server.answer('/gitlab.com/oauth/userinfo', {
    body: { sub: '42', name: 'Sidney Jones', email: 'sidney@example.com', email_verified: true, nickname: 'sidney' },
  })
  t.match(await signIn({ ...documented('https://gitlab.com'), email: undefined }), {
    identity: { email: 'sidney@example.com', isEmailVerified: true, profile: { name: 'Sidney Jones' } },
  })
})
