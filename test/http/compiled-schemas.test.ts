import { Type } from '@sinclair/typebox'
import t from 'tap'
import { compiledFrom } from '../../lib/http/compiled-schemas.js'

const setOf = (title: string) => {
  const schema = Type.Object({ name: Type.String() }, { $id: 'Named', title })
  return { documented: [schema], answered: [schema] }
}

t.test('applications with equal schemas share what is compiled', async t => {
  const [first, second] = [compiledFrom(setOf('shared')), compiledFrom(setOf('shared'))]
  t.equal(first, second)
  const validate = first.validatorOf(Type.Ref('Named'))
  t.equal(second.validatorOf(Type.Ref('Named')), validate)
  t.ok(validate({ name: 'Ada' }))
  t.notOk(validate({ name: 1 }))
  t.equal(first.serializerOf(Type.Ref('Named'))({ name: 'Ada', extra: 1 }), '{"name":"Ada"}')
})

t.test(
  'different schemas are compiled apart, and only the sets used first are dropped when there are too many',
  async t => {
    const kept = compiledFrom(setOf('set 0'))
    t.not(compiledFrom(setOf('set 1')), kept)
    for (let index = 2; index < 20; index += 1) compiledFrom(setOf(`set ${index}`))
    const newest = compiledFrom(setOf('set 19'))
    t.not(compiledFrom(setOf('set 0')), kept)
    t.equal(compiledFrom(setOf('set 19')), newest)
  },
)
