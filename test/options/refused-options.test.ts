import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { assertStorageComplete } from '../../lib/composition/assert-storage-complete.js'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { storageMethods } from '../../lib/composition/storage-methods.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { fastAuth } from '../../lib/index.js'
import { memorySender } from '../../lib/mail/index.js'
import type { BootErrorCode } from '../../schemas/error-codes.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { keyPairs } from '../support/key-pairs.js'
import { otherSecret, secret } from '../support/secret.js'
import { standInProvider } from '../support/stand-in-provider.js'
import { aSecretList, aStorage, numbers, refusals } from './fixtures/refused-values.js'

const development = { isProduction: false }
const least = { secrets: [secret], storage: memoryStorage() }

function refused(t: Test, options: unknown, code: BootErrorCode, message: string): void {
  t.same(bootRefusal(options), { code, message }, message)
}

function mustBe(what: string): (name: string) => string {
  return name => `The option "${name}" of fast-auth must be ${what}`
}

const wrong = [null, true, 5, 'x', [], {}] as const

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
  for (const group of ['cookies', 'passwords', 'hooks']) {
    const message = `fast-auth has no option "${group}.httpOnly"`
    refused(t, withOption(group, { httpOnly: true }), 'FAST_AUTH_OPTION_INVALID', message)
  }
  const polluting = { ...least, ...JSON.parse('{"__proto__":1}') }
  refused(t, polluting, 'FAST_AUTH_OPTION_INVALID', 'fast-auth has no option "__proto__"')
})

t.test('onEvent, metrics, clock and claims must be functions', async t => {
  for (const name of ['onEvent', 'metrics', 'clock', 'claims']) {
    for (const value of wrong)
      refused(t, withOption(name, value), 'FAST_AUTH_OPTION_INVALID', mustBe('a function')(name))
  }
  for (const name of ['monotonic', 'sleep']) {
    const clock = Object.assign(() => 0, { [name]: 0 })
    refused(t, { ...least, clock }, 'FAST_AUTH_OPTION_INVALID', mustBe('a function')(`clock.${name}`))
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
  const twice = 'The option "accessTokenKeys" of fast-auth contains a key twice: remove one'
  for (const accessTokenKeys of [
    [EdDSA.privateKey, EdDSA.privateKey],
    [EdDSA.publicKey, ES256.privateKey, EdDSA.privateKey],
  ]) {
    refused(t, { ...least, accessTokenKeys }, 'FAST_AUTH_OPTION_INVALID', twice)
  }
})

t.test('a storage that lacks a method of a feature that is on is refused, and the method is named', async t => {
  const email = { sender: memorySender(), from: 'accounts@example.com', appName: 'Example' }
  const everything = {
    ...least,
    email,
    publicUrl: 'https://app.example.com',
    auditLog: true,
    secondFactor: 'offered' as const,
    passkeys: { rpId: 'example.com' },
    emailSignIn: {},
    providers: [standInProvider()],
    organizations: {},
  }
  const check = (storage: unknown) => () =>
    assertStorageComplete(resolveOptions({ ...everything, storage }, development))
  const lacks = (what: string) => ({
    code: 'FAST_AUTH_STORAGE_INCOMPLETE',
    message: `The option "storage" of fast-auth lacks ${what}: see the Storage interface in "fast-auth/storage"`,
  })
  for (const [group, methods] of Object.entries(storageMethods)) {
    const store = { ...Reflect.get(least.storage, group), [methods[0]]: undefined }
    t.throws(check({ ...least.storage, [group]: store }), lacks(`${group}.${methods[0]}`), group)
  }
  const { ping, close, ...rest } = least.storage
  t.throws(check(rest), lacks('ping, close'))
})

t.test('a storage may lack the methods of features that are off', async t => {
  const { oneTimeTokens, apiKeys, events, secondFactors, passkeys, signInCodes, ...core } = least.storage
  const options = resolveOptions({ ...least, storage: core, apiKeys: false }, development)
  t.doesNotThrow(() => assertStorageComplete(options))
})

t.test('lifetimes must not be in the wrong order', async t => {
  const order = (name: string, limit: string) => `The option "${name}" of fast-auth must not be more than "${limit}"`
  const idle = order('sessionIdleLifetimeSeconds', 'sessionLifetimeSeconds')
  const access = order('accessTokenLifetimeSeconds', 'sessionIdleLifetimeSeconds')
  refused(t, { ...least, sessionIdleLifetimeSeconds: 2_592_001 }, 'FAST_AUTH_OPTION_INVALID', idle)
  refused(t, { ...least, sessionLifetimeSeconds: 1_209_599 }, 'FAST_AUTH_OPTION_INVALID', idle)
  refused(t, { ...least, sessionIdleLifetimeSeconds: 899 }, 'FAST_AUTH_OPTION_INVALID', access)
})

t.test('a revocation feed must not be stale before it is read again', async t => {
  const message =
    'The option "revocationFeed.maximumStalenessSeconds" of fast-auth must be more than "revocationFeed.everySeconds"'
  for (const revocationFeed of [{ everySeconds: 10 }, { everySeconds: 2, maximumStalenessSeconds: 2 }]) {
    refused(t, { ...least, revocationFeed }, 'FAST_AUTH_OPTION_INVALID', message)
  }
})

t.test('waits must be in order, and requests are counted together only with shared counters', async t => {
  const order = (name: string, limit: string) =>
    `The option "limits.${name}" of fast-auth must not be more than "limits.${limit}"`
  const first = order('firstDelaySeconds', 'maximumDelaySeconds')
  const longest = order('maximumDelaySeconds', 'forgetGuessesAfterSeconds')
  refused(t, { ...least, limits: { firstDelaySeconds: 901 } }, 'FAST_AUTH_OPTION_INVALID', first)
  refused(t, { ...least, limits: { forgetGuessesAfterSeconds: 899 } }, 'FAST_AUTH_OPTION_INVALID', longest)
  const alone = 'The option "limits.shareRequests" of fast-auth needs "limits.counters"'
  refused(t, { ...least, limits: { shareRequests: true } }, 'FAST_AUTH_OPTION_INVALID', alone)
})

t.test('a refused option stops the registration itself', async t => {
  const app = Fastify()
  await t.rejects(
    async () => void (await app.register(fastAuth, { secrets: [secret, otherSecret], storage: 5 as never })),
    { code: 'FAST_AUTH_OPTION_INVALID' },
  )
})
