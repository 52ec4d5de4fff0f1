import t, { type Test } from 'tap'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { google, oidc } from '../../lib/features/providers/providers.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const publicUrl = 'https://app.example.com/accounts'
const least = { secrets: [secret], storage: memoryStorage(), publicUrl }
const provider = google({ clientId: 'my-app', clientSecret: 'a-secret' })

const named = (name: string) => oidc({ name, displayName: 'Acme', issuer: 'https://acme.example', clientId: 'my-app' })

function refused(t: Test, options: object, message: string): void {
  t.same(bootRefusal({ ...least, ...options }), { code: 'FAST_AUTH_OPTION_INVALID', message }, message)
}

function resolved(options: object) {
  return resolveOptions({ ...least, ...options }, { isProduction: false }).identities
}

t.test('without the option there are no other providers', async t => {
  t.equal(resolved({}), null)
  t.equal(resolved({ providers: undefined }), null)
})

t.test('by default nothing is linked by its address, and the browser returns to the start page', async t => {
  const defaults = { linkVerified: false, returnTo: 'https://app.example.com/', maximumPerUser: 20 }
  t.strictSame(resolved({ providers: [provider] }), { providers: [provider], ...defaults })
  t.strictSame(resolved({ providers: [provider], identities: {} }), { providers: [provider], ...defaults })
})

t.test('the settings are those that are given', async t => {
  const identities = { linkVerified: true, returnTo: 'https://www.example.com/in', maximumPerUser: 1 }
  const trustedOrigins = ['https://www.example.com']
  t.strictSame(resolved({ providers: [provider], identities, trustedOrigins }), {
    providers: [provider],
    ...identities,
  })
  const path = resolved({ providers: [provider], identities: { returnTo: '/account?tab=1' } })
  t.equal(path?.returnTo, 'https://app.example.com/account?tab=1')
})

t.test('identities need providers, and providers need the public URL', async t => {
  refused(t, { identities: {} }, 'The option "identities" of fast-auth needs the option "providers"')
  refused(
    t,
    { providers: [provider], publicUrl: undefined },
    'The option "providers" of fast-auth needs "publicUrl": callbacks are made from it',
  )
})

t.test('what is no provider is refused by its place', async t => {
  for (const none of [null, 'google', {}, { name: 'google' }, { connect() {} }])
    refused(
      t,
      { providers: [provider, none] },
      'The option "providers[1]" of fast-auth must be a provider, such as google({ … }) from "fast-auth/providers"',
    )
})

t.test('names that routes have, and names that are given twice, are refused', async t => {
  for (const name of ['email', 'passkey', 'second-factor'])
    refused(
      t,
      { providers: [named(name)] },
      `The option "providers" of fast-auth has the name "${name}", which a route of fast-auth has: choose another "name"`,
    )
  refused(
    t,
    { providers: [provider, named('acme'), named('acme')] },
    'The option "providers" of fast-auth has the name "acme" twice: give one of them another "name"',
  )
})

t.test('a page of an origin that is not trusted is no default', async t => {
  for (const returnTo of ['account', '//evil.example', 'https://evil.example/', '/account#tab', 'javascript:alert(1)'])
    refused(
      t,
      { providers: [provider], identities: { returnTo } },
      'The option "identities.returnTo" of fast-auth must be a path that begins with one slash, or a URL of a trusted origin, without a fragment',
    )
})

for (const [options, message] of [
  [{ providers: [] }, /^The option "providers" of fast-auth must be a list of 1 to 50 providers/],
  [{ providers: provider }, /^The option "providers" of fast-auth must be a list of 1 to 50 providers/],
  [{ providers: [provider], identities: { linkVerified: 'yes' } }, /"identities\.linkVerified" .* true or false$/],
  [{ providers: [provider], identities: { maximumPerUser: 0 } }, /"identities\.maximumPerUser"/],
  [{ providers: [provider], identities: { linkByAddress: true } }, /no option "identities\.linkByAddress"$/],
] as const) {
  t.test(`${String(message)} refuses such an option`, async t => {
    t.match(bootRefusal({ ...least, ...options }), { code: 'FAST_AUTH_OPTION_INVALID', message })
  })
}

t.test('a storage that lacks the methods stops the registration only if there are providers', async t => {
  const { identities: _, ...storage } = memoryStorage()
  const options = { storage: storage as ReturnType<typeof memoryStorage>, publicUrl }
  await t.resolves(testApplication(t, { options }))
  const incomplete = { code: 'FAST_AUTH_STORAGE_INCOMPLETE', message: /lacks identities\.find/ }
  await t.rejects(testApplication(t, { options: { ...options, providers: [provider] } }), incomplete)
})
