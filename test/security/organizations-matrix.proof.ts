import t from 'tap'
import { adapters } from '../support/adapters.js'
import { checkForeignIds, checkMatrix } from './fixtures/organization-matrix.js'

t.setTimeout(180_000)

for (const { name, missing, open } of adapters.filter(({ name }) => name !== 'memory')) {
  t.test(
    `on ${name} every operation answers every kind of user and key as the table says`,
    { skip: missing },
    async t => checkMatrix(t, (await open(t)).storage),
  )

  t.test(`on ${name} the ids of an organisation reach nothing from another one`, { skip: missing }, async t =>
    checkForeignIds(t, (await open(t)).storage),
  )
}
