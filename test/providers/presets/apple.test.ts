import { createPublicKey, verify } from 'node:crypto'
import t, { type Test } from 'tap'
import { type AppleOptions, apple } from '../../../lib/features/providers/providers.js'
import { jwtParts } from '../../support/hand-made-jwt.js'
import { keyPairs } from '../../support/key-pairs.js'
import { presetWorld } from '../../support/providers/preset-world.js'
import type { Claims } from '../../support/providers/signing-key.js'

const clientId = 'com.example.web'
const options: AppleOptions = {
  clientId,
  teamId: 'ABCDE12345',
  keyId: 'FGHIJ67890',
  privateKey: keyPairs.ES256.privateKey,
}

/** The shape of Apple's documentation, with its booleans as texts. */
const documented = {
  iss: 'https://appleid.apple.com',
  aud: clientId,
  sub: '001393.6d621dadasdd04956bds129fa982ba.1517',
  at_hash: 'dZusyqBNIzmfd8Uv_cVKSw',
  email: 'abcd1234@privaterelay.appleid.com',
  email_verified: 'true',
  is_private_email: 'true',
  auth_time: 1587333749,
  nonce_supported: true,
}

/** The form field `user` of the first sign-in. */
const user = { name: { firstName: 'Jane', lastName: 'Appleseed' }, email: 'jane@example.com' }

function appleWorld(t: Test, changes: Partial<AppleOptions> = {}) {
  return presetWorld(t, apple({ ...options, ...changes }), {
    discovery: '/appleid.apple.com/.well-known/openid-configuration',
    metadata: {
      issuer: 'https://appleid.apple.com',
      authorization_endpoint: 'https://appleid.apple.com/auth/authorize',
      token_endpoint: 'https://appleid.apple.com/auth/token',
      jwks_uri: 'https://appleid.apple.com/auth/keys',
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    },
  })
}

const signIn = async (t: Test, claims: Claims, callback?: Readonly<Record<string, string>>) =>
  (await appleWorld(t)).signIn({ ...documented, ...claims }, callback)

t.test('a user behind the relay is identified, with a verified private address', async t => {
  t.match(await signIn(t, {}), {
    outcome: 'identified',
    identity: {
      issuer: 'https://appleid.apple.com',
      subject: documented.sub,
      email: 'abcd1234@privaterelay.appleid.com',
      isEmailVerified: true,
      isPrivateEmail: true,
      profile: {},
    },
  })
})

t.test('booleans are accepted as such and as texts, and nothing else is true', async t => {
  for (const [value, isTrue] of [
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [undefined, false],
    [1, false],
    ['TRUE', false],
  ] as const)
    t.match(await signIn(t, { email_verified: value, is_private_email: value }), {
      identity: { isEmailVerified: isTrue, isPrivateEmail: isTrue },
    })
})

t.test('the names of the first sign-in come from the form, and its address is not used', async t => {
  t.match(await signIn(t, { email: undefined }, { user: JSON.stringify(user) }), {
    identity: {
      email: null,
      isEmailVerified: false,
      isPrivateEmail: false,
      profile: { name: 'Jane Appleseed', givenName: 'Jane', familyName: 'Appleseed' },
    },
  })
})

t.test('a form field that is no user changes nothing', async t => {
  const long = JSON.stringify({ name: { firstName: 'x'.repeat(100) }, padding: 'x'.repeat(4096) })
  for (const field of ['', '{', 'null', '[]', '"x"', '{}', '{"name":null}', '{"name":{"firstName":5}}', long]) {
    const answer = await signIn(t, {}, { user: field })
    t.same(answer.outcome === 'identified' && answer.identity.profile, {}, field.slice(0, 40))
  }
})

t.test('Apple returns with a form, and is requested with the scopes for name and address', async t => {
  const provider = apple(options)
  t.match(provider, { name: 'apple', displayName: 'Apple', responseMode: 'form_post', acceptsIdTokens: true })
  const url = await (await appleWorld(t)).authorizationUrl()
  t.match(Object.fromEntries(url.searchParams), { response_mode: 'form_post', scope: 'openid email name' })
  const other = await (await appleWorld(t, { scopes: ['email'] })).authorizationUrl()
  t.equal(other.searchParams.get('scope'), 'openid email')
})

t.test('the client secret is a JWT of five minutes that the key has signed', async t => {
  const { server, signIn } = await appleWorld(t)
  await signIn(documented)
  const body = server.requests.find(({ path }) => path === '/appleid.apple.com/auth/token')?.body
  const secret = new URLSearchParams(body).get('client_secret') ?? ''
  const { header, claims } = jwtParts(secret)
  t.same(header, { alg: 'ES256', kid: 'FGHIJ67890' })
  t.match(claims, { iss: 'ABCDE12345', aud: 'https://appleid.apple.com', sub: clientId })
  t.equal(Number(claims.exp) - Number(claims.iat), 300)
  const [input, signature = ''] = [secret.slice(0, secret.lastIndexOf('.')), secret.split('.')[2]]
  const key = { key: createPublicKey(keyPairs.ES256.publicKey), dsaEncoding: 'ieee-p1363' } as const
  t.ok(verify('sha256', Buffer.from(input), key, Buffer.from(signature, 'base64url')))
})

t.test('a bundle ID of a native app is an audience if it is listed', async t => {
  const claims = { ...documented, aud: 'com.example.app' }
  const listed = await appleWorld(t, { nativeClientIds: ['com.example.app'] })
  t.match(await listed.verifyIdToken(claims), { outcome: 'identified' })
  const unlisted = await appleWorld(t)
  t.same(await unlisted.verifyIdToken(claims), { outcome: 'invalid', reason: 'audience' })
})

t.test('a key of another kind, or none, is refused when the provider is made', async t => {
  const garbage = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'
  for (const privateKey of [
    keyPairs.RS256.privateKey,
    keyPairs.EdDSA.privateKey,
    keyPairs.ES256.publicKey,
    garbage,
    '',
  ])
    t.throws(() => apple({ ...options, privateKey }), {
      code: 'FAST_AUTH_OPTION_INVALID',
      message: /^The option "privateKey" of apple must be the text of the file AuthKey_….p8/,
    })
})
