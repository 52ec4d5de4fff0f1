import { fastifyCookie } from '@fastify/cookie'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { readCookies } from '../../lib/http/read-cookies.js'

const name = '__Host-access_token'

const headers: readonly (readonly [title: string, header: string, value: string | undefined])[] = [
  ['alone', `${name}=a.b.c`, 'a.b.c'],
  ['between others', `theme=dark; ${name}=a.b.c; consent=yes`, 'a.b.c'],
  ['not there', 'theme=dark; consent=yes', undefined],
  ['empty', `${name}=; theme=dark`, ''],
  ['twice, the same', `${name}=same; ${name}=same`, 'same'],
  ['twice, the first without a value', `${name}; ${name}=second`, 'second'],
  ['at the end of another name', `my${name}=other; ${name}=own`, 'own'],
  ['at the beginning of another name', `${name}2=other; ${name}=own`, 'own'],
  ['in the value of another', `theme=${name}=other; ${name}=own`, 'own'],
  ['in the value of another, after a blank', `theme=dark ${name}=other`, undefined],
  ['in another case', `__host-access_token=other`, undefined],
  ['without a blank between cookies', `theme=dark;${name}=own`, 'own'],
  ['with blanks and tabs around it', `theme=dark; \t${name} = \town \t; consent=yes`, 'own'],
  ['in quotes, which are its own', `${name}="own"`, '"own"'],
  ['encoded', `${name}=%6Fwn`, 'own'],
  ['encoded wrongly', `${name}=%zz`, '%zz'],
]

for (const [title, header, value] of headers) {
  t.test(`a cookie is read as @fastify/cookie reads it: ${title}`, async t => {
    t.strictSame(readCookies(header, name), value === undefined ? [] : [value])
    t.equal(fastifyCookie.parse(header)[name], value)
  })
}

t.test('two cookies of one name are both returned, in their order, and each value once', async t => {
  t.strictSame(readCookies(`${name}=first; theme=dark; ${name}=second`, name), ['first', 'second'])
  t.strictSame(readCookies(`${name} =first;${name}=%73econd;${name}=first`, name), ['first', 'second'])
  t.strictSame(readCookies(`${name}=; ${name}=x`, name), ['', 'x'])
})

/** Whether all cookies of this header were parsed for the one. */
function isParsed(t: Test, header: string): boolean {
  const calls = t.capture(fastifyCookie, 'parse', fastifyCookie.parse)
  readCookies(header, name)
  return calls().length > 0
}

t.test('a plain cookie costs no look at the others, nor does one that is not there', async t => {
  for (const title of ['alone', 'between others', 'not there', 'empty']) {
    const [, header = ''] = headers.find(([known]) => known === title) ?? []
    t.notOk(isParsed(t, header), title)
  }
  t.ok(isParsed(t, `${name}=%6Fwn`))
  t.ok(isParsed(t, `${name}=a; ${name}=b`))
})

t.test('no header is read otherwise than by @fastify/cookie', async t => {
  const pieces = [
    'n',
    'n=',
    'n=v',
    '; n=',
    '; n=v',
    ';n=w',
    'n =',
    'nn=',
    '=',
    ';',
    '; ',
    ' ',
    '\t',
    '\u00a0',
    '"',
    '%41',
    '%',
    'v',
    ',',
  ]
  const header = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map(parts => parts.join(''))
  const isRead = fc.property(header, text => readCookies(text, 'n')[0] === fastifyCookie.parse(text).n)
  t.doesNotThrow(() => fc.assert(isRead, { numRuns: 20_000 }))
})
