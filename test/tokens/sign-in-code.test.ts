import t from 'tap'
import { newSignInCode, readableSignInCode, typedSignInCode } from '../../lib/tokens/sign-in-code.js'

t.test('a code has eight characters of the alphabet, without those that people confuse', async t => {
  const codes = Array.from({ length: 2000 }, newSignInCode)
  for (const code of codes) if (!/^[0-9a-hjkmnp-tv-z]{8}$/.test(code)) t.fail(code)
  t.equal(new Set(codes).size, codes.length)
  t.equal(new Set(codes.join('')).size, 32, 'every character occurs')
})

t.test('every place of a code has every character: none is fixed', async t => {
  const codes = Array.from({ length: 2000 }, newSignInCode)
  for (let place = 0; place < 8; place += 1) t.equal(new Set(codes.map(code => code[place])).size, 32, String(place))
})

t.test('what people read, they can type', async t => {
  for (let count = 0; count < 100; count += 1) {
    const code = newSignInCode()
    const shown = readableSignInCode(code)
    t.match(shown, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    t.equal(typedSignInCode(shown), code)
  }
})

t.test('a text that cannot be a code is none', async t => {
  for (const text of ['', '7777-777', '7777-77777', 'UUUU-UUUU', '@777-7777'])
    t.equal(typedSignInCode(text), null, text)
})
