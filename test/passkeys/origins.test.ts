import t from 'tap'
import { isInDomain, isPasskeyOrigin, relatedOrigins } from '../../lib/features/passkeys/origins.js'

const android = `android:apk-key-hash:${'aA0_-'.repeat(8)}abc`

t.test('browsers allow passkeys on pages with https and a domain, and on localhost', async t => {
  const allowed = ['https://example.com', 'https://a.example.com:8443', 'http://localhost:3000', 'http://app.localhost']
  for (const origin of [...allowed, 'https://localhost', android]) t.equal(isPasskeyOrigin(origin), true, origin)
})

t.test('other texts are no origins of passkeys', async t => {
  for (const text of [
    'http://example.com',
    'http://127.0.0.1',
    'https://127.0.0.1',
    'https://[::1]',
    'http://localhost.example.com',
    'http://notlocalhost',
    'capacitor://localhost',
    'https://example.com/',
    'example.com',
    'null',
    '',
    android.slice(0, -1),
    `${android}a`,
    android.replace('android', 'ios'),
  ])
    t.equal(isPasskeyOrigin(text), false, text)
})

t.test('a page belongs to its domain and the parents of it', async t => {
  for (const [origin, domain, isInside] of [
    ['https://example.com', 'example.com', true],
    ['https://a.b.example.com:8443', 'example.com', true],
    ['https://example.com', 'a.example.com', false],
    ['https://notexample.com', 'example.com', false],
    ['https://example.com.evil.example', 'example.com', false],
    ['http://localhost:3000', 'localhost', true],
    [android, 'example.com', false],
  ] as const)
    t.equal(isInDomain(origin, domain), isInside, `${origin} ${domain}`)
})

t.test('related origins are all of pages, if one of them is outside the domain', async t => {
  const [inside, outside] = ['https://login.example.com', 'https://example.de']
  const related = (...origins: string[]) => relatedOrigins({ rpId: 'example.com', origins })
  t.strictSame(related(inside), [])
  t.strictSame(related(inside, android), [])
  t.strictSame(related(inside, android, outside), [inside, outside])
})
