import fc from 'fast-check'
import t from 'tap'
import { assertHashable } from '../../lib/hashing/assert-hashable.js'

t.test('a lone surrogate is not hashable, wherever it stands', async t => {
  for (const password of ['\ud800', 'secret\udfff', '\ud800secret', 'sec\udc00\ud800ret']) {
    t.throws(() => assertHashable(password), { name: 'TypeError', message: /surrogate/ })
  }
})

t.test('U+0000 is not hashable, wherever it stands', async t => {
  for (const password of ['\0', 'secret\0', '\0secret', 'sec\0ret']) {
    t.throws(() => assertHashable(password), { name: 'TypeError', message: /U\+0000/ })
  }
})

t.test('the refusal does not repeat the password', async t => {
  for (const password of ['hunter2\ud800', 'hunter2\0']) {
    t.throws(() => assertHashable(password), { message: /^(?!.*hunter2)/ })
  }
})

t.test('every other string is hashable', async t => {
  const hashable = fc.string({ unit: 'binary' }).filter(password => !password.includes('\0'))
  t.doesNotThrow(() => fc.assert(fc.property(hashable, password => assertHashable(password))))
})
