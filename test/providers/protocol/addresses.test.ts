import t, { type Test } from 'tap'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import type { Claims } from '../../support/providers/signing-key.js'

async function identityWith(t: Test, claims: Claims, options: Parameters<typeof hostileProvider>[1] = {}) {
  const { signIn } = await hostileProvider(t, { vouchesForEmail: true, ...options })
  const answer = await signIn({ claims })
  if (answer.outcome !== 'identified') throw new Error(JSON.stringify(answer))
  return answer.identity
}

t.test('an address is verified if the provider is trusted with it and says so with the boolean true', async t => {
  const email = 'ada@example.com'
  t.match(await identityWith(t, { email, email_verified: true }), { email, isEmailVerified: true })
  for (const email_verified of [undefined, null, false, 'true', 'false', 1, [true], {}])
    t.match(await identityWith(t, { email, email_verified }), { email, isEmailVerified: false })
})

t.test('a provider that is not trusted with addresses verifies none', async t => {
  const claims = { email: 'ada@example.com', email_verified: true }
  for (const vouchesForEmail of [false, undefined]) {
    const options = vouchesForEmail === undefined ? {} : { vouchesForEmail }
    const { signIn } = await hostileProvider(t, options)
    t.match(await signIn({ claims }), { identity: { email: 'ada@example.com', isEmailVerified: false } })
  }
})

t.test('an address has the form that fast-auth compares', async t => {
  for (const [email, canonical] of [
    ['Ada.Lovelace@EXAMPLE.com', 'ada.lovelace@example.com'],
    [' ada@example.com\n', 'ada@example.com'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ])
    t.match(await identityWith(t, { email, email_verified: true }), { email: canonical, isEmailVerified: true })
})

t.test('what is no plain address is none, and is not verified', async t => {
  for (const email of [
    'ada\uff20example.com',
    'ada@evil\uff20example.com',
    'ada\ufe6bexample.com',
    'ada@example.com,eve@example.com',
    'Ada <ada@example.com>',
    'ada@localhost',
    'ada@127.0.0.1',
    '"ada@example.com"@evil.example',
    'ada%40example.com',
    'ada@example.com\u0000@evil.example',
    '\ud800@example.com',
    `${'x'.repeat(250)}@example.com`,
    '',
    5,
    null,
    ['ada@example.com'],
    { email: 'ada@example.com' },
  ])
    t.match(await identityWith(t, { email, email_verified: true }), { email: null, isEmailVerified: false })
})

t.test('no address of a provider without a relay is called private', async t => {
  const claims = { email: 'x@privaterelay.appleid.com', email_verified: true, is_private_email: true }
  t.match(await identityWith(t, claims), { isPrivateEmail: false })
})

t.test('texts about the user are handed on', async t => {
  const claims = {
    name: ' Ada Lovelace ',
    given_name: 'Ada',
    family_name: 'Lovelace',
    picture: 'https://img.example/ada.png',
    locale: 'en-GB',
  }
  t.same((await identityWith(t, claims)).profile, {
    name: 'Ada Lovelace',
    givenName: 'Ada',
    familyName: 'Lovelace',
    picture: 'https://img.example/ada.png',
    locale: 'en-GB',
  })
})

t.test('texts that are empty, too long, ill-formed or no texts are left out', async t => {
  for (const name of ['', '  ', 'x'.repeat(201), 'a\ud800', 'a\u0000', 'a\nb', 5, null, {}, ['Ada']])
    t.same((await identityWith(t, { name, given_name: name, family_name: name })).profile, {})
  t.same((await identityWith(t, { locale: 'x'.repeat(36) })).profile, {})
  t.same((await identityWith(t, { name: 'x'.repeat(200) })).profile, { name: 'x'.repeat(200) })
})

t.test('a picture is an https URL or left out', async t => {
  for (const picture of ['http://img.example/a.png', 'javascript:alert(1)', 'data:image/png;base64,AA', '/a.png', 'x'])
    t.same((await identityWith(t, { picture })).profile, {})
  t.same((await identityWith(t, { picture: `https://img.example/${'x'.repeat(2048)}` })).profile, {})
})
