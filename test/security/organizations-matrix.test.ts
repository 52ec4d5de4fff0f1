import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import * as schemas from '../../schemas/organizations/index.js'
import { checkForeignIds, checkMatrix, operationsOfMatrix } from './fixtures/organization-matrix.js'

t.test('the table has every operation that names an organisation', async t => {
  const inPath = Object.values(schemas)
    .map(schema => Object(schema))
    .filter(({ params }) => params?.properties?.id !== undefined)
    .map(({ operationId }) => operationId)
  const inBody = ['switchOrganization', 'createApiKey']
  t.strictSame(operationsOfMatrix.toSorted(), [...inPath, ...inBody].sort())
})

t.test('every operation of organisations answers every kind of user and key as the table says', t =>
  checkMatrix(t, memoryStorage()),
)

t.test('the owner of another organisation reaches nothing by the ids of this one', t =>
  checkForeignIds(t, memoryStorage()),
)
