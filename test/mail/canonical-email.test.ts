import fc from 'fast-check'
import t from 'tap'
import { canonicalEmail } from '../../lib/mail/canonical-email.js'
import { holds } from '../support/holds.js'

const local64 = 'a'.repeat(64)
const label63 = 'b'.repeat(63)
/** 65 + 189 = 254 characters. */
const longest = `${local64}@${[label63, label63, 'c'.repeat(57), 'com'].join('.')}`

const accepted = {
  plain: ['ada@example.com', 'ada@example.com'],
  'upper case': ['Ada.LOVELACE@Example.COM', 'ada.lovelace@example.com'],
  'a plus sign is part of the name': ['ada+news@gmail.com', 'ada+news@gmail.com'],
  'dots are part of the name, at every provider': ['a.d.a@gmail.com', 'a.d.a@gmail.com'],
  'every other character of an atom': ["a!#$%&'*+-/=?^_`{|}~@example.com", "a!#$%&'*+-/=?^_`{|}~@example.com"],
  'a percent sign in the local part stays as it is': ['ada%40b@example.com', 'ada%40b@example.com'],
  'one letter everywhere': ['a@b.c', 'a@b.c'],
  digits: ['1@2.com', '1@2.com'],
  'a hyphen inside a label': ['a@my-host.example.com', 'a@my-host.example.com'],
  'two hyphens inside a label': ['a@my--host.com', 'a@my--host.com'],
  'an international domain': ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  'an international domain in upper case': ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
  'an international domain that is decomposed': ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
  'its A-label': ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
  'its A-label in upper case': ['ada@XN--BCHER-KVA.example', 'ada@xn--bcher-kva.example'],
  'sharp s, which is a letter of its own': ['ada@faß.de', 'ada@xn--fa-hia.de'],
  'final sigma, which is a letter of its own': ['ada@ς.gr', 'ada@xn--3xa.gr'],
  cyrillic: ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai'],
  japanese: ['ada@日本語.jp', 'ada@xn--wgv71a119e.jp'],
  'a Kelvin sign in the domain is a k': ['ada@\u212Aelvin.com', 'ada@kelvin.com'],
  'İ in the domain is i and a dot above': ['ada@\u0130.com', 'ada@xn--i-9bb.com'],
  'full-width letters in the domain': ['ada@ｅｘａｍｐｌｅ.com', 'ada@example.com'],
  'a full-width dot in the domain': ['ada@example．com', 'ada@example.com'],
  'an ideographic full stop in the domain': ['ada@example。com', 'ada@example.com'],
  'a soft hyphen in the domain is nothing': ['ada@exa\u00ADmple.com', 'ada@example.com'],
  'a local part of 64': [`${local64}@example.com`, `${local64}@example.com`],
  'a label of 63': [`a@${label63}.com`, `a@${label63}.com`],
  'an address of 254': [longest, longest],
  'an address that A-labels make 253 long': [`a@${'ü.'.repeat(31)}com`, `a@${'xn--tda.'.repeat(31)}com`],
} as const

const refused = {
  empty: '',
  blank: ' ',
  'no @': 'ada.example.com',
  'nothing before the @': '@example.com',
  'nothing behind the @': 'ada@',
  'two @': 'ada@b@example.com',
  'two addresses, comma': 'ada@example.com,eve@example.com',
  'two addresses, semicolon': 'ada@example.com;eve@example.com',
  'two addresses, blank': 'ada@example.com eve@example.com',
  'a comma in the local part': 'a,b@example.com',
  'a semicolon in the local part': 'a;b@example.com',
  'a line feed at the end': 'ada@example.com\n',
  'a carriage return at the end': 'ada@example.com\r',
  'another header': 'ada@example.com\r\nBcc: eve@example.com',
  'a line feed in the local part': 'a\nda@example.com',
  'a tab': '\tada@example.com',
  'a blank before': ' ada@example.com',
  'a blank behind': 'ada@example.com ',
  'U+0000': 'ada@example.com\0',
  'U+0000 in the local part': 'a\0da@example.com',
  'a display name': 'Ada <ada@example.com>',
  'angle brackets': '<ada@example.com>',
  mailto: 'mailto:ada@example.com',
  'a comment': 'ada(x)@example.com',
  'a quoted local part': '"ada"@example.com',
  'a quoted local part with an @': '"a@b"@example.com',
  'a backslash': 'a\\b@example.com',
  'a colon': 'a:b@example.com',
  'a dot first': '.ada@example.com',
  'a dot last': 'ada.@example.com',
  'two dots': 'a..b@example.com',
  'a letter beyond ASCII in the local part': 'adá@example.com',
  'İ in the local part': '\u0130@example.com',
  'a Kelvin sign in the local part': '\u212Aelvin@example.com',
  'a long s in the local part': 'me\u017F@example.com',
  'a full-width letter in the local part': 'ａda@example.com',
  'a full-width @ alone': 'ada＠example.com',
  'a full-width @ in the local part': 'ada＠b@example.com',
  'a full-width @ in the domain': 'ada@b＠example.com',
  'an @ in percent-encoding': 'ada@b%40example.com',
  'a full-width percent sign': 'ada@b％40example.com',
  'a dot in percent-encoding': 'ada@example%2Ecom',
  'a domain without a dot': 'ada@localhost',
  'a dot at the end': 'ada@example.com.',
  'a full-width dot at the end': 'ada@example.com．',
  'a dot at the start of the domain': 'ada@.example.com',
  'two dots in the domain': 'ada@example..com',
  'an empty label by way of a soft hyphen': 'ada@a.\u00AD.com',
  'a hyphen first in a label': 'ada@-example.com',
  'a hyphen last in a label': 'ada@example-.com',
  'an underscore in the domain': 'ada@my_host.com',
  'a port': 'ada@example.com:25',
  'a path': 'ada@example.com/x',
  'a slash by way of a sign that holds one': 'ada@a\u2100.com',
  'a full-width slash': 'ada@example.com／x',
  'a query': 'ada@example.com?x',
  'a fragment': 'ada@example.com#x',
  'an IPv4 address': 'ada@127.0.0.1',
  'an IPv4 address in full-width digits': 'ada@１２７.０.０.１',
  'a short IPv4 address': 'ada@127.1',
  'an IPv4 address in hexadecimal': 'ada@0x7f.1',
  'a number as last label': 'ada@example.123',
  'a hexadecimal number as last label': 'ada@example.0x10',
  'an IPv4 literal': 'ada@[127.0.0.1]',
  'an IPv6 literal': 'ada@[IPv6:::1]',
  'an A-label that is no punycode': 'ada@xn--a.com',
  'an A-label of nothing': 'ada@xn--.com',
  'a label that starts with a combining mark': 'ada@\u0301.com',
  'a zero-width joiner': 'ada@a\u200Db.com',
  'half a surrogate pair in the domain': 'ada@\uD800.com',
  'half a surrogate pair in the local part': '\uDC00@example.com',
  'a line separator': 'ada@exam\u2028ple.com',
  'a local part of 65': `a${local64}@example.com`,
  'a label of 64': `a@b${label63}.com`,
  'an address of 255': longest.replace('ccc', 'cccc'),
  'an address that A-labels make longer than 254': `a@${'ü.'.repeat(32)}com`,
} as const

