import { createRequire } from 'node:module'
import { join } from 'node:path'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { loadSimpleWebAuthn } from '../../lib/features/passkeys/simple-webauthn.js'
import { fastAuth } from '../../lib/index.js'
import { memorySender } from '../../lib/mail/index.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'

const publicUrl = 'https://app.example.com/base'
const least = { secrets: [secret], storage: memoryStorage(), publicUrl }
const rpId = 'example.com'

function refused(t: Test, options: object, message: string): void {
  t.same(bootRefusal({ ...least, ...options }), { code: 'FAST_AUTH_OPTION_INVALID', message }, message)
}

function resolvedPasskeys(options: object) {
  return resolveOptions({ ...least, ...options }, { isProduction: false }).passkeys
}

t.test('a domain is enough: pages of the public URL may use passkeys, 20 for each user', async t => {
  const defaults = { rpId, rpName: 'app.example.com', origins: ['https://app.example.com'], maximumPerUser: 20 }
  t.strictSame(resolvedPasskeys({ passkeys: { rpId } }), defaults)
  const absent = { rpId, rpName: undefined, origins: undefined, maximumPerUser: undefined }
  t.strictSame(resolvedPasskeys({ passkeys: absent }), defaults)
})

t.test('without the option there are no passkeys', async t => {
  t.equal(resolvedPasskeys({}), null)
  t.equal(resolvedPasskeys({ passkeys: undefined }), null)
})

t.test('browsers show the name of the application: as given, of messages, its host, or the issuer', async t => {
  const email = { sender: memorySender(), from: 'a@example.com', appName: 'Orchard' }
  const origins = ['https://example.com']
  for (const [options, rpName] of [
    [{ email, passkeys: { rpId, rpName: 'Fruits' } }, 'Fruits'],
    [{ email, passkeys: { rpId } }, 'Orchard'],
    [{ issuer: 'me', passkeys: { rpId } }, 'app.example.com'],
    [{ publicUrl: undefined, issuer: 'me', passkeys: { rpId, origins } }, 'me'],
    [{ publicUrl: undefined, passkeys: { rpId, origins } }, 'fast-auth'],
  ] as const)
    t.equal(resolvedPasskeys(options)?.rpName, rpName)
})

t.test('every origin on which browsers allow passkeys is accepted, and that of an Android app', async t => {
  const origins = [
    'https://example.com',
    'https://login.example.com:8443',
    'https://example.de',
    'http://localhost:3000',
    'http://app.localhost',
    `android:apk-key-hash:${'a_-Z'.repeat(10)}abc`,
  ]
  t.strictSame(resolvedPasskeys({ passkeys: { rpId, origins } })?.origins, origins)
})

t.test('origins are resolved to the form that browsers compare, each once', async t => {
  const origins = [
    'https://Example.com:443',
    'https://example.com',
    'HTTP://LOCALHOST:80',
    'https://a.example.com:8443',
  ]
  const expected = ['https://example.com', 'http://localhost', 'https://a.example.com:8443']
  t.strictSame(resolvedPasskeys({ passkeys: { rpId, origins } })?.origins, expected)
})

t.test('localhost is a domain, over http', async t => {
  const passkeys = { rpId: 'localhost' }
  t.hasStrict(resolvedPasskeys({ publicUrl: 'http://localhost:3000', passkeys }), {
    rpId: 'localhost',
    origins: ['http://localhost:3000'],
  })
})

t.test('the domain must be one in lower case, without scheme, port or address', async t => {
  const message =
    'The option "passkeys.rpId" of fast-auth must be a domain in lower case such as example.com, or localhost'
  const wrong = [
    '',
    'com',
    'Example.com',
    'https://example.com',
    'example.com:443',
    'example.com/',
    '.example.com',
    'example.com.',
    'exämple.com',
    '-example.com',
    'a b.example.com',
    '127.0.0.1',
    '[::1]',
    `${'a'.repeat(64)}.example.com`,
    `${'a.'.repeat(124)}example.com`,
    'example.com\n',
    null,
    5,
  ]
  for (const rpId of wrong) refused(t, { passkeys: { rpId } }, message)
  const missing =
    'The option "passkeys.rpId" of fast-auth is missing: it must be a domain in lower case such as example.com, or localhost'
  refused(t, { passkeys: {} }, missing)
})

t.test('an origin must be one on which browsers allow passkeys', async t => {
  const wrong = [
    'http://app.example.com',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'https://192.0.2.1',
    'https://[2001:db8::1]:8443',
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://*.example.com',
    'app.example.com',
    'capacitor://localhost',
    'null',
    '',
    'android:apk-key-hash:',
    'android:apk-key-hash:short',
    `android:apk-key-hash:${'a'.repeat(44)}`,
    `android:apk-key-hash:${'a'.repeat(42)}=`,
    `android:apk-key-hash-sha256:${'a'.repeat(43)}`,
  ]
  const be =
    'an origin with https and a domain, or the host localhost, such as https://example.com, or android:apk-key-hash:…'
  for (const origin of wrong) {
    const message = `The option "passkeys.origins[1]" of fast-auth must be ${be}`
    refused(t, { passkeys: { rpId, origins: ['https://example.com', origin] } }, message)
  }
})

