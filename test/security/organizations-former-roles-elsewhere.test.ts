import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { soon } from '../support/soon.js'
import { testApplication } from '../support/test-application.js'
import { expected, organizationWorld, ownRoles } from './fixtures/organization-world.js'
import { addRoutes, endings, expired, report, tooLow } from './fixtures/role-endings.js'

/** Two processes on one storage. */
async function twoProcesses(t: Test, options: Partial<FastAuthOptions>) {
  const storage = { ...memoryStorage(), close: async () => {} }
  const world = await organizationWorld(t, { storage, options, after: addRoutes })
  const two = await testApplication(t, {
    mail: true,
    options: { apiKeys: {}, organizations: { roles: ownRoles }, ...options, storage },
    after: addRoutes,
  })
  return { world, two }
}

for (const [what, end] of Object.entries(endings)) {
  t.test(
    `another process learns that an admin ${what} within the interval, with no storage call per request`,
    async t => {
      const { world, two } = await twoProcesses(t, { revocationFeed: { everySeconds: 0.1 } })
      const admin = await world.newMember('admin')
      const { key } = await world.newKey(admin, world.organizationId)
      const token = admin.accessToken
      for (const credential of [token, key]) t.strictSame(await report(two, credential), [200, undefined])
      const ofRequests = () => two.asked().filter(name => !['revocations.list', 'apiKeys.touch'].includes(name))
      ofRequests()
      for (const credential of [token, key]) t.strictSame(await report(two, credential), [200, undefined])
      t.strictSame(ofRequests(), [])
      await end(world, admin)
      const seconds = await soon(async () => (await report(two, token))[0] === 401)
      t.ok(seconds < 2, `${seconds} s`)
      t.strictSame(await report(two, token), [401, expired])
      t.strictSame(ofRequests(), [], 'the role of a token costs nothing')
      t.strictSame(await report(two, key), what === 'is demoted' ? [403, tooLow] : [401, 'FAST_AUTH_API_KEY_INVALID'])
      expected(await admin.refresh(), 200)
      ofRequests()
      t.equal((await report(two, admin.accessToken))[0], 403, 'the next token has the new role here too')
      t.strictSame(ofRequests(), [])
    },
  )

  t.test(`in strict mode another process knows immediately that an admin ${what}`, async t => {
    const { world, two } = await twoProcesses(t, { revocation: 'strict' })
    const admin = await world.newMember('admin')
    const { key } = await world.newKey(admin, world.organizationId)
    for (const credential of [admin.accessToken, key]) t.strictSame(await report(two, credential), [200, undefined])
    await end(world, admin)
    t.strictSame(await report(two, admin.accessToken), [401, expired])
    t.strictSame(await report(two, key), what === 'is demoted' ? [403, tooLow] : [401, 'FAST_AUTH_API_KEY_INVALID'])
  })
}
