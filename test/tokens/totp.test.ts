import t from 'tap'
import { hotp, matchTotpStep, newTotpSecret, toBase32, totpStep, totpUri } from '../../lib/tokens/totp.js'

/** The secret of the examples of RFC 4226 and, for SHA-1, of RFC 6238. */
const ofTheRfc = Buffer.from('12345678901234567890')

t.test('the passwords of a counter are those of RFC 4226, appendix D', async t => {
  const passwords = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']
  for (const [counter, password] of passwords.entries()) t.equal(hotp(ofTheRfc, counter), password, String(counter))
})

/** The RFC has eight digits. A password of six digits is the remainder of the same number: the last six of these. */
const ofRfc6238 = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const

t.test('the codes of a time are the last six digits of those of RFC 6238, appendix B, for SHA-1', async t => {
  for (const [seconds, code] of ofRfc6238)
    t.equal(hotp(ofTheRfc, totpStep(seconds * 1000)), code.slice(-6), String(seconds))
})

/** RFC 4648, section 10, without the padding. */
const base32 = [
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
] as const

t.test('Base32 is that of RFC 4648, without padding', async t => {
  for (const [text, encoded] of base32) t.equal(toBase32(Buffer.from(text)), encoded)
})

t.test('a new secret has 160 bits, and is no other one', async t => {
  const [one, other] = [newTotpSecret(), newTotpSecret()]
  t.equal(one.length, 20)
  t.notSame(one, other)
})

const now = Date.UTC(2026, 0, 1, 12)
const step = totpStep(now)
const match = (code: string, lastStep: number | null = null, at = now) =>
  matchTotpStep(ofTheRfc, code, { now: at, lastStep })

t.test('a step lasts thirty seconds', async t => {
  t.equal(totpStep(now + 29_999), step)
  t.equal(totpStep(now + 30_000), step + 1)
})

t.test('a code is accepted in its step, and one step before and after it', async t => {
  for (const distance of [-1, 0, 1]) t.equal(match(hotp(ofTheRfc, step + distance)), step + distance)
  for (const distance of [-2, 2]) t.equal(match(hotp(ofTheRfc, step + distance)), null, String(distance))
})

t.test('a code of the last accepted step, or of an earlier one, is not accepted', async t => {
  for (const distance of [-1, 0, 1]) {
    const code = hotp(ofTheRfc, step + distance)
    t.equal(match(code, step + distance), null)
    t.equal(match(code, step + distance + 1), null)
    t.equal(match(code, step + distance - 1), step + distance)
  }
})

t.test('what is not six digits is not the code of any step', async t => {
  for (const code of ['', '0', '0000000', 'abcdef', '１２３４５６']) t.equal(match(code), null, code)
})

t.test('the first steps of all have no step before them', async t => {
  t.equal(match('755224', null, 0), 0)
  t.equal(match('287082', null, 0), 1)
  t.equal(match('755224', 0, 0), null)
})

/** Found by search: its codes of two adjacent steps are equal. */
const colliding = Buffer.from('61646a6163656e742073746570732036001aeeb3', 'hex')

t.test(
  'of two adjacent steps with the same code the newest is taken, and the code is not accepted for the other',
  async t => {
    const code = '465525'
    t.strictSame([hotp(colliding, step), hotp(colliding, step + 1)], [code, code])
    for (const at of [now, now + 30_000]) {
      const lastStep = matchTotpStep(colliding, code, { now: at, lastStep: null })
      t.equal(lastStep, step + 1)
      for (const later of [at, now + 30_000, now + 60_000])
        t.equal(matchTotpStep(colliding, code, { now: later, lastStep }), null)
    }
    t.equal(matchTotpStep(colliding, code, { now: now - 30_000, lastStep: null }), step, 'the other is still ahead')
  },
)

t.test('the URI names the application and the account, and a parser reads them back', async t => {
  const account = 'ada+home@example.com'
  const appName = 'Ada & Söhne: 100 %?'
  const uri = new URL(totpUri(ofTheRfc, { appName, account }))
  t.strictSame([uri.protocol, uri.host], ['otpauth:', 'totp'])
  const [issuer = '', label = '', ...others] = uri.pathname.slice(1).split(':').map(decodeURIComponent)
  t.strictSame([issuer, label, others], [appName, account, []])
  t.strictSame(Object.fromEntries(uri.searchParams), {
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    issuer: appName,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
