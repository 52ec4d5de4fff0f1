import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { fastAuth } from '../../lib/index.js'
import { custom } from '../../lib/passwords/formats/custom.js'
import { allowedHashers } from '../../lib/passwords/hasher-setting.js'
import { memoryStorage } from '../../lib/storage/memory/index.js'
import { storageVerbs } from '../../lib/storage/storage-verbs.js'
import type { BootErrorCode } from '../../schemas/error-codes.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { keyPairs } from '../support/key-pairs.js'
import { otherSecret, secret } from '../support/secret.js'

const least = { secrets: [secret], storage: memoryStorage() }

function refused(t: Test, options: unknown, code: BootErrorCode, message: string): void {
  t.same(bootRefusal(options), { code, message }, message)
}

function mustBe(what: string): (name: string) => string {
  return name => `The option "${name}" of fast-auth must be ${what}`
}

const aSecretList = 'a list of 1 to 16 secrets, made with: npx fast-auth secret'
const aStorage = 'a storage, such as memoryStorage() from "fast-auth/storage/memory"'
const anOrigin = 'an origin such as https://app.example.com, without path or wildcard'
const aFormat = custom({ identifies: () => false, verifies: () => false })
const wrong = [null, true, 5, 'x', [], {}] as const

/** Per option: what is said of it, and values that are refused. */
const refusals: Readonly<Record<string, { readonly be: string; readonly values: readonly unknown[] }>> = {
  secrets: { be: aSecretList, values: [null, 5, secret, {}, [], Array(17).fill(secret)] },
  'secrets[0]': { be: 'of type string', values: [[null], [5], [[secret]], [{}, secret]] },
  'secrets[1]': { be: 'of type string', values: [[secret, null]] },
  storage: { be: aStorage, values: [null, 5, 'sqlite:app.db', true, () => {}] },
  prefix: {
    be: 'a path such as /auth',
    values: ['', '/', 'auth', '/auth/', '//auth', '/a b', '/:id', '/*', '/auth?x', '/auth\n', 'https://x.com', null, 5],
  },
  publicUrl: {
    be: 'a URL such as https://app.example.com, of at most 200 characters',
    values: [
      '',
      'app.example.com',
      'ftp://app.example.com',
      'https://',
      'https://:80',
      'https://app.example.com:99999',
      'https://app.example.com/?x',
      'https://app.example.com/#x',
      'https://ada:password@app.example.com',
      'https://app.example.com\n',
      ` https://app.example.com`,
      `https://app.example.com/${'x'.repeat(180)}`,
      null,
      ['https://app.example.com'],
    ],
  },
  trustedOrigins: {
    be: 'a list of at most 100 origins such as https://app.example.com',
    values: ['https://app.example.com', null, {}, Array(101).fill('https://app.example.com')],
  },
  'trustedOrigins[0]': {
    be: anOrigin,
    values: [
      ['https://app.example.com/'],
      ['https://app.example.com/path'],
      ['https://app.example.com?x'],
      ['https://app.example.com#x'],
      ['https://*.example.com'],
      ['*'],
      ['null'],
      ['app.example.com'],
      ['ftp://app.example.com'],
      ['https://ada@app.example.com'],
      ['https://app.example.com '],
      ['https://:80'],
      ['https://app.example.com:99999'],
      [''],
    ],
  },
  'trustedOrigins[1]': { be: anOrigin, values: [['https://app.example.com', 'https://']] },
  issuer: { be: 'text of 1 to 200 characters', values: ['', 'x'.repeat(201), null, 5, ['me']] },
  audience: { be: 'text of 1 to 200 characters', values: ['', 'x'.repeat(201), null, 5, ['me']] },
  transport: { be: 'one of "cookie", "token"', values: ['Cookie', 'bearer', '', null, true, ['cookie']] },
  revocation: { be: 'one of "process", "strict"', values: ['Strict', '', null, true] },
  requireOriginHeader: { be: 'true or false', values: ['true', 1, null] },
  migrate: { be: 'true or false', values: ['true', 0, null] },
  cookies: { be: 'of type object', values: [null, true, 'lax', []] },
  'cookies.secure': { be: 'true or false', values: [{ secure: 'false' }, { secure: 0 }, { secure: null }] },
  'cookies.domain': {
    be: 'a domain such as example.com',
    values: ['', '.example.com', 'example.com; Path=/', 'example com', 'exämple.com', null].map(domain => ({ domain })),
  },
  'cookies.sameSite': {
    be: 'one of "lax", "strict", "none"',
    values: ['Lax', '', true, null].map(sameSite => ({ sameSite })),
  },
  passwords: { be: 'of type object', values: [null, 8, []] },
  accessTokenKeys: {
    be: 'a list of at most 16 keys in PEM, made with: npx fast-auth secret --type ed25519',
    values: [null, 5, keyPairs.EdDSA.privateKey, {}, Array(17).fill(keyPairs.EdDSA.privateKey)],
  },
  introspectionSecrets: {
    be: 'a list of at most 16 secrets, made with: npx fast-auth secret',
    values: [null, 5, secret, Array(17).fill(secret)],
  },
  'introspectionSecrets[0]': {
    be: 'of letters, digits and - . _ ~ + / =',
    values: [[null], [`${secret} `], [`é${secret}`], [`=${secret}`], [`${secret}\n`]],
  },
  'passwords.hasher': {
    be: allowedHashers,
    values: ['', 'md5', 'bcrypt:9', 'argon2id:m=19456,t=1,p=1', 12, null, { name: 'bcrypt' }].map(hasher => ({
      hasher,
    })),
  },
  'passwords.pepper': {
    be: 'a list of at most 16 secrets, made with: npx fast-auth secret',
    values: [secret, null, {}, Array(17).fill(secret)].map(pepper => ({ pepper })),
  },
  'passwords.pepper[0]': { be: 'of type string', values: [{ pepper: [null] }, { pepper: [5] }] },
  'passwords.formats': {
    be: 'a list of at most 16 formats, made with custom()',
    values: [null, {}, 'md5', Array(17).fill(aFormat)].map(formats => ({ formats })),
  },
  'passwords.formats[1]': {
    be: 'a format, made with custom()',
    values: [null, 'md5', {}, { identifies: () => true }, { verifies: () => true }].map(format => ({
      formats: [aFormat, format],
    })),
  },
  'passwords.requireLetter': { be: 'true or false', values: [{ requireLetter: 1 }, { requireLetter: 'true' }] },
  'passwords.requireDigit': { be: 'true or false', values: [{ requireDigit: 1 }, { requireDigit: null }] },
  'passwords.forbiddenWords': {
    be: 'a list of at most 100 words of 4 to 100 characters',
    values: ['acme', null, Array(101).fill('acme')].map(forbiddenWords => ({ forbiddenWords })),
  },
  'passwords.forbiddenWords[0]': {
    be: 'text of 4 to 100 characters',
    values: [['abc'], ['x'.repeat(101)]].map(forbiddenWords => ({ forbiddenWords })),
  },
  'passwords.breachedPasswordCheck': {
    be: 'a function',
    values: [null, true, 'https://example.com', {}].map(breachedPasswordCheck => ({ breachedPasswordCheck })),
  },
}