t.test('the origins must be a list of 1 to 20, each once', async t => {
  const message =
    'The option "passkeys.origins" of fast-auth must be a list of 1 to 20 origins such as https://example.com, http://localhost:3000 or android:apk-key-hash:…'
  const many = Array.from({ length: 21 }, (_, index) => `https://a${index}.example.com`)
  const twice = ['https://example.com', 'https://example.com']
  for (const origins of [null, 'https://example.com', {}, [], many, twice]) {
    refused(t, { passkeys: { rpId, origins } }, message)
  }
})

t.test('without a public URL, the origins are asked for', async t => {
  const message = 'The option "passkeys.origins" of fast-auth is needed if "publicUrl" is not set'
  refused(t, { publicUrl: undefined, passkeys: { rpId } }, message)
})

t.test('a public URL on which browsers allow no passkeys is refused, unless there are origins', async t => {
  const message =
    'The option "passkeys" of fast-auth needs a "publicUrl" with https and a domain, or the host localhost, or "passkeys.origins"'
  for (const publicUrl of ['http://app.example.com', 'http://127.0.0.1:3000', 'https://192.0.2.1'])
    refused(t, { publicUrl, passkeys: { rpId } }, message)
  const passkeys = { rpId, origins: ['https://example.com'] }
  t.ok(resolvedPasskeys({ publicUrl: 'http://app.example.com', passkeys }))
})

t.test('one of the origins must belong to the domain', async t => {
  const message =
    'The option "passkeys.rpId" of fast-auth must be the host of one of "passkeys.origins", or a parent domain of it'
  refused(t, { passkeys: { rpId: 'example.org' } }, message)
  refused(t, { passkeys: { rpId: 'login.app.example.com' } }, message)
  refused(t, { passkeys: { rpId: 'pp.example.com' } }, message)
  refused(t, { passkeys: { rpId, origins: ['https://example.org', 'https://notexample.com'] } }, message)
  const android = `android:apk-key-hash:${'a'.repeat(43)}`
  refused(t, { passkeys: { rpId, origins: [android] } }, message)
})

t.test('the other options must be what they are, and no further one exists', async t => {
  const mustBe = (name: string, what: string) => `The option "${name}" of fast-auth must be ${what}`
  for (const passkeys of [null, true, 'example.com', []]) refused(t, { passkeys }, mustBe('passkeys', 'of type object'))
  for (const rpName of ['', 'x'.repeat(101), null, 5])
    refused(t, { passkeys: { rpId, rpName } }, mustBe('passkeys.rpName', 'text of 1 to 100 characters'))
  for (const maximumPerUser of [0, 101, 1.5, '5', null])
    refused(
      t,
      { passkeys: { rpId, maximumPerUser } },
      mustBe('passkeys.maximumPerUser', 'a whole number from 1 to 100'),
    )
  refused(t, { passkeys: { rpId, rpID: rpId } }, 'fast-auth has no option "passkeys.rpID"')
})

t.test('the page where users change passwords must be a path or a URL', async t => {
  const message =
    'The option "passwords.changePasswordUrl" of fast-auth must be a path such as /account, or an http or https URL'
  const wrong = ['', 'account', '//evil.example', '/\\evil.example', '/a b', '/ä', 'ftp://example.com', 'javascript:0']
  for (const changePasswordUrl of [...wrong, null, 5]) refused(t, { passwords: { changePasswordUrl } }, message)
  for (const changePasswordUrl of ['/', '/account?tab=2#password', 'https://example.com/account', 'http://localhost'])
    t.equal(bootRefusal({ ...least, passwords: { changePasswordUrl } }), null, changePasswordUrl)
})

t.test('a refused option stops the registration itself', async t => {
  const app = Fastify()
  const options = { secrets: [secret] as [string], storage: memoryStorage(), passkeys: { rpId: 'example.com' } }
  await t.rejects(async () => void (await app.register(fastAuth, options)), { code: 'FAST_AUTH_OPTION_INVALID' })
})

t.test('the library is found where it is installed', async t => {
  t.type(loadSimpleWebAuthn().verifyRegistrationResponse, 'function')
})

t.test('if the library is missing, a sentence says how to install it', async t => {
  const elsewhere = createRequire(join('/', 'nowhere', 'index.js'))
  t.throws(() => loadSimpleWebAuthn(elsewhere), {
    code: 'FAST_AUTH_PASSKEYS_UNAVAILABLE',
    message:
      'The option "passkeys" of fast-auth needs the package @simplewebauthn/server. Install it: npm install @simplewebauthn/server',
    cause: { code: 'MODULE_NOT_FOUND' },
  })
})
