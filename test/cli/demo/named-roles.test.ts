import t from 'tap'
import { namedRoles } from '../../../lib/cli/demo/named-roles.js'

t.test('the page knows every role, and which ones may manage members', async t => {
  t.same(namedRoles(undefined), [])
  const builtIn = [
    { name: 'owner', isManager: true },
    { name: 'admin', isManager: true },
    { name: 'member', isManager: false },
  ]
  t.same(namedRoles({}), builtIn)
  t.same(namedRoles({ roles: { billing: { like: 'member' }, maintainer: { like: 'admin' } } }), [
    ...builtIn,
    { name: 'billing', isManager: false },
    { name: 'maintainer', isManager: true },
  ])
})
