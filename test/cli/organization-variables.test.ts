import t from 'tap'
import { readOrganizations } from '../../lib/cli/organization-variables.js'

t.test('organisations are off by default', async t => {
  t.equal(readOrganizations({}), undefined)
  t.equal(readOrganizations({ ORGANIZATIONS: 'off' }), undefined)
})

t.test('they are on, with personal ones if the variable says so', async t => {
  t.strictSame(readOrganizations({ ORGANIZATIONS: 'on' }), { personal: false })
  t.strictSame(readOrganizations({ ORGANIZATIONS: 'personal' }), { personal: true })
  t.throws(() => readOrganizations({ ORGANIZATIONS: 'yes' }), { message: 'ORGANIZATIONS' })
})

t.test('the own roles are names, each with the role that it is like', async t => {
  const roles = (text: string) => readOrganizations({ ORGANIZATIONS: 'on', ORGANIZATION_ROLES: text })?.roles
  t.strictSame(roles('billing:member,maintainer:admin'), {
    billing: { like: 'member' },
    maintainer: { like: 'admin' },
  })
  t.strictSame(roles(`${'x'.repeat(40)}:member`), { [`${'x'.repeat(40)}`]: { like: 'member' } })
  for (const text of [
    'billing',
    'billing:owner',
    'Billing:member',
    'owner:admin',
    `${'x'.repeat(41)}:member`,
    ':member',
    'billing:member,billing:admin',
    Array.from({ length: 51 }, (_, index) => `role${index}:member`).join(','),
  ])
    t.throws(() => roles(text), { message: 'ORGANIZATION_ROLES must be at most 50 roles such as billing:member' })
})

t.test('own roles need organisations', async t => {
  for (const environment of [{}, { ORGANIZATIONS: 'off' }])
    t.throws(() => readOrganizations({ ...environment, ORGANIZATION_ROLES: 'billing:member' }), {
      message: 'ORGANIZATION_ROLES needs ORGANIZATIONS=on or ORGANIZATIONS=personal',
    })
})
