import t from 'tap'
import { storageConformance } from '../../lib/conformance/index.js'
import { mysqlStorage } from '../../lib/engines/mysql.js'
import { cutMysql, mysqlPool, mysqlServer } from '../support/database-server.js'

t.setTimeout(1_500_000)
const server = await mysqlServer()

t.test('the MySQL storage keeps the contract of the port, on two pools', { skip: server.missing }, async t => {
  const url = await server.createDatabase(t)
  const [pool, second] = [mysqlPool(t, url), mysqlPool(t, url)]
  storageConformance(
    t.test,
    async () => ({
      storage: mysqlStorage({ pool }),
      connect: async () => mysqlStorage({ pool: second }),
    }),
    { cut: () => cutMysql(url) },
  )
})
