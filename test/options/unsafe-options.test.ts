import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { secretFault } from '../../lib/composition/options/known-secrets.js'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { fastAuth } from '../../lib/index.js'
import { fastHasher } from '../../lib/testing/index.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { otherSecret, secret } from '../support/secret.js'

const storage = memoryStorage()

/** Asserts that the secrets are refused with exactly this sentence. */
function refused(t: Test, secrets: readonly string[], message: string): void {
  t.same(bootRefusal({ secrets, storage }), { code: 'FAST_AUTH_SECRET_UNSAFE', message }, message)
}

function unsafe(fault: string, index = 0): string {
  return `The option "secrets[${index}]" of fast-auth ${fault}. Make one with: npx fast-auth secret`
}

t.test('a short secret is refused with its length', async t => {
  for (const length of [0, 1, 31]) {
    const short = secret.slice(0, length)
    refused(t, [short], unsafe(`must have at least 32 characters, and has ${length}`))
  }
})

t.test('a secret that documentation knows is refused', async t => {
  const known = [
    'a-string-secret-at-least-256-bits-long',
    'your-256-bit-secret-your-256-bit-secret',
    'supersecretsupersecretsupersecret',
    '0123456789abcdef0123456789abcdef',
    'please-CHANGE-ME-9f8e7d6c5b4a39281706',
    'changeme9f8e7d6c5b4a39281706f5e4d3c2',
    'replace_me_9f8e7d6c5b4a39281706f5e4d',
    'your-super-secret-jwt-token-with-at-least-32-characters-long',
    'My Placeholder 9f8e7d6c5b4a39281706f5',
    'an example of a secret 9f8e7d6c5b4a39',
  ]
  for (const text of known) refused(t, [text], unsafe('is a publicly known placeholder'))
})

t.test('a secret of few characters is refused, however long', async t => {
  for (const text of ['a'.repeat(32), 'abc'.repeat(100), '123456789'.repeat(4), ' '.repeat(64), '💥💣'.repeat(16)]) {
    refused(t, [text], unsafe('repeats a few characters, so it can be guessed'))
  }
})

t.test('the error says which of the secrets is unsafe', async t => {
  const fault = 'must have at least 32 characters, and has 5'
  refused(t, [secret, otherSecret, 'short'], unsafe(fault, 2))
})

t.test('one secret twice is refused', async t => {
  const twice = 'The option "secrets" of fast-auth contains a secret twice: remove one'
  refused(t, [secret, otherSecret, secret], twice)
})

t.test('introspection secrets must be as good', async t => {
  const message =
    'The option "introspectionSecrets[1]" of fast-auth must have at least 32 characters, and has 5. Make one with: npx fast-auth secret'
  const introspectionSecrets = [otherSecret, 'short']
  t.same(bootRefusal({ secrets: [secret], storage, introspectionSecrets }), {
    code: 'FAST_AUTH_SECRET_UNSAFE',
    message,
  })
  t.same(bootRefusal({ secrets: [secret], storage, introspectionSecrets: [otherSecret, otherSecret] }), {
    code: 'FAST_AUTH_SECRET_UNSAFE',
    message: 'The option "introspectionSecrets" of fast-auth contains a secret twice: remove one',
  })
})

t.test('a secret that serves two purposes is refused, and not repeated', async t => {
  const pairs = [
    ['secrets', 'introspectionSecrets', { introspectionSecrets: [otherSecret, secret] }],
    ['secrets', 'passwords.pepper', { passwords: { pepper: [secret] } }],
    [
      'introspectionSecrets',
      'passwords.pepper',
      { introspectionSecrets: [otherSecret], passwords: { pepper: [otherSecret] } },
    ],
  ] as const
  for (const [first, second, options] of pairs) {
    t.same(bootRefusal({ secrets: [secret], storage, ...options }), {
      code: 'FAST_AUTH_SECRET_UNSAFE',
      message: `The options "${first}" and "${second}" of fast-auth contain the same secret: make one for each with: npx fast-auth secret`,
    })
  }
})

t.test('random secrets are good, in every usual encoding', async t => {
  for (let round = 0; round < 200; round += 1) {
    for (const encoding of ['base64url', 'base64', 'hex'] as const) {
      t.equal(secretFault(randomBytes(32).toString(encoding)), null)
    }
  }
})

t.test('no refusal repeats a secret that stands in the wrong place', async t => {
  const misplaced = [
    { secrets: secret, storage },
    { secrets: { newest: secret }, storage },
    { secrets: [[secret]], storage },
    { secrets: [otherSecret], storage: secret },
    { secrets: [otherSecret], storage, issuer: [secret] },
    { secrets: [otherSecret], storage, prefix: secret },
    { secrets: [otherSecret], storage, publicUrl: secret },
    { secrets: [otherSecret], storage, cookies: secret },
    { secrets: [otherSecret], storage, trustedOrigins: [secret] },
    { secrets: [otherSecret], storage, clock: secret },
  ]
  for (const options of misplaced) {
    const refusal = bootRefusal(options)
    t.ok(refusal !== null)
    t.notOk(refusal?.message.includes(secret))
  }
})

