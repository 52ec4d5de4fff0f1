import Libsql from 'libsql'
import t from 'tap'
import { storeApiKey } from '../../../lib/conformance/stored-records.js'
import { rollOf } from '../../../lib/features/api-keys/conformance/api-key-roll-cases.js'
import { storePerson, storeScene } from '../../../lib/features/organizations/conformance/organization-account.js'
import { openStorage } from './fixtures/open-storage.js'

t.test('a roll locks the organisation of a key of the user, and none for the key of another user', async t => {
  const handle = new Libsql(':memory:')
  t.teardown(() => handle.close())
  const used = new Set<string>()
  const recording = {
    prepare: (sql: string) =>
      new Proxy(handle.prepare(sql), {
        get(statement, name) {
          used.add(sql)
          const value: unknown = Reflect.get(statement, name)
          return typeof value === 'function' ? value.bind(statement) : value
        },
      }),
    exec: (sql: string) => handle.exec(sql),
    close: () => handle.close(),
  }
  const storage = openStorage(t, { database: recording })
  await storage.migrate()
  const { organization, people, start } = await storeScene(storage)
  const apiKey = await storeApiKey(storage, people.owner.user, { organizationId: organization.id })
  const stranger = await storePerson(storage, start)
  async function locksOrganization(userId: string): Promise<boolean> {
    used.clear()
    await storage.apiKeys.roll(rollOf(apiKey, { userId, overlapMilliseconds: 1 }))
    return [...used].some(sql => sql.includes('from "fast_auth_organizations"'))
  }
  t.equal(await locksOrganization(stranger.user.id), false)
  t.equal(await locksOrganization(people.owner.user.id), true)
})
