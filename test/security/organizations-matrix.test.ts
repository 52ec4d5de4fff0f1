import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { checkForeignIds, checkMatrix } from './fixtures/organization-matrix.js'

t.test('every operation of organisations answers every kind of user and key as the table says', t =>
  checkMatrix(t, memoryStorage()),
)

t.test('the owner of another organisation reaches nothing by the ids of this one', t =>
  checkForeignIds(t, memoryStorage()),
)
