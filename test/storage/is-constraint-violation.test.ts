import t from 'tap'
import { isConstraintViolation } from '../../lib/storage/is-constraint-violation.js'

t.test('an error that is no refusal by a constraint is none, in the words of any driver', async t => {
  const others = [
    { code: '57014' },
    { code: '40001' },
    { code: 'ECONNREFUSED' },
    { code: 'SQLITE_BUSY' },
    { code: 23 },
    { sqlState: '40001', errno: 1213, code: 'ER_LOCK_DEADLOCK' },
    { errcode: 5 },
    new Error('constraint'),
    undefined,
    null,
  ]
  for (const error of others) t.notOk(isConstraintViolation(error), JSON.stringify(error))
})

t.test('a constraint that node:sqlite numbers is one, and so is a view’s check option of PostgreSQL', async t => {
  t.ok(isConstraintViolation({ code: 'ERR_SQLITE_ERROR', errcode: 787 }))
  t.ok(isConstraintViolation({ code: '44000' }))
})
