import t from 'tap'
import { adapters } from '../support/adapters.js'
import { checkConcurrentExits } from './fixtures/organization-orphans.js'

t.setTimeout(180_000)

for (const { name, missing, open } of adapters.filter(({ name }) => name !== 'memory'))
  t.test(
    `on ${name}, of two owners who go concurrently, one stays, whichever ways they choose`,
    { skip: missing },
    async t => checkConcurrentExits(t, (await open(t)).storage),
  )
