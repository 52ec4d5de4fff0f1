import t, { type Test } from 'tap'
import { type GoogleOptions, google } from '../../../lib/features/providers/providers.js'
import { presetWorld } from '../../support/providers/preset-world.js'
import type { Claims } from '../../support/providers/signing-key.js'

const clientId = '1234987819200.apps.googleusercontent.com'

/** The shape of Google's documentation, "An ID token's payload". */
const documented = {
  iss: 'https://accounts.google.com',
  azp: clientId,
  aud: clientId,
  sub: '10769150350006150715113082367',
  at_hash: 'HK6E_P6Dh8Y93mRNtsDB1Q',
  hd: 'example.com',
  email: 'jsmith@example.com',
  email_verified: true,
  name: 'John Smith',
  picture: 'https://lh3.googleusercontent.com/a/photo=s96-c',
  given_name: 'John',
  family_name: 'Smith',
  locale: 'en',
}

function googleWorld(t: Test, options: Partial<GoogleOptions> = {}) {
  return presetWorld(t, google({ clientId, clientSecret: 'GOCSPX-secret', ...options }), {
    discovery: '/accounts.google.com/.well-known/openid-configuration',
    metadata: {
      issuer: 'https://accounts.google.com',
      authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_endpoint: 'https://oauth2.googleapis.com/token',
      userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
      jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    },
  })
}

const signIn = async (t: Test, claims: Claims, options: Partial<GoogleOptions> = {}) =>
  (await googleWorld(t, options)).signIn({ ...documented, ...claims })

t.test('an account of Google is identified', async t => {
  t.match(await signIn(t, {}), {
    outcome: 'identified',
    identity: {
      issuer: 'https://accounts.google.com',
      subject: '10769150350006150715113082367',
      email: 'jsmith@example.com',
      isEmailVerified: true,
      isPrivateEmail: false,
      profile: { name: 'John Smith', givenName: 'John', familyName: 'Smith', locale: 'en', picture: /^https:/ },
    },
  })
})

t.test('only the boolean true verifies an address', async t => {
  for (const email_verified of [false, 'true', 1, undefined])
    t.match(await signIn(t, { email_verified }), { identity: { isEmailVerified: false } })
})

t.test('only accounts of the domain can sign in if there is one', async t => {
  t.match(await signIn(t, {}, { hd: 'example.com' }), { outcome: 'identified' })
  for (const hd of ['example.org', undefined, '', 'Example.com', ['example.com'], true])
    t.same(await signIn(t, { hd }, { hd: 'example.com' }), { outcome: 'invalid', reason: 'domain' })
})

t.test('the domain and other parameters are in the authorization URL', async t => {
  const authorizationParameters = { prompt: 'select_account' }
  const { authorizationUrl } = await googleWorld(t, { hd: 'example.com', authorizationParameters })
  const url = await authorizationUrl()
  t.equal(url.origin + url.pathname, 'https://accounts.google.com/o/oauth2/v2/auth')
  t.match(Object.fromEntries(url.searchParams), {
    hd: 'example.com',
    prompt: 'select_account',
    scope: 'openid email profile',
  })
  const without = await (await googleWorld(t)).authorizationUrl()
  t.notOk(without.searchParams.has('hd'))
})

t.test('an account without an address causes no request of the user info endpoint', async t => {
  const { signIn, server } = await googleWorld(t)
  t.match(await signIn({ ...documented, email: undefined }), { identity: { email: null } })
  t.notOk(server.paths().includes('/openidconnect.googleapis.com/v1/userinfo'))
})

t.test('a token of an Android app names the app as the party that requested it', async t => {
  const android = '1234987819200-android.apps.googleusercontent.com'
  const claims = { ...documented, azp: android }
  const listed = await googleWorld(t, { nativeClientIds: [android] })
  t.match(await listed.verifyIdToken(claims), { outcome: 'identified' })
  const unlisted = await googleWorld(t)
  t.same(await unlisted.verifyIdToken(claims), { outcome: 'invalid', reason: 'audience' })
})