const noneWithoutSecure =
  'The option "cookies.sameSite" of fast-auth is "none", which browsers accept only with "cookies.secure": true'
const insecure =
  'The option "cookies.secure" of fast-auth is false, and NODE_ENV is "production": tokens would be sent unencrypted. Serve over HTTPS and leave it out'

t.test('cookies for every site need `secure`, in development too', async t => {
  for (const isProduction of [false, true]) {
    const refusalOf = (cookies: object) => bootRefusal({ secrets: [secret], storage, cookies }, { isProduction })
    t.same(refusalOf({ sameSite: 'none', secure: false }), {
      code: 'FAST_AUTH_COOKIES_INSECURE',
      message: noneWithoutSecure,
    })
    t.equal(refusalOf({ sameSite: 'none' }), null)
  }
})

const single =
  'The option "cookies.domain" of fast-auth must be a domain such as example.com: browsers do not share cookies below a single-label domain'
const foreign =
  'The option "cookies.domain" of fast-auth must be the host of "publicUrl", or a domain above it: browsers refuse the cookies otherwise'

t.test('a domain for which browsers keep no cookies is refused', async t => {
  const refusalOf = (domain: string, publicUrl?: string) =>
    bootRefusal({ secrets: [secret], storage, publicUrl, cookies: { domain } })
  for (const domain of ['com', 'intranet', 'COM'])
    t.same(refusalOf(domain), { code: 'FAST_AUTH_OPTION_INVALID', message: single })
  for (const url of ['https://example.org', 'https://notexample.com', 'https://example.com.attacker.example']) {
    t.same(refusalOf('example.com', url), { code: 'FAST_AUTH_OPTION_INVALID', message: foreign })
  }
  t.same(refusalOf('app.example.com', 'https://example.com'), { code: 'FAST_AUTH_OPTION_INVALID', message: foreign })
})

t.test('a previous domain for which browsers keep no cookies, or that is the domain still, is refused', async t => {
  const refusalOf = (cookies: object) =>
    bootRefusal({ secrets: [secret], storage, publicUrl: 'https://app.example.com', cookies })?.message
  t.equal(refusalOf({ previousDomain: 'com' }), single.replace('domain"', 'previousDomain"'))
  t.equal(refusalOf({ previousDomain: 'example.org' }), foreign.replace('domain"', 'previousDomain"'))
  const same = 'The option "cookies.previousDomain" of fast-auth must not be "cookies.domain"'
  t.equal(refusalOf({ domain: 'example.com', previousDomain: 'Example.com' }), same)
  t.equal(refusalOf({ domain: 'app.example.com', previousDomain: 'example.com' }), undefined)
})

t.test('the host of the public URL and the domains above it are taken, in any case', async t => {
  for (const domain of ['app.example.com', 'example.com', 'Example.COM']) {
    const publicUrl = 'https://App.example.com:8443/base'
    t.equal(bootRefusal({ secrets: [secret], storage, publicUrl, cookies: { domain } }), null)
    t.equal(bootRefusal({ secrets: [secret], storage, cookies: { domain } }), null)
  }
  const publicUrl = 'http://localhost:3000'
  t.equal(bootRefusal({ secrets: [secret], storage, publicUrl, cookies: { domain: 'localhost' } }), null)
})

/** Registers with insecure cookies while NODE_ENV is `environment`. */
async function registerInsecurely(environment: string | undefined): Promise<void> {
  const before = process.env.NODE_ENV
  const app = Fastify()
  try {
    if (environment === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = environment
    await app.register(fastAuth, { secrets: [secret], storage: memoryStorage(), cookies: { secure: false } })
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
    await app.close().catch(() => {})
  }
}

t.test('insecure cookies stop the boot in production', async t => {
  const { code, message } = await registerInsecurely('production').then(
    () => t.fail('registered'),
    error => error,
  )
  t.same({ code, message }, { code: 'FAST_AUTH_COOKIES_INSECURE', message: insecure })
})

t.test('insecure cookies are allowed elsewhere', async t => {
  for (const environment of ['development', 'test', undefined]) await t.resolves(registerInsecurely(environment))
})

t.test('the hasher for tests is refused in production, and only there', async t => {
  const options = { secrets: [secret], storage: memoryStorage(), passwords: { hasher: fastHasher } }
  t.equal(resolveOptions(options, { isProduction: false }).passwords.hasher, fastHasher)
  t.throws(() => resolveOptions(options, { isProduction: true }), {
    code: 'FAST_AUTH_OPTION_INVALID',
    message: /"passwords\.hasher" of fast-auth is the hasher for tests, and NODE_ENV is "production"/,
  })
})
