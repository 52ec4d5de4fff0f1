import t from 'tap'
import { normalisePassword } from '../../lib/hashing/normalise-password.js'

t.test('a composed and a decomposed accent are one password', async t => {
  t.equal(normalisePassword('cafe\u0301'), 'caf\u00e9')
  t.equal(normalisePassword('caf\u00e9'), 'caf\u00e9')
})

t.test('nothing but composition is changed', async t => {
  const untouched = [' padded ', 'tab\t', 'MiXeD', '\ufb01ligature', '\uff41fullwidth', 'a\u00a0b', '', '😀']
  for (const password of untouched) t.equal(normalisePassword(password), password)
})
