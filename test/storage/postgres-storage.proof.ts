import t from 'tap'
import { storageConformance } from '../../lib/conformance/index.js'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { cutPostgres, postgresPool, postgresServer } from '../support/database-server.js'

t.setTimeout(900_000)
const server = await postgresServer()

t.test('the PostgreSQL storage keeps the contract of the port, on two pools', { skip: server.missing }, async t => {
  const url = await server.createDatabase(t)
  const [pool, second] = [postgresPool(t, url), postgresPool(t, url)]
  storageConformance(
    t.test,
    async () => ({
      storage: postgresStorage({ pool }),
      connect: async () => postgresStorage({ pool: second }),
    }),
    { cut: () => cutPostgres(url), push: true },
  )
})
