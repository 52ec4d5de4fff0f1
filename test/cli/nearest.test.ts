import t from 'tap'
import { nearest } from '../../lib/cli/nearest.js'

const names = ['serve', 'migrate', 'import', 'export', 'user create', 'user delete', 'purge']

const meant: readonly (readonly [typed: string, name: string])[] = [
  ['sevre', 'serve'],
  ['sere', 'serve'],
  ['servre', 'serve'],
  ['surve', 'serve'],
  ['erve', 'serve'],
  ['serves', 'serve'],
  ['SERVE', 'serve'],
  ['exprot', 'export'],
  ['imprt', 'import'],
  ['mi', 'migrate'],
  ['create', 'user create'],
  ['delte', 'user delete'],
  ['usre dleete', 'user delete'],
  ['pugre', 'purge'],
]

for (const [typed, name] of meant) {
  t.test(`"${typed}" is near to "${name}"`, async t => {
    t.equal(nearest(typed, names), name)
  })
}

for (const typed of ['', 's', 'xx', 'ps', 'start', 'login', 'user ban', 'x'.repeat(100_000)]) {
  t.test(`"${typed.slice(0, 20)}" is near to no name`, async t => {
    t.equal(nearest(typed, names), undefined)
  })
}

t.test('the name with fewer mistakes is nearer than one before it', async t => {
  t.equal(nearest('expots', ['imports', 'export', 'expos']), 'expos')
})
