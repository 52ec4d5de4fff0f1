import t from 'tap'
import { embeddedAdapters } from '../support/adapters.js'
import { credentials } from './fixtures/everything-of-ada.js'
import { columns, endings, followsMatrix, marks } from './fixtures/revocation-matrix.js'

t.test('the matrix has a mark for each credential and each ending', async t => {
  t.strictSame([...marks.keys()].sort(), [...credentials].sort())
  t.strictSame(columns, Object.keys(endings))
  for (const row of marks.values()) t.equal(row.filter(mark => mark === '+' || mark === '-').length, columns.length)
})

for (const adapter of embeddedAdapters) {
  const { name, missing: skip } = adapter
  for (const [column, { title }] of Object.entries(endings)) {
    t.test(`in ${name}, ${title}, each credential is worth what the matrix says`, { skip }, t =>
      followsMatrix(t, adapter, column),
    )
  }
}