for (const [title, [typed, canonical]] of Object.entries(accepted)) {
  t.test(`accepted: ${title}`, async t => t.equal(canonicalEmail(typed), canonical))
}

for (const [title, typed] of Object.entries(refused)) {
  t.test(`refused: ${title}`, async t => t.equal(canonicalEmail(typed), null))
}

/** Text near enough to an address that much of it is one. */
const plain = fc.constantFrom(...'abcXYZ019')
const nearlyAddress = fc
  .tuple(
    fc.string({
      minLength: 1,
      maxLength: 20,
      unit: fc.oneof({ weight: 30, arbitrary: plain }, fc.constantFrom(...'.+-_%!@,; "é\u212A\u0130\0')),
    }),
    fc.string({
      minLength: 1,
      maxLength: 20,
      unit: fc.oneof(
        { weight: 20, arbitrary: plain },
        fc.constantFrom(...'.-'),
        fc.string({ unit: 'grapheme', maxLength: 1 }),
      ),
    }),
    fc.constantFrom('.com', '.COM', '．com', '.рф', '.de.', '.1', ''),
  )
  .map(([local, domain, end]) => `${local}@${domain}${end}`)

t.test('a canonical address is its own canonical form', async t => {
  let seen = 0
  holds(
    t,
    fc.property(nearlyAddress, typed => {
      const canonical = canonicalEmail(typed)
      if (canonical !== null) seen += 1
      return canonical === null || canonicalEmail(canonical) === canonical
    }),
  )
  t.ok(seen > 100, `${seen} of the random addresses are good ones`)
})

t.test('a canonical address is printable ASCII without capitals, with one @ and no separator of addresses', async t => {
  holds(
    t,
    fc.property(nearlyAddress, typed => {
      const canonical = canonicalEmail(typed) ?? 'a@b.c'
      return /^[!#-&'*+\-./0-9=?^-~]+@[a-z0-9.-]+$/.test(canonical) && canonical.length <= 254
    }),
  )
})

t.test('letter case never makes another address', async t => {
  holds(
    t,
    fc.property(nearlyAddress, typed => {
      const capitals = typed.replace(/[a-z]/g, message => message.toUpperCase())
      return canonicalEmail(capitals) === canonicalEmail(typed)
    }),
  )
})

t.test('any text at all is an address or none, but no error', async t => {
  holds(
    t,
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      text => canonicalEmail(text) === null || text.includes('@'),
    ),
  )
})

t.test('a text that is too long is refused by its length, before any of it is looked at', async t => {
  for (const length of [255, 10_000, 1_000_000]) {
    t.equal(canonicalEmail({ length } as unknown as string), null, `${length} characters`)
  }
})

t.test('the worst text of the greatest length takes no time worth speaking of', async t => {
  const worst = ['a.', 'a@', '@', 'ü.', 'a-', '.', '!', 'ａ', '\u00AD'].map(unit => unit.repeat(254).slice(0, 254))
  const startedAt = performance.now()
  for (const text of worst.flatMap(text => [text, `a@${text}`.slice(0, 254), `${text}@b.c`.slice(0, 254)])) {
    for (let round = 0; round < 20; round += 1) canonicalEmail(text)
  }
  t.ok(performance.now() - startedAt < 5000)
})