/** Per number: the text of its bounds, and what lies beyond. */
const numbers: Readonly<Record<string, readonly [bounds: string, tooSmall: number, tooLarge: number]>> = {
  accessTokenLifetimeSeconds: ['a whole number from 5 to 86400', 4, 86_401],
  sessionIdleLifetimeSeconds: ['a whole number from 60 to 34560000', 59, 34_560_001],
  sessionLifetimeSeconds: ['a whole number from 60 to 34560000', 59, 34_560_001],
  refreshGraceSeconds: ['a whole number from 0 to 60', -1, 61],
  storageTimeoutSeconds: ['a number from 0.1 to 60', 0.09, 60.1],
  'passwords.minimumLength': ['a whole number from 8 to 64', 7, 65],
  'passwords.breachedPasswordTimeoutSeconds': ['a number from 0.1 to 10', 0.09, 10.1],
  'passwords.hashingConcurrency': ['a whole number from 1 to 128', 0, 129],
  'passwords.hashingQueueLimit': ['a whole number from 0 to 10000', -1, 10_001],
}

/** The least options with `value` at `name`; of a name such as `cookies.domain` or `secrets[0]`, at its first word. */
function withOption(name: string, value: unknown): object {
  return { ...least, [name.replace(/[.[].*/, '')]: value }
}

for (const [name, { be, values }] of Object.entries(refusals)) {
  t.test(`${name} must be ${be}`, async t => {
    for (const value of values) refused(t, withOption(name, value), 'FAST_AUTH_OPTION_INVALID', mustBe(be)(name))
  })
}

for (const [name, [bounds, tooSmall, tooLarge]] of Object.entries(numbers)) {
  t.test(`${name} must be ${bounds}`, async t => {
    const half = bounds.startsWith('a whole') ? [30.5] : []
    const inner = name.split('.')[1]
    for (const value of [tooSmall, tooLarge, ...half, Number.NaN, Infinity, -Infinity, '30', null, true, [30], 30n]) {
      const option = inner === undefined ? value : { [inner]: value }
      refused(t, withOption(name, option), 'FAST_AUTH_OPTION_INVALID', mustBe(bounds)(name))
    }
  })
}

t.test('the options must be an object', async t => {
  for (const options of [undefined, null, 5, 'x', true, [], () => {}]) {
    refused(t, options, 'FAST_AUTH_OPTION_INVALID', 'The options of fast-auth must be an object')
  }
})

t.test('secrets and storage are asked for, with what they must be', async t => {
  const missing = (name: string, what: string) => `The option "${name}" of fast-auth is missing: it must be ${what}`
  const { secrets, storage } = least
  for (const value of [{ storage }, { storage, secrets: undefined }, Object.create(least)]) {
    refused(t, value, 'FAST_AUTH_OPTION_INVALID', missing('secrets', aSecretList))
  }
  for (const value of [{ secrets }, { secrets, storage: undefined }]) {
    refused(t, value, 'FAST_AUTH_OPTION_INVALID', missing('storage', aStorage))
  }
})

t.test('an option that is not known stops the boot, at the top and inside', async t => {
  for (const name of ['secret', 'Secrets', 'cookie', 'jwt', '__proto__x', 'prefix ', '']) {
    refused(t, { ...least, [name]: undefined }, 'FAST_AUTH_OPTION_INVALID', `fast-auth has no option "${name}"`)
  }
  for (const group of ['cookies', 'passwords']) {
    const message = `fast-auth has no option "${group}.httpOnly"`
    refused(t, withOption(group, { httpOnly: true }), 'FAST_AUTH_OPTION_INVALID', message)
  }
  const polluting = { ...least, ...JSON.parse('{"__proto__":1}') }
  refused(t, polluting, 'FAST_AUTH_OPTION_INVALID', 'fast-auth has no option "__proto__"')
})

t.test('onEvent, clock and claims must be functions', async t => {
  for (const name of ['onEvent', 'clock', 'claims']) {
    for (const value of wrong)
      refused(t, withOption(name, value), 'FAST_AUTH_OPTION_INVALID', mustBe('a function')(name))
  }
})

t.test('a key that cannot be used is named, and never repeated', async t => {
  const { EdDSA, ES256 } = keyPairs
  const sentence = (index: number, what: string) =>
    `The option "accessTokenKeys[${index}]" of fast-auth must be ${what}. Make one with: npx fast-auth secret --type ed25519`
  for (const pem of ['', secret, EdDSA.privateKey.slice(0, -40)]) {
    const message = sentence(1, 'an Ed25519, P-256 or RSA key in PEM, and cannot be read')
    refused(t, { ...least, accessTokenKeys: [ES256.privateKey, pem] }, 'FAST_AUTH_OPTION_INVALID', message)
  }
  const twice = 'The option "accessTokenKeys" of fast-auth holds one key twice: leave one out'
  for (const accessTokenKeys of [
    [EdDSA.privateKey, EdDSA.privateKey],
    [EdDSA.publicKey, ES256.privateKey, EdDSA.privateKey],
  ]) {
    refused(t, { ...least, accessTokenKeys }, 'FAST_AUTH_OPTION_INVALID', twice)
  }
})

t.test('a storage that lacks a verb is refused, and the verb is named', async t => {
  const lacks = (what: string) =>
    `The option "storage" of fast-auth lacks ${what}: see the Storage interface in "fast-auth/storage"`
  for (const [group, verbs] of Object.entries(storageVerbs)) {
    const store = { ...Reflect.get(least.storage, group), [verbs[0]]: undefined }
    const storage = { ...least.storage, [group]: store }
    refused(t, { ...least, storage }, 'FAST_AUTH_STORAGE_INCOMPLETE', lacks(`${group}.${verbs[0]}`))
  }
  const { ping, close, ...rest } = least.storage
  refused(t, { ...least, storage: rest }, 'FAST_AUTH_STORAGE_INCOMPLETE', lacks('ping, close'))
})

t.test('lifetimes must not be in the wrong order', async t => {
  const order = (name: string, limit: string) => `The option "${name}" of fast-auth must not be more than "${limit}"`
  const idle = order('sessionIdleLifetimeSeconds', 'sessionLifetimeSeconds')
  const access = order('accessTokenLifetimeSeconds', 'sessionIdleLifetimeSeconds')
  refused(t, { ...least, sessionIdleLifetimeSeconds: 2_592_001 }, 'FAST_AUTH_OPTION_INVALID', idle)
  refused(t, { ...least, sessionLifetimeSeconds: 1_209_599 }, 'FAST_AUTH_OPTION_INVALID', idle)
  refused(t, { ...least, sessionIdleLifetimeSeconds: 899 }, 'FAST_AUTH_OPTION_INVALID', access)
})

t.test('a refused option stops the registration itself', async t => {
  const app = Fastify()
  await t.rejects(
    async () => void (await app.register(fastAuth, { secrets: [secret, otherSecret], storage: 5 as never })),
    { code: 'FAST_AUTH_OPTION_INVALID' },
  )
})
