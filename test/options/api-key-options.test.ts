import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'

function sentenceOf(apiKeys: unknown): string | undefined {
  return bootRefusal({ secrets: [secret], storage: memoryStorage(), apiKeys })?.message
}

function refuses(t: Test, name: string, values: readonly unknown[], be: string): void {
  for (const value of values) {
    t.equal(sentenceOf({ [name]: value }), `The option "apiKeys.${name}" of fast-auth must be ${be}`, String(value))
  }
}

t.test(
  'a prefix is words of letters and digits with - or _ behind each, and no access token begins like it',
  async t => {
    const be =
      'text of 2 to 20 characters such as sk- or acme_live_: words of letters and digits, each followed by - or _, not beginning with eyJ as access tokens do'
    const wrong = [
      '',
      'sk',
      '-',
      '_',
      '-sk-',
      'sk--',
      's k-',
      'sk.',
      'é-',
      'sk-\n',
      '.*-',
      'eyJ-',
      'eyJhbGciOi_',
      null,
      5,
    ]
    refuses(t, 'prefix', [...wrong, `${'x'.repeat(20)}-`], be)
    for (const prefix of ['s-', 'sk_', 'acme_live_', 'a-b_c-', 'EYJ-', `${'x'.repeat(19)}-`]) {
      t.equal(sentenceOf({ prefix }), undefined, prefix)
    }
  },
)

t.test('scopes are a list of different words of printable ASCII', async t => {
  refuses(
    t,
    'scopes',
    ['a', null, {}, ['a', 'a'], Array.from({ length: 101 }, (_, index) => `s${index}`)],
    'a list of at most 100 different scopes such as reports:read',
  )
  for (const scope of ['', 'a b', 'a"b', 'a\\b', 'é', 'x'.repeat(101), null, 5]) {
    t.match(sentenceOf({ scopes: [scope] }), /^The option "apiKeys\.scopes\[0\]" of fast-auth must be text of 1 to 100/)
  }
  t.equal(sentenceOf({ scopes: ['a', 'A', 'reports:read', 'https://example.com/x', 'x'.repeat(100)] }), undefined)
})

const numbers = {
  maximumPerUser: [1, 10_000],
  defaultLifetimeSeconds: [60, 3_153_600_000],
  maximumLifetimeSeconds: [60, 3_153_600_000],
  rememberSeconds: [0, 3600],
  rememberedKeys: [1, 1_000_000],
} as const

for (const [name, [least, most]] of Object.entries(numbers)) {
  t.test(`apiKeys.${name} is a whole number from ${least} to ${most}`, async t => {
    const wrong = [least - 1, most + 1, least + 0.5, Number.NaN, Infinity, '100', null, true]
    refuses(t, name, wrong, `a whole number from ${least} to ${most}`)
    for (const value of [least, most]) t.equal(sentenceOf({ [name]: value }), undefined)
  })
}

t.test('the default lifetime is no longer than the maximum, if both are given', async t => {
  t.equal(
    sentenceOf({ defaultLifetimeSeconds: 3601, maximumLifetimeSeconds: 3600 }),
    'The option "apiKeys.defaultLifetimeSeconds" of fast-auth must not be more than "apiKeys.maximumLifetimeSeconds"',
  )
  for (const given of [
    { defaultLifetimeSeconds: 3600, maximumLifetimeSeconds: 3600 },
    { defaultLifetimeSeconds: 3601 },
    { maximumLifetimeSeconds: 60 },
    { defaultLifetimeSeconds: 3601, maximumLifetimeSeconds: undefined },
  ]) {
    t.equal(sentenceOf(given), undefined)
  }
})

t.test('an unknown option, or a value that is no group of options, stops the boot', async t => {
  t.equal(sentenceOf({ scope: [] }), 'fast-auth has no option "apiKeys.scope"')
  for (const value of [null, true, 'sk-', []]) {
    t.equal(sentenceOf(value), 'The option "apiKeys" of fast-auth must be an object, or false')
  }
})
