import t from 'tap'
import { serverAdapters } from '../support/adapters.js'
import { endings, followsMatrix } from './fixtures/revocation-matrix.js'

for (const adapter of serverAdapters) {
  const { name, missing: skip } = adapter
  for (const [column, { title }] of Object.entries(endings)) {
    t.test(`in ${name}, ${title}, each credential is worth what the matrix says`, { skip }, t =>
      followsMatrix(t, adapter, column),
    )
  }
}
